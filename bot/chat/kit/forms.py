"""What a chat is expected to type next: a row, so it outlives a restart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Iterable
from functools import reduce
from operator import or_
from typing import Any, Final

import msgspec

from bot.db.database import Database
from bot.people import customers

_KNOWN_AT_MOST: Final = 20_000
_ENCODER: Final = msgspec.json.Encoder()


class Form(msgspec.Struct, frozen=True, tag_field="form"):
    """The root of every form; each noun has its own, told apart by their tags."""


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
        text = await self._read(chat)
        try:
            return None if text is None else self._decoder.decode(text)
        except msgspec.DecodeError:
            return None

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

    async def _change(self, chat: int, write: Awaitable[None]) -> None:
        """Nothing is known of a chat while this lasts; what is read meanwhile may be either."""
        self._changing[chat] += 1
        self._known.pop(chat, None)
        await write
        self._changed += 1
        self._changing -= Counter((chat,))
