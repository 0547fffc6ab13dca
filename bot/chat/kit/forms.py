"""What a chat is expected to type next: kept as JSON text, so that it survives a restart."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Final

import msgspec

from bot.db.database import Database
from bot.people import customers

_ENCODER: Final = msgspec.json.Encoder()


class Form(msgspec.Struct, frozen=True, tag_field="form"):
    """The root of every form; each noun has its own, told apart by their tags."""


class Forms:
    """The open form of each chat; at most one. Nothing is written when nothing changes."""

    def __init__(self, db: Database, kinds: Iterable[type[Form]]) -> None:
        self._db = db
        union: Any = reduce(or_, kinds)
        self._decoder: msgspec.json.Decoder[Form] = msgspec.json.Decoder(union)

    async def open(self, chat: int, form: Form) -> None:
        """Expect this to be typed next."""
        text = _ENCODER.encode(form).decode()
        if await self._db.read(customers.find_form, chat) != text:
            await self._db.write(customers.expect_form, chat, text)

    async def find(self, chat: int) -> Form | None:
        """What is expected, if anything; None for a form that this version does not know."""
        text = await self._db.read(customers.find_form, chat)
        try:
            return None if text is None else self._decoder.decode(text)
        except msgspec.DecodeError:
            return None

    async def close(self, chat: int) -> None:
        """Expect nothing any more."""
        if await self._db.read(customers.find_form, chat) is not None:
            await self._db.write(customers.drop_form, chat)
