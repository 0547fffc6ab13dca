"""Favourites and watches: marking a service, being told of it, and the page that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.base.errors import Banned
from bot.base.ids import CustomerId, ServiceId
from bot.base.money import ZERO
from bot.base.page import Page, page_of
from bot.catalog.errors import (
    NotForSale,
    NotForSaleReason,
    TooManyFavourites,
    TooManyWatches,
)
from bot.catalog.standing import list_paused
from bot.catalog.wanted import favourites, watches
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.watches import Watch, compared_price
from bot.chat.catalog.errors import WORDING
from bot.chat.catalog.favourites import WantedRow, WantedSign, favourites_screen
from bot.chat.catalog.handlers import CatalogPages
from bot.chat.catalog.taps import (
    DropFavourite,
    MarkFavourite,
    OpenFavourites,
    OpenService,
    StopAllWatches,
    WatchService,
)
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale
from bot.chat.kit.routes import Routes
from bot.chat.search.taps import OpenFound
from bot.db.tx import Tx
from bot.orders.read import list_bought

_BOUGHT_AT_MOST: Final = 40
"""So many of the last bought are shown: the orders themselves have a list of their own."""


@dataclass(frozen=True, slots=True)
class FavouritePages:
    """What customers keep of the shelf, and what they want to be told of."""

    store: Storefront
    catalog: CatalogPages

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.show_favourites, OpenFavourites)
        routes.on_tap(self.mark_favourite, MarkFavourite, toast=True)
        routes.on_tap(self.drop_favourite, DropFavourite, toast=True)
        routes.on_tap(self.watch_service, WatchService, toast=True)
        routes.on_tap(self.stop_all_watches, StopAllWatches, toast=True)

    async def show_favourites(self, context: Context, tap: OpenFavourites) -> None:
        """Show a page of what this customer wants again."""
        found = await self.store.db.read(_list_wanted, context.customer.id)
        page = page_of(tuple(self._shown(found)), tap.page)
        paused = await self.store.db.recall(list_paused)
        page = await self._translated(context.locale.code, page)
        await context.show(favourites_screen(context.locale, page, paused))

    async def mark_favourite(self, context: Context, tap: MarkFavourite) -> None:
        """Mark a service or not, as the tap wants it, and show its card. Raises NotForSale."""
        _, mine, service = context.locale, context.customer.id, ServiceId(tap.service)
        db = self.store.db
        try:
            if not tap.on:
                await db.write(favourites.remove_favourite, mine, service)
            elif self.store.shelf.now.find_service(service) is not None:
                await db.write(favourites.add_favourite, mine, service)
        except TooManyFavourites as full:
            await context.answer(WORDING[TooManyFavourites](_, full).text, alert=True)
            return
        removed = _("Removed from your favorites.")
        await context.answer(_("★ It is in your favorites now.") if tap.on else removed)
        await self.catalog.show_service(context, _card(tap, tap.page))

    async def drop_favourite(self, context: Context, tap: DropFavourite) -> None:
        """Take what is no longer sold off the page."""
        _, mine, service = context.locale, context.customer.id, ServiceId(tap.service)
        await self.store.db.write(favourites.remove_favourite, mine, service)
        await context.answer(_("Removed from your favorites."))
        await self.show_favourites(context, OpenFavourites(page=tap.page))

    async def watch_service(self, context: Context, tap: WatchService) -> None:
        """Watch a service or not, as the tap wants it, and show its card.

        Raises Banned, NotForSale.
        """
        _, service = context.locale, ServiceId(tap.service)
        try:
            if tap.on:
                await self._start_watch(context, service, tap.reason)
            else:
                mine = context.customer.id
                await self.store.db.write(watches.stop_watch, mine, service, tap.reason)
        except TooManyWatches as full:
            await context.answer(WORDING[TooManyWatches](_, full).text, alert=True)
            return
        stopped = _("🔕 This alert is off.")
        await context.answer(_watched(_, tap.reason) if tap.on else stopped)
        await self.catalog.show_service(context, _card(tap))

    async def _start_watch(
        self, context: Context, service: ServiceId, reason: WatchReason
    ) -> None:
        if context.customer.banned:
            raise Banned
        shelf = self.store.shelf.now
        offer, known = shelf.find_shown(service), shelf.find_service(service)
        if known is None or (offer is None and reason is WatchReason.PRICE):
            # No price was seen that another could be lower than.
            raise NotForSale((known and known.hidden) or NotForSaleReason.GONE)
        seen = ZERO if offer is None else compared_price(offer)
        await self.store.db.write(
            watches.start_watch, context.customer.id, Watch(service, reason, seen)
        )

    async def stop_all_watches(self, context: Context, tap: StopAllWatches) -> None:
        """End every watch, and show what is wanted still."""
        _ = context.locale
        await self.store.db.write(watches.stop_all_watches, context.customer.id)
        await context.answer(_("🔕 All your alerts are off."))
        context.card = None  # what has come stays there to be bought
        await self.show_favourites(context, OpenFavourites())

    def _shown(self, found: _Found) -> Iterator[WantedRow]:
        """Favourites also when they are gone, anything else while it is shown; each once."""
        shelf, seen = self.store.shelf.now, set[ServiceId]()
        for why, services in found:
            for one in services:
                service, offer = shelf.find_service(one), shelf.find_shown(one)
                is_kept = offer is not None or why is WantedSign.FAVOURITE
                if service is not None and is_kept and one not in seen:
                    seen.add(one)
                    yield WantedRow(service, why, offer)

    async def _translated(self, language: str, page: Page[WantedRow]) -> Page[WantedRow]:
        translate = self.store.translate
        shown = [row.offer for row in page.rows if row.offer is not None]
        offers = {one.service.id: one for one in await translate.offers(language, shown)}
        rows = []
        for row in page.rows:
            offer = offers.get(row.service.id)
            name = await translate.name(language, row.service) if offer is None else ""
            listed = replace(row.service.listed, name=name or row.service.listed.name)
            rows.append(WantedRow(replace(row.service, listed=listed), row.why, offer))
        return replace(page, rows=tuple(rows))


_Found = tuple[tuple[WantedSign, tuple[ServiceId, ...]], ...]


def _list_wanted(tx: Tx, customer: CustomerId) -> _Found:
    return (
        (WantedSign.FAVOURITE, favourites.list_favourites(tx, customer)),
        (WantedSign.WATCHED, watches.list_watched(tx, customer)),
        (WantedSign.BOUGHT, list_bought(tx, customer, _BOUGHT_AT_MOST)),
    )


def _card(tap: MarkFavourite | WatchService, page: int = 0) -> OpenService | OpenFound:
    """The card that the tap stands on."""
    if tap.search is None:
        return OpenService(service=tap.service, page=page)
    return OpenFound(service=tap.service, search=tap.search, found=tap.found, page=page)


def _watched(_: Locale, reason: WatchReason) -> str:
    if reason is WatchReason.PRICE:
        return _("🔔 We will write here when it gets cheaper.")
    return _("🔔 We will write here when you can buy it again.")
