"""`/jumps`: operators agree to prices that rose far, or keep the services hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.acts import Permission
from bot.base.errors import TooLate
from bot.base.page import page_of
from bot.catalog.rises import decide
from bot.chat.facade import Desk, Storefront
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.richtext import Rich, fill
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.places.taps import key_of
from bot.chat.rises.screens import confirm_all_sure_screen, rise_screen, rises_screen
from bot.chat.rises.taps import ConfirmAll, ConfirmPrice, KeepHidden, OpenRise, OpenRises
from bot.desk.rises import RiseCard, list_rise_cards

JUMPS: Final = MenuCommand(
    "jumps", lambda _: _("Prices that wait for your word"), Permission.SEE, "/jumps"
)


@dataclass(frozen=True, slots=True)
class RisePages:
    """Shows what waits for a word about its price, and takes the word."""

    store: Storefront
    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.open_all, OpenRises(), JUMPS)
        routes.on_tap(self.open_all, OpenRises)
        routes.on_tap(self.open, OpenRise)
        routes.on_tap(self.confirm, ConfirmPrice)
        routes.on_tap(self.keep, KeepHidden)
        routes.on_tap(self.confirm_all, ConfirmAll)

    async def open_all(self, context: Context, tap: OpenRises) -> None:
        """Show the list."""
        await self._show(context, page=tap.page)

    async def open(self, context: Context, tap: OpenRise) -> None:
        """Show one of it; the list where that rate is no longer asked."""
        card = next((one for one in await self._cards() if one.rise.id == tap.rise), None)
        if card is None:
            await self._show(context, _changed(context))
        else:
            await context.show(rise_screen(context.locale, card))

    async def confirm(self, context: Context, tap: ConfirmPrice) -> None:
        """Sell it at its new price."""
        _ = context.locale
        try:
            await self.desk.db.write(decide.confirm_price, act_of(context), tap.rise)
        except TooLate:
            await self._show(context, _changed(context))
        else:
            await self._show(context, _("✅ It is sold at the new price from now on."))

    async def keep(self, context: Context, tap: KeepHidden) -> None:
        """Leave it hidden."""
        _ = context.locale
        try:
            await self.desk.db.write(decide.keep_hidden, act_of(context), tap.rise)
        except TooLate:
            await self._show(context, _changed(context))
        else:
            await self._show(context, _("🙈 It stays hidden until its price comes down again."))

    async def confirm_all(self, context: Context, tap: ConfirmAll) -> None:
        """The first tap asks, the second agrees to what was seen then."""
        _, cards = context.locale, await self._cards()
        asked = tuple(
            card
            for card in cards
            if key_of(card.rise.supplier) == tap.supplier
            and card.rise.id <= tap.newest
            and not card.rise.kept
        )
        if not asked:
            await self._show(context, _changed(context))
            return
        supplier = asked[0].rise.supplier
        if not tap.sure:
            await context.show(confirm_all_sure_screen(_, supplier, asked))
            return
        act = act_of(context)
        done = await self.desk.db.write(decide.confirm_all, act, supplier, tap.newest)
        said = _.n(
            "✅ {count} service is sold at its new price from now on.",
            "✅ {count} services are sold at their new prices from now on.",
            done,
        )
        await self._show(context, fill(said, count=_.number(done)))

    async def _cards(self) -> tuple[RiseCard, ...]:
        await self.desk.load_shelf()
        return await self.desk.db.read(list_rise_cards, self.store.shelf.now)

    async def _show(self, context: Context, note: str | Rich = "", page: int = 0) -> None:
        cards = await self._cards()
        await context.show(rises_screen(context.locale, page_of(cards, page), cards, note))


def _changed(context: Context) -> str:
    _ = context.locale
    return _("Nothing was changed: this price is another one by now, or somebody has decided.")
