"""Credit at the desk: give, take back, undo, and answer a customer's request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.base.errors import NotYours, TooLate
from bot.base.ids import CustomerId, TransferId
from bot.base.keys import beside_key
from bot.base.money import Money, NotMoney
from bot.chat.desk.find_customer import find_customer
from bot.chat.desk.home import money_usage_screen, unknown_customer_screen
from bot.chat.desk.parts import desk_screen
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Screen
from bot.chat.money import desk_credit as screens
from bot.chat.money.commands import MoneyCommand, list_meanings
from bot.chat.money.errors import not_in_steps
from bot.chat.money.taps import ChooseAmount, DecideTopup, MoneyForm, UndoChange
from bot.desk import details
from bot.money import post, requests, topup
from bot.money.errors import AlreadyReversed, NotEnoughCredit, NotInSteps

TOPUP: Final = MenuCommand("topup", lambda _: _("Give credit"), Permission.CREDIT)
DEBIT: Final = MenuCommand("debit", lambda _: _("Take credit back"), Permission.CREDIT)


_Move = Callable[[Context, MoneyCommand], Awaitable[Screen]]


@dataclass(frozen=True, slots=True)
class CreditPages:
    """Gives credit, takes it back, and answers requests for it."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.give, TOPUP, "credit")
        routes.on_words(self.take, DEBIT)
        routes.on_tap(self.choose_amount, ChooseAmount, keeps_form=True)
        routes.on_tap(self.undo, UndoChange)
        routes.on_tap(self.decide_topup, DecideTopup)

    async def give(self, context: Context, command: CommandObject) -> None:
        """`/topup` and `/credit`: once per message."""
        await self._read(context, command, gives=True)

    async def take(self, context: Context, command: CommandObject) -> None:
        """`/debit`: once per message."""
        await self._read(context, command, gives=False)

    async def _read(self, context: Context, command: CommandObject, *, gives: bool) -> None:
        """Move what was typed, ask which of two amounts is meant, or show how it is written."""
        meanings = list_meanings(command.args, context.locale.group_sign)
        if not meanings:
            await context.show(_usage(context, gives=gives))
        elif len(meanings) == 1:
            await self._move(context, meanings[0], gives=gives)
        else:
            await self._ask_back(context, meanings, gives=gives)

    async def _ask_back(
        self, context: Context, meanings: Sequence[MoneyCommand], *, gives: bool
    ) -> None:
        """Keep the command and ask which of its amounts is meant."""
        _, typed = context.locale, meanings[0].who
        try:
            customer = await find_customer(context, self.desk.db, typed)
        except NotYours:
            await context.show(unknown_customer_screen(_))
            return
        amounts = tuple(one.amount.micros for one in meanings)
        notes = tuple(one.note for one in meanings)
        form = MoneyForm(context.key, gives, typed, amounts, notes)
        await context.open_form(form)
        await context.show(screens.which_amount_screen(_, form, customer))

    async def choose_amount(self, context: Context, tap: ChooseAmount) -> None:
        """Do what was meant, once by the key of the command's own message."""
        key, form = beside_key(context.key, tap.message), await context.find_form()
        if isinstance(form, MoneyForm) and form.key == key and tap.place < len(form.amounts):
            context.key = key
            meant = Money(form.amounts[tap.place])
            typed = MoneyCommand(form.who, meant, form.notes[tap.place])
            with suppress(
                post.KeyReused
            ):  # the other amount was chosen before, and its card stands
                await self._move(context, typed, gives=form.gives)
        elif await self.desk.db.read(post.find_transfer, key) is None:
            await context.show(_usage(context, gives=tap.gives))

    async def _move(self, context: Context, typed: MoneyCommand, *, gives: bool) -> None:
        """Move it, or say why it was not moved."""
        move: _Move = self._give if gives else self._take
        try:
            screen = await move(context, typed)
        except NotYours:
            screen = unknown_customer_screen(context.locale)
        except NotInSteps as refused:
            screen = desk_screen(context.locale, not_in_steps(context.locale, refused))
        except NotMoney:  # more than an account can hold
            screen = _usage(context, gives=gives)
        await context.show(screen)

    async def _give(self, context: Context, typed: MoneyCommand) -> Screen:
        _, act = context.locale, act_of(context)
        customer = (await find_customer(context, self.desk.db, typed.who)).id
        change = await self.desk.db.write(topup.top_up, act, customer, typed.amount, typed.note)
        return screens.change_screen(_, change, _("✅ {amount} of credit given."))

    async def _take(self, context: Context, typed: MoneyCommand) -> Screen:
        _, act = context.locale, act_of(context)
        customer = (await find_customer(context, self.desk.db, typed.who)).id
        try:
            change = await self.desk.db.write(topup.debit, act, customer, typed.amount, typed.note)
        except NotEnoughCredit as refused:
            return screens.too_little_screen(_, refused, customer)
        return screens.change_screen(_, change, _("✅ {amount} of credit taken back."))

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


def _usage(context: Context, *, gives: bool) -> Screen:
    """How the command is written."""
    return money_usage_screen(context.locale, (TOPUP if gives else DEBIT).name)
