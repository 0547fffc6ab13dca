"""Goods, work on a link, or unclear: what the names of a service say, never one word alone.

Words of work decide whatever goods are named beside them, unless they only describe the goods
("accounts with 1000 followers"). What can be read in two ways stays unclear.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import Final

from bot.catalog.kinds.phrases import DESCRIBING, PARTING, TOOLS, WORKING_TYPES, Sign
from bot.catalog.kinds.reading import Mark, Reading, read_names
from bot.suppliers.words import CatalogRow, Kind, fold


def kind_by_names(row: CatalogRow) -> Kind | None:
    """The kind that name, subcategory and category say; None when they are unclear."""
    return _kind_by(row.name, row.category, row.subcategory)


_read_shelf: Final = lru_cache(maxsize=1_000)(read_names)


# A catalogue of ten thousand names is put on the shelf again with each change.
@lru_cache(maxsize=50_000)
def _kind_by(name_text: str, *shelf_texts: str) -> Kind | None:
    name, shelf = read_names(name_text), _read_shelf(*shelf_texts)
    if name.has(Sign.READY):
        return None
    if name.has(Sign.WORK):
        return _with_work(name, shelf)
    if shelf.has(Sign.WORK):
        return _on_a_shelf_of_work(name, shelf)
    if name.has(Sign.DOUBT) or shelf.has(Sign.DOUBT):
        return None
    return Kind.PRODUCT if _names_goods(name, shelf) else None


def may_take_a_link(row: CatalogRow) -> bool:
    """Whether any word speaks of work, or of something of the buyer's own."""
    words = read_names(row.name, row.category, row.subcategory)
    return words.has(Sign.WORK, Sign.DOUBT, Sign.READY)


def is_social_type(type_: str) -> bool:
    """Whether a row's type is one of those that are done to a link and take more than that."""
    return not WORKING_TYPES.isdisjoint(fold(type_).split())


def _with_work(name: Reading, shelf: Reading) -> Kind | None:
    """Work in the name: it decides, unless goods carry it or it stands beside them unclearly."""
    works = [place for place in name.places(Sign.WORK) if not name.is_counted(place)]
    on_goods = shelf.has(Sign.GOODS, Sign.SOURCE) and not shelf.has(Sign.WORK)
    if not works:
        return _with_counted_work(name, on_goods=on_goods)
    goods = name.places(Sign.GOODS, Sign.FORM)
    if (
        on_goods
        and not name.has(Sign.GOODS)
        and all(_has_count_behind(name, place) for place in works)
    ):
        return None
    sources = [place for place in name.places(Sign.SOURCE) if place < works[0]]
    if any(not name.is_together(place, works[0]) for place in sources):
        return None
    before = [place for place in goods if place < works[0]]
    if before:
        return Kind.SOCIAL if name.is_together(before[-1], works[0]) else None
    return None if _is_compound(name, works[-1]) else Kind.SOCIAL


def _has_count_behind(name: Reading, work: int) -> bool:
    behind = name.beside(work, 1)
    return behind is not None and behind.sign is Sign.COUNT


def _is_compound(name: Reading, work: int) -> bool:
    """Whether the words behind the last work make goods or a tool of it: a views bot license."""
    segment = name.marks[work].segment
    rest = [mark for mark in name.marks[work + 1 :] if mark.segment == segment]
    if any(mark.text in TOOLS for mark in rest):
        return True
    beside = takewhile(lambda mark: mark.sign is not Sign.WITH and mark.text not in PARTING, rest)
    return any(mark.sign in (Sign.GOODS, Sign.FORM) for mark in beside)


def _with_counted_work(name: Reading, *, on_goods: bool) -> Kind | None:
    """Accounts with so many followers, or so many followers as a package."""
    first = name.places(Sign.WORK)[0]
    goods = name.places(Sign.GOODS, Sign.SOURCE)
    if goods:
        is_product = on_goods and goods[0] < first and not name.has(Sign.DOUBT)
        return Kind.PRODUCT if is_product else None
    before = name.beside(first, -1), name.beside(first, -2)
    is_described = any(mark is not None and mark.sign is Sign.WITH for mark in before)
    return None if on_goods or is_described else Kind.SOCIAL


def _on_a_shelf_of_work(name: Reading, shelf: Reading) -> Kind | None:
    """A name without work on a shelf of work: unclear where either speaks of goods too."""
    goods = (Sign.GOODS, Sign.FORM)
    return None if name.has(*goods, Sign.SOURCE) or shelf.has(*goods) else Kind.SOCIAL


def _names_goods(name: Reading, shelf: Reading) -> bool:
    """Whether goods are named, by themselves or by a brand together with their form."""
    goods = (Sign.GOODS, Sign.SOURCE)
    if any(_is_turned(text, place) for text in (name, shelf) for place in text.places(*goods)):
        return False
    if name.has(*goods):
        return not all(_is_object(name, place) for place in name.places(*goods))
    if shelf.has(*goods):
        return all(map(_describes, name.marks))
    has_brand = name.has(Sign.BRAND) or shelf.has(Sign.BRAND)
    return has_brand and name.has(Sign.FORM)


def _is_turned(text: Reading, place: int) -> bool:
    """Whether the word behind goods makes something else of them: account recovery."""
    behind = text.beside(place, 1)
    return behind is not None and not _describes(behind)


def _is_object(text: Reading, place: int) -> bool:
    """Whether goods are only what something else is for or from: fans for an account."""
    segment = text.marks[place].segment
    before = (mark for mark in text.marks[:place] if mark.segment == segment)
    return any(mark.sign is Sign.WITH or mark.text in PARTING for mark in before)


def _describes(mark: Mark) -> bool:
    describing = (Sign.COUNT, Sign.WITH, Sign.FORM, Sign.BRAND, Sign.GOODS, Sign.SOURCE)
    return mark.sign in describing or mark.text in DESCRIBING
