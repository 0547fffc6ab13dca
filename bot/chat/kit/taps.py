"""What every tap is made of: short prefixes, ids only, at most 64 bytes; and taps of all screens.

`new` says that a tap opens a new message: the card it sits on is kept as it is.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Final

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


_SEPARATOR: Final = ":"
_LONGEST: Final = 64
"""In bytes, of what a button may carry."""


def packed(tap: CallbackData) -> str:
    """What the button carries: as aiogram's `pack` writes it, at a tenth of its price.

    A screen has a dozen buttons, and a dump of each by pydantic costs more than its words.
    """
    parts = (tap.__prefix__, *map(_written, tap.__dict__.values()))
    written = _SEPARATOR.join(parts)
    if len(written.encode()) > _LONGEST or written.count(_SEPARATOR) != len(parts) - 1:
        return tap.pack()  # which says what is wrong with it
    return written


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    return str(int(value)) if isinstance(value, bool) else str(value)
