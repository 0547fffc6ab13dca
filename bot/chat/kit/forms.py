"""What a chat is expected to type next: kept as JSON text, so that it survives a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from aiogram.filters import Filter
from aiogram.types import Message

from bot.db.database import Database
from bot.people import forms


class Form(msgspec.Struct, frozen=True, tag_field="form"):
    """The root of every form."""


class QuantityForm(Form, frozen=True, tag="quantity"):
    """A quantity of a service is typed."""

    service: int


class LinkForm(Form, frozen=True, tag="link"):
    """The link of a social service is typed; the quantity has been chosen."""

    service: int
    quantity: int


class TopupForm(Form, frozen=True, tag="topup"):
    """The amount of credit to ask the operators for is typed."""


class NumbersSearchForm(Form, frozen=True, tag="numbers"):
    """The name of a service for SMS numbers is typed; `words` are what was searched for last."""

    words: str = ""


AnyForm = QuantityForm | LinkForm | TopupForm | NumbersSearchForm

_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final[msgspec.json.Decoder[AnyForm]] = msgspec.json.Decoder(AnyForm)


def encode(form: AnyForm) -> str:
    """The form as JSON text."""
    return _ENCODER.encode(form).decode()


def decode(text: str) -> AnyForm | None:
    """The form of a text; None for one that this version does not know."""
    try:
        return _DECODER.decode(text)
    except msgspec.DecodeError:
        return None


@dataclass(frozen=True, slots=True)
class Forms:
    """The open form of each chat; at most one. Nothing is written when nothing changes."""

    db: Database

    async def open(self, chat: int, form: AnyForm) -> None:
        """Expect this to be typed next."""
        text = encode(form)
        if await self.db.read(forms.find, chat) != text:
            await self.db.write(forms.put, chat, text)

    async def find(self, chat: int) -> AnyForm | None:
        """What is expected, if anything."""
        text = await self.db.read(forms.find, chat)
        return None if text is None else decode(text)

    async def close(self, chat: int) -> None:
        """Expect nothing any more."""
        if await self.db.read(forms.find, chat) is not None:
            await self.db.write(forms.drop, chat)


@dataclass(frozen=True, slots=True)
class FormOpen(Filter):
    """Lets a message pass when one of these forms is open, and hands it over as `form`."""

    forms: Forms
    kinds: tuple[type[Form], ...]

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Whether the message is an answer to such a form."""
        form = await self.forms.find(message.chat.id)
        return {"form": form} if isinstance(form, self.kinds) else False
