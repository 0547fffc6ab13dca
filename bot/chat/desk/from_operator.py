"""What the desk's handlers share: who may come in, who acts, and how numbers are typed."""

from __future__ import annotations

import re
from typing import Final

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from bot.base.acts import Act
from bot.base.digits import western_digits
from bot.base.errors import NotYours
from bot.chat.kit.context import Visit
from bot.chat.kit.text_of import is_command

_NUMBER: Final = re.compile(r"[0-9]{1,18}")


class FromOperator(Filter):
    """Lets operators pass; for anybody else the desk does not exist. Only private chats come here.

    The role is asked at every update and never remembered in a button.
    """

    async def __call__(self, event: Message | CallbackQuery, visit: Visit) -> bool:
        """Whether they have a role."""
        return visit.customer.role is not None


class NotCommand(Filter):
    """Lets everything pass but commands: the desk is asked before the customers' commands."""

    async def __call__(self, message: Message) -> bool:
        """Whether it is an answer to what was asked."""
        return not is_command(message)


def act_of(visit: Visit) -> Act:
    """Who acts by this tap or command, with a key that names where it stands.

    Raises:
        NotYours: they are not an operator.
    """
    if visit.customer.role is None:
        raise NotYours
    return Act(visit.customer.id, visit.customer.role, visit.key)


def find_number(typed: str | None) -> int | None:
    """A typed order number or count, `#12` and any script's digits included."""
    shown = western_digits(typed or "").strip().removeprefix("#")
    return int(shown) if _NUMBER.fullmatch(shown) else None
