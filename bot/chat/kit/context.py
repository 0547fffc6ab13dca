"""One update of one customer: who it is, how they read, their card and their open form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

import msgspec

from bot.base.acts import Act
from bot.base.errors import NotYours
from bot.base.keys import message_key
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.kit.telegram.reply import Reply
from bot.chat.kit.telegram.updates import AnyUpdate, Tapped
from bot.db.database import Database
from bot.people import customers
from bot.people.customers import Customer

_KNOWN_AT_MOST: Final = 20_000
_ENCODER: Final = msgspec.json.Encoder()


class Form(msgspec.Struct, frozen=True, tag_field="form"):
    """The root of every form; each noun has its own, told apart by their tags."""


F = TypeVar("F", bound=Form)
R = TypeVar("R")


class Forms:
    """The open form of each chat; at most one. Nothing is written when nothing changes."""

    def __init__(self, db: Database, kinds: Iterable[type[Form]]) -> None:
        self._db = db
        union: Any = reduce(or_, kinds)
        self._decoder: msgspec.json.Decoder[Form] = msgspec.json.Decoder(union)
        self._known: dict[int, str | None] = {}
        """What chats are known to expect, where nobody else could have changed it."""
        self._changing: Counter[int] = Counter()
        """The chats whose form is being changed; one whose change was cut short stays here."""
        self._changed = 0

    async def open(self, chat: int, form: Form) -> None:
        """Expect this to be typed next."""
        text = _ENCODER.encode(form).decode()
        if await self._read(chat) != text:
            await self._change(chat, self._db.write(customers.expect_form, chat, text))

    async def find(self, chat: int) -> Form | None:
        """What is expected, if anything; None for a form that this version does not know."""
        return self._decode(await self._read(chat))

    def _decode(self, text: str | None) -> Form | None:
        try:
            return None if text is None else self._decoder.decode(text)
        except msgspec.DecodeError:
            return None

    async def change(self, chat: int, kind: type[F], change: Callable[[F], F | None]) -> F | None:
        """Change the form, one change after another however many come at once; the form then.

        None where another is open, or none, and where `change` answers so.
        """

        def changed(text: str) -> str | None:
            form = self._decode(text)
            new = change(form) if isinstance(form, kind) else None
            return None if new is None else _ENCODER.encode(new).decode()

        write = self._db.write(customers.change_form, chat, changed)
        form = self._decode(await self._change(chat, write))
        return form if isinstance(form, kind) else None

    async def close(self, chat: int) -> None:
        """Expect nothing any more."""
        if await self._read(chat) is not None:
            await self._change(chat, self._db.write(customers.drop_form, chat))

    async def _read(self, chat: int) -> str | None:
        if chat in self._known:
            return self._known[chat]
        changed = self._changed
        text = await self._db.read(customers.find_form, chat)
        if self._db.is_alone and changed == self._changed and chat not in self._changing:
            if len(self._known) >= _KNOWN_AT_MOST:
                self._known.clear()
            self._known[chat] = text
        return text

    async def _change(self, chat: int, write: Awaitable[R]) -> R:
        """Nothing is known of a chat while this lasts; what is read meanwhile may be either."""
        self._changing[chat] += 1
        self._known.pop(chat, None)
        written = await write
        self._changed += 1
        self._changing -= Counter((chat,))
        return written


@dataclass(slots=True)
class Context:
    """What a handler works with.

    Attributes:
        card: the message to edit; None when a new one is to be sent.
        tap: the id of the tap to be answered; None for messages and once it was answered.
        buying: set before money is held, so that a failure after it is not called harmless.
        key: names the message that asks, so that a repeated update is done once.
        is_late: what was to be shown is shown when Telegram takes it.
        reply: the webhook's own answer, where one is due.
        elsewhere: where to look for the answer to a tap in another chat.
    """

    customer: Customer
    locale: Locale
    screens: LateScreens
    forms: Forms
    card: int | None = None
    tap: str | None = None
    buying: bool = False
    key: str = ""
    is_late: bool = False
    reply: Reply | None = None
    elsewhere: str = ""
    _form: Form | None = None
    _form_is_read: bool = False

    async def show(self, screen: Screen) -> int | None:
        """Show a screen on the card, or as a new message; its id, None where it comes later."""
        card = await self.screens.show(self.customer.id, self._turned(screen), self.card)
        self.is_late = self.screens.is_waiting(self.customer.id)
        return card

    async def send(self, screen: Screen) -> None:
        """Show a screen as a new message, whatever was tapped."""
        await self.screens.show(self.customer.id, self._turned(screen))
        self.is_late = self.screens.is_waiting(self.customer.id)

    def _turned(self, screen: Screen) -> Screen:
        return screen.permitted(self.customer.role).turned(rtl=self.locale.is_rtl)

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """Answer the tap, once; later calls, and calls for messages, do nothing."""
        tap, self.tap = self.tap, None
        if tap is None:
            return
        text = text or self.elsewhere
        if text or self.reply is None or not self.reply.takes(tap):
            await self.screens.answer(self.customer.id, tap, text, alert=alert)

    async def open_form(self, form: Form) -> None:
        """Expect this to be typed next."""
        await self.forms.open(self.customer.id, form)
        self._form, self._form_is_read = form, True

    async def find_form(self) -> Form | None:
        """What is expected to be typed, if anything; read once."""
        if not self._form_is_read:
            self._form, self._form_is_read = await self.forms.find(self.customer.id), True
        return self._form

    async def change_form(self, kind: type[F], change: Callable[[F], F | None]) -> F | None:
        """Change what is expected to be typed; see `Forms.change`. Nothing changed is None."""
        form = await self.forms.change(self.customer.id, kind, change)
        if form is not None:
            self._form, self._form_is_read = form, True
        return form

    async def close_form(self) -> None:
        """Expect nothing to be typed any more."""
        await self.forms.close(self.customer.id)
        self._form, self._form_is_read = None, True


def card_of(tapped: Tapped) -> int | None:
    """The message that a tap sits on; None when it can no longer be reached."""
    card = tapped.message
    return None if card is None or not card.date else card.message_id


def act_of(context: Context) -> Act:
    """Who acts by this tap or command; the key names where it stands. Raises NotYours."""
    if context.customer.role is None:
        raise NotYours
    return Act(context.customer.id, context.customer.role, context.key)


def key_of(update: AnyUpdate, bot: int) -> str:
    """The message that was sent or tapped on; its id is unique only in one bot's chat."""
    query = update.callback_query
    message = update.message if query is None else query.message
    return "" if message is None else message_key(bot, message.chat.id, message.message_id)
