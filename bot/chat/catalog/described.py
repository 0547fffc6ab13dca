"""A supplier's description as customers read it: safe, and without the supplier's own contacts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import Final

from bot.chat.kit.html import readable
from bot.chat.kit.richtext import Entity, Rich, units
from bot.suppliers.contacts.find import Span, find_contacts, is_contact_link, is_needed_link

_LINK: Final = "text_link"


@lru_cache(maxsize=256)  # a few popular services make up most of the taps
def described(html: str) -> Rich:
    """The description, in whichever language it is; links stay where the goods need them."""
    read = readable(html)
    marked = [span for entity, span in _links(read) if is_contact_link(_url(entity))]
    kept = tuple(one for one in read.entities if one.type != _LINK or is_needed_link(_url(one)))
    spans = find_contacts(read.text, marked)
    return _without(replace(read, entities=kept), spans) if spans else replace(read, entities=kept)


def _url(entity: Entity) -> str:
    return str(dict(entity.more).get("url", ""))


def _links(read: Rich) -> Iterator[tuple[Entity, Span]]:
    """The links with where they stand, in characters."""
    links = [one for one in read.entities if one.type == _LINK]
    if not links:
        return
    at = {0: 0}
    counted = 0
    for place, sign in enumerate(read.text, 1):
        counted += units(sign)
        at[counted] = place
    for link in links:
        yield link, (at[link.offset], at[link.offset + link.length])


def _without(read: Rich, spans: Sequence[Span]) -> Rich:
    """The text without these spans; what is styled there is shorter, or gone."""
    kept, gone, at, counted = list[str](), list[Span](), 0, 0
    for start, end in spans:
        kept.append(read.text[at:start])
        begins = counted + units(kept[-1])
        counted = begins + units(read.text[start:end])
        gone.append((begins, counted))
        at = end
    kept.append(read.text[at:])
    left = _Left(gone)
    moved = (_moved(entity, left) for entity in read.entities)
    return Rich("".join(kept), tuple(one for one in moved if one.length > 0))


class _Left:
    """How much of a text is left before a place in it, without spans that are `gone`."""

    def __init__(self, gone: Sequence[Span]) -> None:
        self._gone = gone
        self._starts = [start for start, _end in gone]
        self._before = [0, *accumulate(end - start for start, end in gone)]

    def before(self, offset: int) -> int:
        nth = bisect_left(self._starts, offset)
        over = max(0, self._gone[nth - 1][1] - offset) if nth else 0
        return offset - self._before[nth] + over


def _moved(entity: Entity, left: _Left) -> Entity:
    """The entity over what is left of its text."""
    start = left.before(entity.offset)
    end = left.before(entity.offset + entity.length)
    return Entity(entity.type, start, end - start, entity.more)
