"""Sends notices into chats, and turns whatever Telegram says into what becomes of their row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramMigrateToChat,
)

from bot.base.ids import AlertChat, OrderId
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.present import Presenter
from bot.chat.kit.telegram.refusal import AskedToWait, Blocked, CannotEdit
from bot.chat.orders.goods import plain_goods_screen
from bot.chat.outbox.answered import MAY_ANSWER, find_answered
from bot.chat.outbox.gone import Gone
from bot.chat.outbox.group import render_for_group
from bot.chat.outbox.render import Rendered, RenderNotice
from bot.i18n.language import ENGLISH
from bot.ops.secrets import Secrets
from bot.orders import read
from bot.orders.views import Goods
from bot.outbox.notices import OrderCard
from bot.outbox.sender import LONGEST_WAIT, SendOutcome, SendResult, growing_wait
from bot.outbox.store import Outgoing, is_group
from bot.people import customers
from bot.people.customers import shared_language

log = structlog.stdlib.get_logger(__name__)

_NO_GROUP: Final = "this group is no longer ALERT_CHAT"
_NEVER_AS_IT_IS: Final = (TelegramBadRequest, TelegramMigrateToChat)


@dataclass(frozen=True, slots=True)
class SendNotice:
    """Sends a row of the outbox."""

    presenter: Presenter
    render: RenderNotice
    locales: Locales
    alert_chat: AlertChat | None = None

    async def send(self, row: Outgoing) -> SendResult:
        """Render what is true now and send it; never raises what Telegram can say."""
        if is_group(row.chat):
            return await self._send_to_group(row)
        return await self._send(row)

    async def _send_to_group(self, row: Outgoing) -> SendResult:
        """Send to the operators' group; where it takes nothing now, all is kept for later."""
        if self.alert_chat is None or row.chat != self.alert_chat.id:
            return SendResult(SendOutcome.DROPPED, why=_NO_GROUP)
        sent = await self._send(row)
        if sent.fate is SendOutcome.UNREACHABLE:
            return replace(sent, fate=SendOutcome.CLOSED, wait=LONGEST_WAIT)
        return sent

    async def _send(self, row: Outgoing) -> SendResult:
        try:
            return await self._render_and_send(row)
        except Gone as gone:
            return SendResult(SendOutcome.DROPPED, why=str(gone))
        except Blocked as blocked:
            return SendResult(SendOutcome.UNREACHABLE, why=str(blocked.__cause__ or ""))
        except AskedToWait as later:
            return SendResult(SendOutcome.LATER, wait_for(later, row.tries))
        except _NEVER_AS_IT_IS as refusal:
            return _refused(row, refusal)
        except TelegramAPIError as trouble:  # a wrong token and the like: not this row's fault
            return SendResult(
                SendOutcome.LATER, growing_wait(row.tries), why=type(trouble).__name__
            )

    async def _render_and_send(self, row: Outgoing) -> SendResult:
        _ = await self._locale(row)
        told = row.message is not None
        if is_group(row.chat):
            rendered = Rendered(await render_for_group(self.render, row.notice, _))
        else:
            rendered = await self.render(row.notice, row.chat, _, told=told)
        rendered = replace(rendered, screen=rendered.screen.turned(rtl=_.is_rtl))
        if isinstance(row.notice, OrderCard):
            return await self._edit_card(row, rendered, OrderId(row.notice.order))
        if row.message is not None:
            return await self._edit_notice(row, row.message, rendered)
        if isinstance(row.notice, MAY_ANSWER):
            answered = await find_answered(self.render.db, row)
            rendered = replace(rendered, screen=rendered.screen.in_reply_to(answered))
        return SendResult(SendOutcome.SENT, message=await self._send_screen(row, rendered, _))

    async def _locale(self, row: Outgoing) -> Locale:
        """The reader's; a group is spoken to in the language that most operators read."""
        if is_group(row.chat):
            return self.locales.of(await self.render.db.read(shared_language) or ENGLISH)
        reader = await self.render.db.read(customers.find, row.chat)
        return self.locales.of(ENGLISH if reader is None else reader.language)

    async def _edit_card(self, row: Outgoing, rendered: Rendered, order: OrderId) -> SendResult:
        """Edit the card; a missing one is done: notices about the order go out as well."""
        card = await self.render.db.read(read.card_of, order)
        if card is None:
            return await self._first_card(row, rendered, order)
        try:
            await self.presenter.edit(row.chat, rendered.screen, card)
        except CannotEdit:
            return SendResult(SendOutcome.SENT)
        return SendResult(SendOutcome.SENT, message=card)

    async def _edit_notice(self, row: Outgoing, message: int, rendered: Rendered) -> SendResult:
        """Edit what was told; where it is gone there is nothing left to be put right."""
        try:
            await self.presenter.edit(row.chat, rendered.screen, message)
        except CannotEdit:
            return SendResult(SendOutcome.SENT)
        return SendResult(SendOutcome.SENT, message=message)

    async def _first_card(self, row: Outgoing, rendered: Rendered, order: OrderId) -> SendResult:
        """Send the card of a number that was bought with others: only the first is in the chat."""
        if not rendered.is_own_card:
            return SendResult(SendOutcome.SENT)
        card = await self.presenter.send(row.chat, rendered.screen)
        await self.render.db.write(read.card_shown, order, card, None)
        return SendResult(SendOutcome.SENT, message=card)

    async def _send_screen(self, row: Outgoing, rendered: Rendered, _: Locale) -> int:
        topic = self.alert_chat.topic if self.alert_chat and is_group(row.chat) else None
        try:
            return await self.presenter.send(row.chat, rendered.screen, topic)
        except _NEVER_AS_IT_IS as refusal:
            if rendered.goods is None:
                raise
            said = _without(rendered.goods, refusal)
            log.warning("goods_refused", order=rendered.goods.order, said=said)
        try:
            plain = plain_goods_screen(_, rendered.goods)
            answering = plain.in_reply_to(rendered.screen.reply_to)
            return await self.presenter.send(row.chat, answering)
        except _NEVER_AS_IT_IS as refusal:
            refusal.message = _without(rendered.goods, refusal)
            raise


def _refused(row: Outgoing, refusal: TelegramAPIError) -> SendResult:
    """It is never taken as it is; but a group that has become a supergroup has another id."""
    if is_group(row.chat) and isinstance(refusal, TelegramMigrateToChat):
        why = f"the group has the id {refusal.migrate_to_chat_id} now: put it into ALERT_CHAT"
        return SendResult(SendOutcome.UNREACHABLE, why=why)
    return SendResult(SendOutcome.DROPPED, why=refusal.message)


def _without(goods: Goods, refusal: TelegramAPIError) -> str:
    """What Telegram said; it may quote the message, and what it says is logged and told."""
    lines = [line for account in goods.accounts for line in (account, *account.splitlines())]
    return Secrets(lines).mask(refusal.message)


def wait_for(later: AskedToWait, tries: int) -> timedelta:
    """What Telegram asked for, to the second; else a wait that grows with the tries."""
    if later.is_told:
        return later.wait
    return max(later.wait, growing_wait(tries))
