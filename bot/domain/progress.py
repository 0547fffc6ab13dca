"""What a supplier's status answer says, in our words; exact spellings only."""

from __future__ import annotations

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


_SPELLINGS: Final[dict[Stage, tuple[str, ...]]] = {
    Stage.WAITING: ("pending", "awaiting", "queued"),
    Stage.WORKING: ("in progress", "processing", "active"),
    Stage.DONE: ("completed", "complete", "success"),
    Stage.PARTIAL: ("partial", "partially completed"),
    Stage.CANCELED: ("canceled", "cancelled", "refunded", "refund", "expired", "timeout"),
    Stage.TROUBLE: ("error", "fail", "failed", "rejected"),
}
_STAGES: Final = {text: stage for stage, texts in _SPELLINGS.items() for text in texts}


def fold_status(status: str) -> str:
    """A status text as it is compared: case does not matter, nor do blanks, `_` and `-`."""
    return " ".join(status.lower().replace("_", " ").replace("-", " ").split())


def stage_of(status: str) -> Stage:
    """The stage of a status text; exact spellings once folded."""
    return _STAGES.get(fold_status(status), Stage.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Progress:
    """One status answer. `remains` and `charge` are None when absent or unreadable.

    `accounts` is None when the answer had no such list; entries are the goods, one per unit.
    `remains_said` tells an absent `remains` from one that could not be read.
    """

    status: str
    charge: Decimal | None = None
    currency: str | None = None
    remains: int | None = None
    remains_said: bool = False
    accounts: tuple[str, ...] | None = None

    @property
    def stage(self) -> Stage:
        """What the status text means."""
        return stage_of(self.status)
