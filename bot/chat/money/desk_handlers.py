"""Credit at the desk: give, take back, undo, and answer a customer's wish."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from bot.base.acts import Act
from bot.base.errors import NotYours, TooLate
from bot.base.ids import CustomerId, TransferId
from bot.base.money import Money, NotMoney, parse_money
from bot.chat.desk.from_operator import act_of
from bot.chat.desk.home import money_usage_screen, unknown_customer_screen
from bot.chat.facade import Desk
from bot.chat.kit.context import Visit
from bot.chat.kit.locale import Voice
from bot.chat.kit.screen import Screen
from bot.chat.kit.text_of import OwnCommand
from bot.chat.money import desk_credit as screens
from bot.chat.money.taps import DecideTopup, UndoChange
from bot.desk import details
from bot.money import requests, topup
from bot.money.errors import AlreadyReversed, NotEnoughCredit
from bot.people import customers

_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class MoneyCommand:
    """`<who> <amount> [note]` as typed."""

    who: str
    amount: Money
    note: str


@dataclass(frozen=True, slots=True)
class _Command:
    """A money command with who gave it."""

    words: MoneyCommand
    act: Act


def find_money_command(typed: str | None) -> MoneyCommand | None:
    """The command's words; None when they are not whole or the amount is not above 0."""
    who, written, *rest = [*(typed or "").split(), "", ""]
    try:
        amount = parse_money(written)
    except NotMoney:
        return None
    note = " ".join(rest).strip()[:_LONGEST_NOTE]
    return MoneyCommand(who, amount, note) if amount else None


@dataclass(frozen=True, slots=True)
class CreditDesk:
    """The operator's acts that move credit."""

    desk: Desk

    async def move(self, message: Message, command: CommandObject, visit: Visit) -> None:
        """`/topup`, `/credit` and `/debit`: once per message."""
        _, words = visit.voice, find_money_command(command.args)
        takes = command.command.lower() == "debit"
        if words is None:
            await visit.show(money_usage_screen(_, "debit" if takes else "topup"))
            return
        asked = _Command(words, act_of(message, visit))
        try:
            screen = await (self._take if takes else self._give)(_, asked)
        except NotYours:
            screen = unknown_customer_screen(_)
        await visit.show(screen)

    async def _give(self, _: Voice, asked: _Command) -> Screen:
        customer, words = await self._customer(asked), asked.words
        change = await self.desk.db.write(
            topup.top_up, asked.act, customer, words.amount, words.note
        )
        return screens.credited_screen(_, change)

    async def _take(self, _: Voice, asked: _Command) -> Screen:
        customer, words = await self._customer(asked), asked.words
        try:
            change = await self.desk.db.write(
                topup.debit, asked.act, customer, words.amount, words.note
            )
        except NotEnoughCredit as refused:
            return screens.too_little_screen(_, refused, customer)
        return screens.debited_screen(_, change)

    async def _customer(self, asked: _Command) -> CustomerId:
        found = await self.desk.db.read(customers.look_up, asked.words.who)
        if found is None:
            raise NotYours
        return found.id

    async def undo(self, tap: CallbackQuery, callback_data: UndoChange, visit: Visit) -> None:
        """The first tap asks, the second reverses, once."""
        try:
            if callback_data.sure:
                screen = await self._undo(tap, callback_data, visit)
            else:
                screen = await self._ask_undo(callback_data, visit)
        except NotYours:
            screen = screens.not_undoable_screen(visit.voice)
        await visit.show(screen)

    async def _ask_undo(self, wanted: UndoChange, visit: Visit) -> Screen:
        card = await self.desk.db.read(details.customer_card, CustomerId(wanted.customer))
        if card is None:
            raise NotYours
        return screens.undo_sure_screen(visit.voice, card, TransferId(wanted.transfer))

    async def _undo(self, tap: CallbackQuery, wanted: UndoChange, visit: Visit) -> Screen:
        _ = visit.voice
        try:
            change = await self.desk.db.write(
                topup.undo, act_of(tap, visit), TransferId(wanted.transfer)
            )
        except AlreadyReversed:
            return screens.already_undone_screen(_, wanted.customer)
        except NotEnoughCredit as refused:
            return screens.too_little_screen(_, refused, wanted.customer)
        return screens.undone_screen(_, change)

    async def decide_topup(
        self, tap: CallbackQuery, callback_data: DecideTopup, visit: Visit
    ) -> None:
        """Approve or deny a wish for credit, once; too late shows what was decided."""
        try:
            screen = await self._decide(tap, callback_data, visit)
        except NotYours:
            screen = screens.not_undoable_screen(visit.voice)
        await visit.show(screen)

    async def _decide(self, tap: CallbackQuery, wanted: DecideTopup, visit: Visit) -> Screen:
        db, change = self.desk.db, None
        with suppress(TooLate):  # then the request itself says what was decided
            change = await db.write(
                requests.decide_topup, act_of(tap, visit), wanted.request, approve=wanted.approve
            )
        request = await db.read(requests.load_topup, wanted.request)
        return screens.topup_request_screen(visit.voice, request, change)


def add_credit_desk(router: Router, desk: Desk) -> None:
    """Hang the acts on the desk's router."""
    acts = CreditDesk(desk)
    router.message.register(acts.move, OwnCommand("topup", "credit", "debit"))
    router.callback_query.register(acts.undo, UndoChange.filter())
    router.callback_query.register(acts.decide_topup, DecideTopup.filter())
