"""What a chat is expected to type next: one row a chat, which outlives a restart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any, Final, TypeVar

import msgspec
from aiogram.filters.callback_data import CallbackData

from bot.db.database import Database
from bot.outbox import store
from bot.people import customers

T = TypeVar("T")
_KNOWN_AT_MOST: Final = 20_000
_ENCODER: Final = msgspec.json.Encoder()


class Form(msgspec.Struct, frozen=True, tag_field="form", kw_only=True):
    """The root of every form; each noun has its own, told apart by their tags.

    `card` is the message that the step stands on, `newest` the newest message that was typed for
    it; the context notes both.
    """

    card: int | None = None
    newest: int = 0

    def ask_again(self) -> CallbackData | None:
        """The tap that shows the step again; None where only its own card can."""
        return None


F = TypeVar("F", bound=Form)


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

    async def open_typed(self, chat: int, form: Form) -> bool:
        """Expect this because of what was typed; False where something newer was taken since."""
        text = _ENCODER.encode(form).decode()

        def is_older(known: str) -> bool:
            before = self._decoded(known)
            return before is None or before.newest <= form.newest

        if await self._read(chat) == text:
            return True
        write = self._db.write(customers.expect_newer_form, chat, text, is_older)
        return await self._change(chat, write)

    async def find(self, chat: int) -> Form | None:
        """What is expected, if anything; None for a form that this version does not know."""
        text = await self._read(chat)
        return None if text is None else self._decoded(text)

    def _decoded(self, text: str) -> Form | None:
        try:
            return self._decoder.decode(text)
        except msgspec.DecodeError:
            return None

    async def change(self, chat: int, kind: type[F], change: Callable[[F], F | None]) -> F | None:
        """Change the form, one change after another however many come at once; the form then.

        None where another is open, or none, and where `change` answers so.
        """

        def changed(text: str) -> str | None:
            form = self._decoded(text)
            new = change(form) if isinstance(form, kind) else None
            return None if new is None else _ENCODER.encode(new).decode()

        write = self._db.write(customers.change_form, chat, changed)
        text = await self._change(chat, write)
        form = None if text is None else self._decoded(text)
        return form if isinstance(form, kind) else None

    async def close(self, chat: int) -> None:
        """Expect nothing any more."""
        if await self._read(chat) is not None:
            await self._change(chat, self._db.write(customers.drop_form, chat))

    async def has_news_below(self, chat: int, card: int) -> bool:
        """Whether the shop has written to the chat under this card."""
        newest = await self._db.read(store.newest_message, chat)
        return newest is not None and newest > card

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

    async def _change(self, chat: int, write: Awaitable[T]) -> T:
        """Nothing is known of a chat while this lasts; what is read meanwhile may be either."""
        self._changing[chat] += 1
        self._known.pop(chat, None)
        done = await write
        self._changed += 1
        self._changing -= Counter((chat,))
        return done
