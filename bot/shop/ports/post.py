"""What leaves for the chats: alerts and the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import CustomerId
from bot.shop.notices import AnyNotice


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed row of the outbox. `version` tells whether it was renewed while being sent."""

    id: int
    chat: CustomerId
    notice: AnyNotice
    tries: int
    version: int
    created_at: datetime


class Fate(StrEnum):
    """What became of one carrying."""

    SENT = "sent"
    LATER = "later"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The fate, with how long to wait for LATER and BROKEN, and the message id for SENT."""

    fate: Fate
    wait: timedelta = timedelta()
    message: int | None = None
    why: str = ""
