"""How far a broadcast is, and what became of each of its recipients."""

from __future__ import annotations

from enum import StrEnum


class BroadcastState(StrEnum):
    """How far a broadcast is."""

    DRAFT = "draft"
    CHOOSING = "choosing"
    """Its recipients are written down, some at a time."""
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


class Reached(StrEnum):
    """What became of one recipient."""

    WAITING = "waiting"
    SENDING = "sending"
    """Written before the message leaves: nobody sends it a second time."""
    SENT = "sent"
    UNREACHABLE = "unreachable"
    LEFT_OUT = "left_out"
    """Banned since it began, or wants no news any more."""
    UNSURE = "unsure"
    """It left, and nobody heard what became of it; it is not sent again."""
