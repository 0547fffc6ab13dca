"""What a supplier's status answer says, in our words; its dialect has read the spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """What a status text means for an order."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    PARTIAL = "partial"
    CANCELED = "canceled"
    TROUBLE = "trouble"
    UNKNOWN = "unknown"


class RentalWord(StrEnum):
    """What a status text means for a rented number."""

    OPEN = "open"
    """It waits for a code."""
    CODE = "code"
    """It is open, and a code is there."""
    RUN_OUT = "run_out"
    CANCELED = "canceled"
    UNKNOWN = "unknown"
    """Also trouble without a name; the state stays as it is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One status answer. `remains` and `charge` are None when absent or unreadable.

    `status` is the supplier's own spelling, for people; `stage` is what rules go by.
    `accounts` is None when the answer had no such list; entries are the goods, one per unit.
    `remains_said` tells an absent `remains` from one that could not be read.
    """

    status: str
    stage: Stage
    charge: Decimal | None = None
    currency: str | None = None
    remains: int | None = None
    remains_said: bool = False
    accounts: tuple[str, ...] | None = None


_LABEL: Final = re.compile(r"\s*[^\s:]{1,30}\s*:\s")
_MARKS: Final = re.compile(r"[:;|]")


def split_units(accounts: tuple[str, ...], quantity: int) -> tuple[str, ...]:
    """The goods one text per unit, where one text holds several of the units ordered.

    It does when there are no more lines than units, and all are written alike; one account on
    several lines (`login: x`, `password: y`) stays one.
    """
    lines = [line.strip() for text in accounts for line in text.splitlines() if line.strip()]
    if len(accounts) >= min(len(lines), quantity) or len(lines) > quantity:
        return accounts
    shapes = {tuple(_MARKS.findall(line)) for line in lines}
    alike = len(shapes) == 1 and shapes != {()} and not any(map(_LABEL.match, lines))
    return tuple(lines) if alike else accounts
