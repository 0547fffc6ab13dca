"""The wallet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.money.taps import OpenWallet
from bot.chat.money.wallet import wallet_screen
from bot.money import requests, wallet

WALLET: Final = MenuCommand("wallet", lambda _: _("Your balance and transactions"))


@dataclass(frozen=True, slots=True)
class WalletPages:
    """Shows the customer's credit."""

    store: Storefront

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.show_wallet, OpenWallet(), WALLET)
        routes.on_tap(self.show_wallet, OpenWallet)

    async def show_wallet(self, context: Context, tap: OpenWallet) -> None:
        """Show the balance, the last movements, and a request for more that is open."""
        db, mine = self.store.db, context.customer.id
        view = await db.read(wallet.wallet, mine)
        asked = await db.read(requests.find_open, mine)
        await context.show(wallet_screen(context.locale, view, self.store.clock.now(), asked))
