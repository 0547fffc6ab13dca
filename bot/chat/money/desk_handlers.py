"""Credit at the desk: give, take back, undo, and answer a customer's request."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.digits import western_digits
from bot.base.errors import NotYours, TooLate
from bot.base.ids import CustomerId, TransferId
from bot.base.money import Money, NotMoney, parse_money
from bot.chat.desk.home import money_usage_screen, unknown_customer_screen
from bot.chat.desk.parts import desk_screen
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Screen
from bot.chat.money import desk_credit as screens
from bot.chat.money.errors import not_in_steps
from bot.chat.money.taps import DecideTopup, UndoChange
from bot.desk import details
from bot.money import requests, topup
from bot.money.errors import AlreadyReversed, NotEnoughCredit, NotInSteps
from bot.people import customers

_LONGEST_NOTE = 200
_GROUP: Final = re.compile(r"[0-9]{3}(?![0-9])([.,][0-9]*)?$")
"""What follows the first digits of an amount that is written with spaces."""
TOPUP: Final = MenuCommand("topup", lambda _: _("Give credit"))
DEBIT: Final = MenuCommand("debit", lambda _: _("Take credit back"))


@dataclass(frozen=True, slots=True)
class MoneyCommand:
    """`<who> <amount> [note]` as typed."""

    who: str
    amount: Money
    note: str


_Move = Callable[[Context, MoneyCommand], Awaitable[Screen]]


def find_money_command(typed: str | None, group: str = "") -> MoneyCommand | None:
    """The command's words; None when they are not whole or the amount is not above 0.

    None too for `1 000`, which may be a thousand, or one and a note that begins so.
    """
    who, written, *rest = [*(typed or "").split(), "", ""]
    if _GROUP.match(western_digits(rest[0] if rest else "")):
        return None
    try:
        amount = parse_money(written, group)
    except NotMoney:
        return None
    note = " ".join(rest).strip()[:_LONGEST_NOTE]
    return MoneyCommand(who, amount, note) if amount else None


@dataclass(frozen=True, slots=True)
class CreditPages:
    """Gives credit, takes it back, and answers requests for it."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.give, TOPUP, "credit")
        routes.on_words(self.take, DEBIT)
        routes.on_tap(self.undo, UndoChange)
        routes.on_tap(self.decide_topup, DecideTopup)

    async def give(self, context: Context, command: CommandObject) -> None:
        """`/topup` and `/credit`: once per message."""
        await self._move(context, command, TOPUP, self._give)

    async def take(self, context: Context, command: CommandObject) -> None:
        """`/debit`: once per message."""
        await self._move(context, command, DEBIT, self._take)

    async def _move(
        self, context: Context, command: CommandObject, usage: MenuCommand, move: _Move
    ) -> None:
        """Move what was typed, or show how it is written."""
        typed = find_money_command(command.args, context.locale.group_sign)
        if typed is None:
            await context.show(money_usage_screen(context.locale, usage.name))
            return
        try:
            screen = await move(context, typed)
        except NotYours:
            screen = unknown_customer_screen(context.locale)
        except NotInSteps as refused:
            screen = desk_screen(context.locale, not_in_steps(context.locale, refused))
        except NotMoney:  # more than an account can hold
            screen = money_usage_screen(context.locale, usage.name)
        await context.show(screen)

    async def _give(self, context: Context, typed: MoneyCommand) -> Screen:
        _, act, customer = context.locale, act_of(context), await self._load(context, typed.who)
        change = await self.desk.db.write(topup.top_up, act, customer, typed.amount, typed.note)
        return screens.change_screen(_, change, _("✅ {amount} of credit given."))

    async def _take(self, context: Context, typed: MoneyCommand) -> Screen:
        _, act, customer = context.locale, act_of(context), await self._load(context, typed.who)
        try:
            change = await self.desk.db.write(topup.debit, act, customer, typed.amount, typed.note)
        except NotEnoughCredit as refused:
            return screens.too_little_screen(_, refused, customer)
        return screens.change_screen(_, change, _("✅ {amount} of credit taken back."))

    async def _load(self, context: Context, who: str) -> CustomerId:
        """The customer of this id or username.

        Names change hands, so Telegram is asked whose it is now. Raises NotYours for a stranger,
        and where Telegram does not say that it is theirs.
        """
        found = await self.desk.db.read(customers.look_up, who)
        if found is None:
            raise NotYours
        if not western_digits(who).isdigit():
            now = await context.screens.presenter.find_username(found.id)
            if now is None or now.lower() != who.removeprefix("@").lower():
                raise NotYours
        return found.id

    async def undo(self, context: Context, tap: UndoChange) -> None:
        """The first tap asks, the second reverses, once."""
        if tap.sure:
            await context.show(await self._undo(context, tap))
            return
        _, customer = context.locale, CustomerId(tap.customer)
        card = await self.desk.db.read(details.customer_card, customer)
        if card is None:
            await context.show(screens.not_undoable_screen(_))
        else:
            await context.show(screens.undo_sure_screen(_, card, TransferId(tap.transfer)))

    async def _undo(self, context: Context, tap: UndoChange) -> Screen:
        _, act, transfer = context.locale, act_of(context), TransferId(tap.transfer)
        try:
            change = await self.desk.db.write(topup.undo, act, transfer)
        except NotYours:
            return screens.not_undoable_screen(_)
        except AlreadyReversed:
            return screens.already_undone_screen(_, tap.customer)
        except NotEnoughCredit as refused:
            return screens.too_little_screen(_, refused, tap.customer)
        return screens.undone_screen(_, change)

    async def decide_topup(self, context: Context, tap: DecideTopup) -> None:
        """Approve or deny a request for credit, once; too late shows what was decided."""
        try:
            screen = await self._decide(context, tap)
        except (NotYours, NotMoney):  # the sum may be more than an account can hold
            screen = screens.not_undoable_screen(context.locale)
        except NotInSteps as refused:  # asked for when the step was a smaller one
            screen = desk_screen(context.locale, not_in_steps(context.locale, refused))
        await context.show(screen)

    async def _decide(self, context: Context, tap: DecideTopup) -> Screen:
        db, act = self.desk.db, act_of(context)
        with suppress(TooLate):  # a second tap shows what the first one did
            await db.write(requests.decide_topup, act, tap.request, approve=tap.approve)
        request = await db.read(requests.load_topup, tap.request)
        change = await db.read(requests.topup_change, tap.request)
        return screens.topup_request_screen(context.locale, request, change)
