"""The page of favourites: marked services first, then what is awaited, then what was bought."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.base.ids import SupplierName
from bot.base.page import Page
from bot.catalog.errors import NotForSaleReason
from bot.catalog.rules import Offer, Service
from bot.chat.catalog.categories import offer_button
from bot.chat.catalog.taps import DropFavourite, OpenCatalog, OpenFavourites
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_ROW, fit
from bot.chat.kit.richtext import bold, join
from bot.chat.kit.screen import Button, Screen, footer, label, pager
from bot.chat.search.taps import FAVOURITES, OpenFound


class WantedSign(StrEnum):
    """Why something stands on the page, as the sign before its name."""

    FAVOURITE = "★"
    WATCHED = "🔔"
    BOUGHT = "🔁"


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A row of the page; `offer` is None for a favourite that is not shown any more."""

    service: Service
    why: WantedSign
    offer: Offer | None


def favourites_screen(
    _: Locale, page: Page[WantedRow], paused: Set[SupplierName] = frozenset()
) -> Screen:
    """Eight a page; what is gone says so, and goes away by a tap."""
    rows = [(_row(_, row, page.number, paused),) for row in page.rows]
    pages = pager(page.number, page.pages, OpenFavourites())
    shop = () if rows else ((Button(_("🛍 Catalog"), OpenCatalog(), style="primary"),),)
    text = join([bold(_("★ Favorites")), _about(_, page)])
    return Screen(text, (*rows, *pages, *shop, footer(_)))


def _about(_: Locale, page: Page[WantedRow]) -> str:
    if not page.rows:
        return _("Nothing here yet. Tap ☆ on anything in the catalog to keep it here.")
    gone = any(_is_gone(row) for row in page.rows)
    said = _("★ your favorites · 🔔 your alerts · 🔁 what you bought")
    if not gone:
        return said
    return said + "\n" + _("Tap ✖ to remove what is no longer sold.")


def _is_gone(row: WantedRow) -> bool:
    """Whether it cannot even be looked at; one whose price nobody knows is paused."""
    return row.offer is None and row.service.hidden is not NotForSaleReason.UNKNOWN_BASIS


def _row(_: Locale, row: WantedRow, page: int, paused: Set[SupplierName]) -> Button:
    service = row.service
    card = OpenFound(service=service.id, search=FAVOURITES, found=page)
    if row.offer is not None:
        return replace(offer_button(_, row.offer, paused, f"{row.why} "), tap=card)
    name = _.iso(fit(service.listed.name, IN_ROW))
    if _is_gone(row):
        shown = label(_("✖ {name} · no longer sold"), name=name)
        return Button(shown, DropFavourite(service=service.id, page=page))
    shown = label(_("{name} · {state}"), name=f"{row.why} {name}", state=_("⏸ paused"))
    return Button(shown, card)
