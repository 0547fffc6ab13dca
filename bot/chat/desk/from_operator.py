"""What the desk's routers share: who may come in, and how numbers are typed."""

from __future__ import annotations

import re
from typing import Final

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.base.acts import Act
from bot.base.digits import western_digits
from bot.base.errors import NotYours
from bot.chat.kit.context import Visit

_NUMBER: Final = re.compile(r"[0-9]{1,18}")


class FromOperator(Filter):
    """Lets operators pass in their private chat; for anybody else the desk does not exist."""

    async def __call__(self, event: Message | CallbackQuery, visit: Visit) -> bool:
        """Asked at every update, never remembered in a button."""
        message = event.message if isinstance(event, CallbackQuery) else event
        if message is None or visit.customer.role is None:
            return False
        return message.chat.type == ChatType.PRIVATE


def act_of(event: Message | CallbackQuery, visit: Visit) -> Act:
    """Who acts by this tap or command, with a key that names where it stands.

    Raises:
        NotYours: they are not an operator.
    """
    if visit.customer.role is None:
        raise NotYours
    message = event.message if isinstance(event, CallbackQuery) else event
    bot = event.bot.id if event.bot is not None else 0
    key = "" if message is None else f"cmd:{bot}:{message.chat.id}:{message.message_id}"
    return Act(visit.customer.id, visit.customer.role, key)


def find_number(typed: str | None) -> int | None:
    """A typed order number or count, `#12` and any script's digits included."""
    shown = western_digits(typed or "").strip().removeprefix("#")
    return int(shown) if _NUMBER.fullmatch(shown) else None
