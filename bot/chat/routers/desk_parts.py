"""What the desk's routers share: who may come in, and how numbers are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.chat.visit import Visit
from bot.domain.digits import western_digits
from bot.domain.ids import CustomerId

_NUMBER: Final = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class FromOperator(Filter):
    """Lets operators pass in their private chat; for anybody else the desk does not exist."""

    operators: frozenset[CustomerId]

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        """Asked at every update, never remembered in a button."""
        message = event.message if isinstance(event, CallbackQuery) else event
        if event.from_user is None or message is None:
            return False
        return message.chat.type == ChatType.PRIVATE and event.from_user.id in self.operators


def actor_of(visit: Visit) -> str:
    """The operator's name in the audit log."""
    return str(visit.customer.id)


def find_number(typed: str | None) -> int | None:
    """A typed order number or count, `#12` and any script's digits included."""
    shown = western_digits(typed or "").strip().removeprefix("#")
    return int(shown) if _NUMBER.fullmatch(shown) else None
