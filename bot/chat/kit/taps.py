"""What every tap is made of: short prefixes, ids only, at most 64 bytes; and taps of all screens.

`new` says that a tap opens a new message: the card it sits on is kept as it is.
"""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

Id = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""What a database can hold: a forged id beyond that is no tap of ours."""
Count = Annotated[int, Field(ge=0, le=10**9)]
Key = Annotated[str, Field(max_length=16)]


class Stay(CallbackData, prefix="n"):
    """A label that looks like a button, such as `2/5`."""


class OpenHome(CallbackData, prefix="h"):
    """The first screen."""

    new: bool = False
