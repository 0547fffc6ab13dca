"""The wallet, and asking for more in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.money import Money, amounts_of
from bot.chat.facade import Storefront
from bot.chat.kit.context import Context
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.money.errors import not_in_steps
from bot.chat.money.taps import AskAmount, OpenWallet, TopupForm, TypeTopup
from bot.chat.money.wallet import (
    topup_asked_screen,
    topup_screen,
    wallet_screen,
    which_topup_screen,
)
from bot.money import requests, wallet
from bot.money.errors import NotInSteps

WALLET: Final = MenuCommand("wallet", lambda _: _("Your balance and movements"))


@dataclass(frozen=True, slots=True)
class WalletPages:
    """Shows the customer's credit, and asks the operators for more."""

    store: Storefront

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_command(self.show_wallet, OpenWallet(), WALLET)
        routes.on_tap(self.show_wallet, OpenWallet)
        routes.on_tap(self.ask_amount, TypeTopup, keeps_form=True)
        routes.on_tap(self.choose_amount, AskAmount)
        routes.on_typed(self.type_amount, TopupForm)

    async def show_wallet(self, context: Context, tap: OpenWallet) -> None:
        """Show the balance and the last movements."""
        view = await self.store.db.read(wallet.wallet, context.customer.id)
        await context.show(wallet_screen(context.locale, view, self.store.clock.now()))

    async def ask_amount(self, context: Context, tap: TypeTopup) -> None:
        """Show how to pay; the amount is typed next."""
        await context.open_form(TopupForm())
        await context.show(topup_screen(context.locale, self.store.profile.topup_instructions))

    async def type_amount(self, context: Context, form: TopupForm, text: str) -> None:
        """Ask the operators for the typed amount; explain what is not an amount."""
        _, instructions = context.locale, self.store.profile.topup_instructions
        amounts = [amount for amount in amounts_of(text, _.group_sign) if amount]
        if len(amounts) == 1:
            await self._ask(context, amounts[0])
            return
        await context.open_form(form)  # an unknown command has closed it
        if amounts:
            await context.show(which_topup_screen(_, amounts))
            return
        said = _("Nothing was asked for. That is not an amount; write it like 10 or 12.50.")
        await context.show(topup_screen(_, instructions, said))

    async def choose_amount(self, context: Context, tap: AskAmount) -> None:
        """Ask the operators for what was meant by an amount that can be read in two ways."""
        await self._ask(context, Money(tap.amount))

    async def _ask(self, context: Context, amount: Money) -> None:
        _, instructions = context.locale, self.store.profile.topup_instructions
        mine = context.customer.id
        try:
            _request, fresh = await self.store.db.write(requests.ask_topup, mine, amount)
        except NotInSteps as refused:
            await context.open_form(TopupForm())
            await context.show(topup_screen(_, instructions, not_in_steps(_, refused)))
            return
        await context.close_form()
        await context.show(topup_asked_screen(_, amount, instructions, fresh=fresh))
