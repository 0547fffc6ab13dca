"""Credit at the desk: give, take back, undo."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from aiogram.filters import CommandObject

from bot.base.acts import Permission
from bot.base.errors import NotYours
from bot.base.ids import CustomerId, TransferId
from bot.base.keys import beside_key
from bot.base.money import Money, NotMoney
from bot.chat.desk.find_customer import Holder, find_holder
from bot.chat.desk.home import money_usage_screen, unknown_customer_screen
from bot.chat.desk.parts import desk_screen
from bot.chat.facade import Desk
from bot.chat.kit.context import Context, act_of
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.screen import Screen
from bot.chat.money import desk_credit as screens
from bot.chat.money.commands import MoneyCommand, list_meanings
from bot.chat.money.errors import needs_second, not_in_steps, own_credit
from bot.chat.money.second import approval_screen
from bot.chat.money.taps import ChooseAmount, DropAmount, MoneyForm, UndoChange
from bot.desk import details
from bot.money import approvals, post, topup
from bot.money.errors import (
    AlreadyReversed,
    NeedsSecond,
    NotEnoughCredit,
    NotInSteps,
    OwnCredit,
)
from bot.people import customers

TOPUP: Final = MenuCommand(
    "topup", lambda _: _("Give credit"), Permission.CREDIT, "/topup @alice 25"
)
DEBIT: Final = MenuCommand(
    "debit", lambda _: _("Take credit back"), Permission.CREDIT, "/debit @alice 25"
)


_Move = Callable[[Context, CustomerId, MoneyCommand], Awaitable[Screen]]


@dataclass(frozen=True, slots=True)
class CreditPages:
    """Gives credit and takes it back."""

    desk: Desk

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_words(self.give, TOPUP, "credit")
        routes.on_words(self.take, DEBIT)
        routes.on_tap(self.choose_amount, ChooseAmount, keeps_form=True)
        routes.on_tap(self.undo, UndoChange)
        routes.on_tap(self.drop_amount, DropAmount)

    async def give(self, context: Context, command: CommandObject) -> None:
        """`/topup` and `/credit`: once per message."""
        await self._read(context, command, gives=True)

    async def take(self, context: Context, command: CommandObject) -> None:
        """`/debit`: once per message."""
        await self._read(context, command, gives=False)

    async def _read(self, context: Context, command: CommandObject, *, gives: bool) -> None:
        """Move what was typed, ask back what is not beyond doubt, or show how it is written."""
        _ = context.locale
        meanings = list_meanings(command.args, _.group_sign, _.currency_signs)
        if not meanings:
            await context.show(_usage(context, gives=gives))
            return
        try:
            found = await find_holder(context, self.desk.db, meanings[0].who)
        except NotYours:
            await context.show(unknown_customer_screen(_))
            return
        much = self.desk.db.settings.ask_above
        if len(meanings) == 1 and found.is_sure and meanings[0].amount <= much:
            named = replace(meanings[0], who=str(found.customer.id))
            await self._move(context, named, gives=gives)
        else:
            await self._ask_back(context, meanings, found, gives=gives)

    async def _ask_back(
        self, context: Context, meanings: Sequence[MoneyCommand], found: Holder, *, gives: bool
    ) -> None:
        """Keep the command for the customer that is shown, and ask what is meant."""
        amounts = tuple(one.amount.micros for one in meanings)
        notes = tuple(one.note for one in meanings)
        form = MoneyForm(context.key, gives, str(found.customer.id), amounts, notes)
        await context.open_form(form)
        _, much = context.locale, self.desk.db.settings.ask_above
        screen = screens.ask_back_screen(_, form, found.customer, is_sure=found.is_sure, much=much)
        await context.show(screen)

    async def drop_amount(self, context: Context, tap: DropAmount) -> None:
        """Move nothing."""
        await context.show(screens.nothing_moved_screen(context.locale))

    async def choose_amount(self, context: Context, tap: ChooseAmount) -> None:
        """Do what was meant, once by the key of the command's own message."""
        key, form = beside_key(context.key, tap.message), await context.find_form()
        if isinstance(form, MoneyForm) and _is_meant(form, tap, key):
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
        """Move it, or say why it was not moved; `who` is an id by now."""
        move: _Move = self._give if gives else self._take
        _, whom = context.locale, CustomerId(int(typed.who))
        try:
            screen = await move(context, whom, typed)
        except NotYours:
            screen = unknown_customer_screen(_)
        except NotInSteps as refused:
            screen = desk_screen(_, not_in_steps(_, refused))
        except OwnCredit:
            screen = desk_screen(_, own_credit(_))
        except NotMoney:  # more than an account can hold
            screen = _usage(context, gives=gives)
        await context.show(screen)

    async def _give(self, context: Context, whom: CustomerId, typed: MoneyCommand) -> Screen:
        _, act, db = context.locale, act_of(context), self.desk.db
        try:
            change = await db.write(topup.top_up, act, whom, typed.amount, typed.note)
        except NeedsSecond as refused:
            asked = await db.write(approvals.ask_second, act, whom, typed.amount, typed.note)
            approval = await db.read(approvals.load_approval, asked)
            return approval_screen(_, approval, context.customer.id, needs_second(_, refused))
        return screens.change_screen(_, change, _("✅ {amount} of credit given."))

    async def _take(self, context: Context, whom: CustomerId, typed: MoneyCommand) -> Screen:
        _, act = context.locale, act_of(context)
        try:
            change = await self.desk.db.write(topup.debit, act, whom, typed.amount, typed.note)
        except NotEnoughCredit as refused:
            person = await self.desk.db.read(customers.load_customer, whom)
            return screens.too_little_screen(_, refused, person)
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
        _, db, act = context.locale, self.desk.db, act_of(context)
        person = await db.read(customers.find, CustomerId(tap.customer))
        if person is None:
            return screens.not_undoable_screen(_)
        try:
            change = await db.write(topup.undo, act, TransferId(tap.transfer))
        except NotYours:
            return screens.not_undoable_screen(_)
        except AlreadyReversed:
            return screens.already_undone_screen(_, person)
        except NotEnoughCredit as refused:
            return screens.too_little_screen(_, refused, person)
        return screens.undone_screen(_, change)


def _is_meant(form: MoneyForm, tap: ChooseAmount, key: str) -> bool:
    """Whether the tap is of this form's question, and the form names its customer by the id."""
    return form.key == key and form.who.isdigit() and tap.place < len(form.amounts)


def _usage(context: Context, *, gives: bool) -> Screen:
    """How the command is written."""
    return money_usage_screen(context.locale, (TOPUP if gives else DEBIT).name)
