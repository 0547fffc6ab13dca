"""The record of what the bot asked for, and news of every change for whoever watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class Call:
    """One Bot API call and what became of it."""

    method: str
    params: dict[str, Any]
    answer: Any
    """The `result`; None when there was none."""
    refusal: str | None
    at: datetime
    fault: str | None = None
    """The trouble that was planned for this call, by its name."""

    @property
    def chat_id(self) -> int | None:
        """The chat it was about, when it was given as a number."""
        given = str(self.params.get("chat_id"))
        return int(given) if given.removeprefix("-").isdecimal() else None


@dataclass(frozen=True)
class Change:
    """Something that happened in the world."""

    kind: Literal["sent", "edited", "deleted", "toast", "act", "call"]
    chat_id: int | None
    subject: Any
    """The message, the toast, the update or the call."""


Watcher = Callable[[Change], None]
