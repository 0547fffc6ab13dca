"""The operator's own words as their readers see them, instead of the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache
from typing import Any, Final

import msgspec

from bot.base.ids import SupplierName
from bot.catalog.rules import Service
from bot.catalog.standing import paused_names
from bot.catalog.switches.names import NUMBERS, SHOP, words_key
from bot.chat.facade import Storefront
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Entity, Rich, fill_rich
from bot.people.texts.own import EVERY, OwnText, Said, TextName, say

_DECODER: Final[msgspec.json.Decoder[list[tuple[str, int, int, dict[str, Any]]]]] = (
    msgspec.json.Decoder(list[tuple[str, int, int, dict[str, Any]]])
)
_ENCODER: Final = msgspec.json.Encoder()


def stored_words(words: Rich) -> OwnText:
    """Words as they are kept."""
    rows = [(one.type, one.offset, one.length, dict(one.more)) for one in words.entities]
    return OwnText(words.text, _ENCODER.encode(rows).decode() if rows else "")


@lru_cache(maxsize=512)  # the same few are shown at every tap
def shown_words(own: OwnText, shop_name: str = "") -> Rich:
    """Words as they are shown; `{shop}` in them is the shop's name."""
    rows = _DECODER.decode(own.entities) if own.entities else []
    kept = tuple(Entity(kind, at, long, tuple(more.items())) for kind, at, long, more in rows)
    words = Rich(own.text, kept)
    return fill_rich(words, {"shop": shop_name}) if shop_name else words


def find_words(store: Storefront, _: Locale, name: str) -> Rich | None:
    """What the operator says for this reader; None where the shipped words stand."""
    said = store.texts.now.find(name)
    own = say(said, _.code, store.clock.now()) if said else None
    return None if own is None else shown_words(own, _.iso(store.profile.shop_name))


def words_of(_: Locale, said: Said) -> Rich | None:
    """The words of what was read together with something else."""
    own = said.get(_.code) or said.get(EVERY)
    return None if own is None else shown_words(own)


def pinned_line(store: Storefront, _: Locale) -> Rich:
    """The line on top of the first screen and of the catalog; empty where there is none."""
    own = find_words(store, _, TextName.PINNED)
    return Rich() if own is None else Rich("📌 ") + own


def how_to_pay_words(store: Storefront, _: Locale) -> Rich | str:
    """How to pay, as the desk or the settings have it; empty where nobody has said it."""
    own = find_words(store, _, TextName.PAY)
    return store.profile.topup_instructions if own is None else own


def paused_words(
    store: Storefront, _: Locale, paused: Set[SupplierName], service: Service
) -> Rich | None:
    """What stands in Buy's place; None for what is not paused."""
    if not service.is_paused(paused):
        return None
    names = [name for name in paused_names(service.supplier, service.kind) if name in paused]
    return off_words(store, _, names)


def off_words(store: Storefront, _: Locale, names: Iterable[SupplierName]) -> Rich:
    """What is said of the first of these that has words, or of anything that is paused."""
    for name in (*map(words_key, names), TextName.PAUSED):
        own = find_words(store, _, name)
        if own is not None:
            return Rich("⏸ ") + own
    return Rich(_("⏸ Paused, we expect it back soon"))


def closed_line(store: Storefront, _: Locale, paused: Set[SupplierName]) -> Rich:
    """What is said on the first screens while the whole shop is off; empty while it is not."""
    return off_words(store, _, (SHOP,)) if SHOP in paused else Rich()


def off_numbers(store: Storefront, _: Locale, paused: Set[SupplierName]) -> Rich | None:
    """What is said where numbers are chosen while all of them are off; None while they are not."""
    is_off = not paused.isdisjoint((SHOP, NUMBERS))
    return off_words(store, _, (SHOP, NUMBERS)) if is_off else None
