"""What stands beside a link that somebody sends on: the name and the price, as they read them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from bot.base.ids import SupplierName
from bot.catalog.places.tree import Category
from bot.catalog.rules import Offer
from bot.chat.catalog.categories import counted, path_line, short_price
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import fit
from bot.chat.kit.screen import label
from bot.chat.kit.sharing import cut_whole

_NAME_AT_MOST: Final = 64
_WHOLE: Final = 4096
HOME: Final = "home"
"""What a link carries that opens nothing but the shop itself."""


def service_link(offer: Offer) -> str:
    """What a link to a service carries."""
    return f"s_{offer.service.id}"


def category_link(category: Category) -> str:
    """What a link to a category carries."""
    return f"c_{category.id}"


def offer_words(_: Locale, offer: Offer) -> str:
    """`Aged account · $0.12`."""
    name = shared_name(_, offer.service.listed.name)
    return _.line(label(_("{name} · {price}"), name=name, price=short_price(_, offer)))


def category_words(
    _: Locale, path: Sequence[Category], paused: Set[SupplierName] = frozenset()
) -> str:
    """`Social › Instagram · 12 items for sale`."""
    name = cut_whole(path_line(_, path).text, _NAME_AT_MOST)
    return _.line(f"{name} · {counted(_, path[-1], paused).text}")


def project_words(
    _: Locale, name: str, offers: Sequence[Offer], paused: Set[SupplierName] = frozenset()
) -> str:
    """`WhatsApp · from $0.40`; the name alone while none of its numbers can be rented."""
    shown = shared_name(_, name)
    prices = [one.price for one in offers if one.service.is_on_sale(paused)]
    if not prices:
        return _.line(shown)
    return _.line(label(_("{name} · from {price}"), name=shown, price=_.money(min(prices))))


def shared_name(_: Locale, name: str) -> str:
    """A name for a line that others read: it keeps its direction beside a price in any other."""
    return _.iso(cut_whole(fit(name, _WHOLE), _NAME_AT_MOST))
