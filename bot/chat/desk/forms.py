"""What an operator is expected to type next; kept in the same place as customers' forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from aiogram.filters import Filter
from aiogram.types import Message

from bot.chat.kit.forms import Form
from bot.chat.kit.text_of import is_command
from bot.db.database import Database
from bot.people import forms


class DeskAttachForm(Form, frozen=True, tag="desk-attach"):
    """The supplier's id of an order in doubt is typed."""

    order: int


class DeskPartForm(Form, frozen=True, tag="desk-part"):
    """How many units of an order in attention were delivered is typed."""

    order: int


AnyDeskForm = DeskAttachForm | DeskPartForm

_DECODER: Final[msgspec.json.Decoder[AnyDeskForm]] = msgspec.json.Decoder(AnyDeskForm)


@dataclass(frozen=True, slots=True)
class DeskForms:
    """The operator's open form of a chat; a customer's form there is not seen from here."""

    db: Database

    async def open(self, chat: int, form: AnyDeskForm) -> None:
        """Expect this to be typed next."""
        await self.db.write(forms.put, chat, msgspec.json.encode(form).decode())

    async def find(self, chat: int) -> AnyDeskForm | None:
        """What is expected, if it is the desk's."""
        text = await self.db.read(forms.find, chat)
        try:
            return None if text is None else _DECODER.decode(text)
        except msgspec.DecodeError:
            return None

    async def close(self, chat: int) -> None:
        """Expect nothing of the desk's any more."""
        if await self.find(chat) is not None:
            await self.db.write(forms.drop, chat)


@dataclass(frozen=True, slots=True)
class DeskFormOpen(Filter):
    """Lets a message pass when this form is open, and hands it over as `form`."""

    forms: DeskForms
    kind: type[Form]

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Whether the message is an answer to such a form; a command never is."""
        if is_command(message):
            return False
        form = await self.forms.find(message.chat.id)
        return {"form": form} if isinstance(form, self.kind) else False
