"""What every tap is made of: short prefixes, ids only, at most 64 bytes; and taps of all screens.

`new` says that a tap opens a new message: the card it sits on is kept as it is. `needs`, a class's
own, says what an operator's role has to permit for it; other taps have none.
"""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.base.acts import Permission, Role, may
from bot.base.errors import NotAllowed

Id = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""What a database can hold: a forged id beyond that is no tap of ours."""
Count = Annotated[int, Field(ge=0, le=10**9)]
Key = Annotated[str, Field(max_length=16)]


class Stay(CallbackData, prefix="n"):
    """A label that looks like a button, such as `2/5`."""


class OpenHome(CallbackData, prefix="h"):
    """The first screen."""

    new: bool = False


def is_permitted(tap: CallbackData | None, role: Role | None) -> bool:
    """Whether somebody in this role may tap it; a button that is none of ours is permitted."""
    needs: Permission | None = getattr(tap, "needs", None)
    return needs is None or may(role, needs)


def check_permitted(needs: Permission | None, role: Role | None) -> None:
    """Raise NotAllowed where a role does not permit what is needed."""
    if needs is not None and not may(role, needs):
        raise NotAllowed(needs)
