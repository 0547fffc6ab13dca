"""What happens around every handler: each update once, private chats only, every tap answered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
from aiogram import BaseMiddleware

from bot.base.errors import DatabaseUnavailable, NotAllowed, PerhapsDone, ShopError
from bot.base.ids import CustomerId
from bot.chat.errors import error_screen, error_text, neutral_screen, neutral_text
from bot.chat.facade import Storefront
from bot.chat.groups import Groups
from bot.chat.kit.context import Context, card_of, key_of
from bot.chat.kit.forms import Forms
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.locale import Locales
from bot.chat.kit.telegram.incoming import (
    Handler,
    UpdateElsewhere,
    UpdateOutcome,
    note_outcome,
)
from bot.chat.kit.telegram.refusal import AskedToWait, Blocked, Refusal
from bot.chat.kit.telegram.turns import Turn, turn_of
from bot.chat.kit.telegram.updates import AnyUpdate
from bot.db.database import Database
from bot.db.updates import Taken, TakenUpdates
from bot.people.audit import NOT_PERMITTED, note_act
from bot.people.customers import Customer, Person

_LOG: Final = structlog.get_logger(__name__)
_REMEMBERED: Final = 10_000


@dataclass(slots=True)
class DropRepeated(BaseMiddleware):
    """Drops an update that this process has seen, or a living one beside it.

    Ids are compared exactly: they may restart.
    """

    taken: TakenUpdates
    _seen: OrderedDict[int, None] = field(default_factory=OrderedDict)
    _typed: OrderedDict[int, None] = field(default_factory=OrderedDict)
    """Inline queries apart: whoever types fast must not push the taps of others out."""

    async def __call__(self, handler: Handler, event: Any, data: dict[str, Any]) -> Any:
        """Pass a new update on. Raises UpdateElsewhere while another process is at it."""
        seen = self._seen if event.inline_query is None else self._typed
        if event.update_id in seen:
            note_outcome(data, UpdateOutcome.REPEATED)
            return None
        seen[event.update_id] = None
        if len(seen) > _REMEMBERED:
            seen.popitem(last=False)
        if event.inline_query is not None:
            # Telegram takes one answer only, so that no row is needed for each letter typed.
            return await handler(event, data)
        if not await self._is_ours(event.update_id):
            note_outcome(data, UpdateOutcome.REPEATED)
            return None
        answer = await handler(event, data)
        self.taken.finish(event.update_id)
        return answer

    async def _is_ours(self, number: int) -> bool:
        """Without the database nobody can tell; the handler explains that it is away."""
        try:
            taken = await self.taken.take(number)
        except DatabaseUnavailable:
            return True
        if taken is Taken.ELSEWHERE:
            del self._seen[number]
            raise UpdateElsewhere
        return taken is Taken.OURS


@dataclass(frozen=True, slots=True)
class Failures(BaseMiddleware):
    """Turns every failure into words; unexpected ones are logged, without what was typed."""

    locales: Locales
    screens: LateScreens
    db: Database

    async def __call__(self, handler: Handler, event: Any, data: dict[str, Any]) -> None:
        """Pass the update on, and answer for what goes wrong."""
        try:
            await handler(event, data)
            _note_late(data)
        except Blocked:
            note_outcome(data, UpdateOutcome.BLOCKED)
            _LOG.info("a customer cannot be reached")
        except AskedToWait:  # in a group, where nobody waits for it
            note_outcome(data, UpdateOutcome.NOT_SHOWN)
        except ShopError as error:
            note_outcome(data, UpdateOutcome.REFUSED)
            if isinstance(error, DatabaseUnavailable):
                note_outcome(data, UpdateOutcome.CLOSED)
                _LOG.error("the books are closed", why=error.why)
            await self._explain(event, data, error)
            if isinstance(error, NotAllowed):
                await self._note_refused(data, error)
        except Exception:  # noqa: BLE001 - the outermost place where a handler's failure can be seen
            note_outcome(data, UpdateOutcome.FAILED)
            _LOG.exception("a handler failed")
            await self._explain(event, data, None)

    async def _explain(self, event: Any, data: dict[str, Any], error: ShopError | None) -> None:
        context = data.get("context")
        try:
            if isinstance(context, Context):
                await _show_failure(context, error)
            else:
                await self._excuse(event, data)
        except Refusal:
            _LOG.warning("an explanation was not shown")
        except Exception:  # noqa: BLE001 - an explanation that fails must not become a second failure
            _LOG.exception("an explanation failed")

    async def _excuse(self, event: Any, data: dict[str, Any]) -> None:
        """Answer somebody whom the shop could not look up."""
        user, chat = data.get("event_from_user"), data.get("event_chat")
        if user is None or chat is None:
            return
        _ = self.locales.of(user.language_code or "")
        if event.callback_query is not None:
            text = neutral_text(_).text
            await self.screens.answer(user.id, event.callback_query.id, text, alert=True)
        elif event.message is not None and chat.type == "private":
            await self.screens.show(chat.id, neutral_screen(_))

    async def _note_refused(self, data: dict[str, Any], error: NotAllowed) -> None:
        """An operator tried more than their role permits: owners read of it in the log."""
        actor, subject = str(data["context"].customer.id), f"permission:{error.permission}"
        try:
            await self.db.write(note_act, actor, NOT_PERMITTED, subject)
        except DatabaseUnavailable as failure:
            _LOG.warning("a refusal was not noted", why=failure.why)


def _note_late(data: dict[str, Any]) -> None:
    context = data.get("context")
    if isinstance(context, Context) and context.is_late:
        note_outcome(data, UpdateOutcome.NOT_SHOWN)


async def _show_failure(context: Context, error: ShopError | None) -> None:
    """Show a toast where the card must stay as it is, a screen elsewhere."""
    _ = context.locale
    if isinstance(error, PerhapsDone) and context.buying:
        error = None  # an order that was made is to be looked for under Orders
    if context.tap is not None:
        buying = context.buying
        text = neutral_text(_, buying=buying) if error is None else error_text(_, error)
        await context.answer(text.text, alert=True)
    elif error is None:
        await context.show(neutral_screen(_, buying=context.buying))
    else:
        await context.show(error_screen(_, error))


@dataclass(frozen=True, slots=True)
class PrivateChat(BaseMiddleware):
    """Lets private chats pass, and gives their handlers a `context`.

    An operator's tap on an alert in their group passes as well, and is shown in their own chat.
    An inline query passes as it is: it has no chat, and who types is not yet a customer. What
    somebody then sends through this bot is its own words and needs no answer.
    """

    store: Storefront
    locales: Locales
    screens: LateScreens
    forms: Forms
    groups: Groups

    async def __call__(self, handler: Handler, event: Any, data: dict[str, Any]) -> Any:
        """Look the person up, or point a group to the private chat."""
        user, chat = data.get("event_from_user"), data.get("event_chat")
        if user is None or user.is_bot or _has_left(event) or self._is_own(event.message):
            return None
        if event.inline_query is not None:
            return await handler(event, data)
        is_private = chat is not None and chat.type == "private"
        if not is_private and not await self.groups.is_operators_tap(event, chat, user):
            return await self.groups.answer(event, chat, user)
        if event.my_chat_member is not None:
            # They are back: what waited goes out.
            self.store.customer_cache.forget(CustomerId(user.id))
        mine, said = CustomerId(user.id), user.language_code or ""
        person = Person(mine, user.first_name, user.username or "", said)
        turn = turn_of(data)
        if event.callback_query is None:  # a tap is answered before it waits
            await turn.come()
        customer = await self.store.customer_cache(person)
        context = self._context_of(event, customer, turn)
        query = event.callback_query
        if query is not None:
            context.tap, context.reply = query.id, data.get("reply")
            if is_private:
                context.card = card_of(query)
                context.is_picture = query.message is not None and query.message.photo is not None
            else:
                context.elsewhere = self.groups.shown_elsewhere(context.locale)
        data["context"] = context
        return await handler(event, data)

    def _context_of(self, event: AnyUpdate, customer: Customer, turn: Turn) -> Context:
        key = key_of(event, self.screens.presenter.bot.id)
        locale = self.locales.of(customer.language)
        return Context(customer, locale, self.screens, self.forms, key=key, turn=turn)

    def _is_own(self, message: Any) -> bool:
        via = None if message is None else message.via_bot
        return via is not None and via.id == self.screens.presenter.bot.id


def _has_left(update: AnyUpdate) -> bool:
    """Whether the person has just blocked the bot."""
    change = update.my_chat_member
    return change is not None and change.new_chat_member.status in {"kicked", "left"}


class InFlight(BaseMiddleware):
    """Counts the updates under way, so that stopping can wait for them."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def __call__(self, handler: Handler, event: Any, data: dict[str, Any]) -> Any:
        """Pass the update on and count it meanwhile."""
        self._count += 1
        self._idle.clear()
        try:
            return await handler(event, data)
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def drained(self) -> None:
        """Wait until nothing is under way."""
        await self._idle.wait()
