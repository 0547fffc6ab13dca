"""Carries notices into chats, and turns whatever Telegram says into the fate of a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)

from bot.base.ids import OrderId
from bot.chat.kit.locale import Voice, Voices
from bot.chat.kit.present import Blocked, CannotEdit, Presenter, TryLater
from bot.chat.orders.goods import plain_goods_screen
from bot.chat.outbox.render import Gone, Letter, Letters
from bot.i18n.language import ENGLISH
from bot.ops.secrets import Secrets
from bot.orders import read
from bot.orders.views import Goods
from bot.outbox.notices import OrderCard
from bot.outbox.sender import Fate, Receipt
from bot.outbox.store import Outgoing
from bot.people import customers

log = structlog.stdlib.get_logger(__name__)

LONGEST_WAIT: Final = timedelta(minutes=10)
_NEVER_AS_IT_IS: Final = (TelegramBadRequest, TelegramMigrateToChat)


@dataclass(frozen=True, slots=True)
class Notifier:
    """The courier of the shop's notices."""

    presenter: Presenter
    letters: Letters
    voices: Voices

    async def carry(self, row: Outgoing) -> Receipt:
        """Render what is true now and send it; never raises what Telegram can say."""
        try:
            return await self._carry(row)
        except Gone as gone:
            return Receipt(Fate.DROPPED, why=str(gone))
        except Blocked:
            return Receipt(Fate.UNREACHABLE)
        except TryLater as later:
            return Receipt(Fate.LATER, wait_for(later, row.tries))
        except _NEVER_AS_IT_IS as refusal:
            return Receipt(Fate.DROPPED, why=refusal.message)
        except TelegramAPIError as trouble:  # a wrong token and the like: not this row's fault
            return Receipt(Fate.LATER, growing_wait(row.tries), why=type(trouble).__name__)

    async def _carry(self, row: Outgoing) -> Receipt:
        _ = await self._voice(row)
        letter = await self.letters.write(row.notice, row.chat, _)
        letter = replace(letter, screen=letter.screen.turned(rtl=_.is_rtl))
        if isinstance(row.notice, OrderCard):
            return await self._edit_card(row, letter, OrderId(row.notice.order))
        return Receipt(Fate.SENT, message=await self._send(row, letter, _))

    async def _voice(self, row: Outgoing) -> Voice:
        reader = await self.letters.db.read(customers.find, row.chat)
        return self.voices.of(ENGLISH if reader is None else reader.language)

    async def _edit_card(self, row: Outgoing, letter: Letter, order: OrderId) -> Receipt:
        """A card that is gone needs no edit: the words about the order go out as well."""
        card = await self.letters.db.read(read.card_of, order)
        if card is None:
            return await self._first_card(row, letter, order)
        try:
            await self.presenter.edit(row.chat, letter.screen, card)
        except CannotEdit:
            return Receipt(Fate.SENT)
        return Receipt(Fate.SENT, message=card)

    async def _first_card(self, row: Outgoing, letter: Letter, order: OrderId) -> Receipt:
        """The card of a number that was bought with others: only the first is in the chat yet."""
        if not letter.is_own_card:
            return Receipt(Fate.SENT)
        card = await self.presenter.send(row.chat, letter.screen)
        await self.letters.db.write(read.card_shown, order, card, None)
        return Receipt(Fate.SENT, message=card)

    async def _send(self, row: Outgoing, letter: Letter, _: Voice) -> int:
        if letter.goods is None:
            return await self.presenter.send(row.chat, letter.screen)
        try:
            return await self.presenter.send(row.chat, letter.screen)
        except _NEVER_AS_IT_IS as refusal:
            said = _without(letter.goods, refusal)
            log.warning("goods_refused", order=letter.goods.order, said=said)
        try:
            return await self.presenter.send(row.chat, plain_goods_screen(_, letter.goods))
        except _NEVER_AS_IT_IS as refusal:
            refusal.message = _without(letter.goods, refusal)
            raise


def _without(goods: Goods, refusal: TelegramAPIError) -> str:
    """What Telegram said; it may quote the message, and what it says is logged and told."""
    lines = [line for account in goods.accounts for line in (account, *account.splitlines())]
    return Secrets(lines).mask(refusal.message)


def wait_for(later: TryLater, tries: int) -> timedelta:
    """What Telegram asked for, to the second; else a wait that grows with the tries."""
    if isinstance(later.__cause__, TelegramRetryAfter):
        return later.wait
    return max(later.wait, growing_wait(tries))


def growing_wait(tries: int) -> timedelta:
    """2 s, 4 s, 8 s and so on, bounded."""
    return min(LONGEST_WAIT, timedelta(seconds=2 ** (min(max(tries, 0), 12) + 1)))
