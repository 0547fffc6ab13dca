"""What leaves for the chats: alerts and the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import CustomerId
from bot.shop.notices import AnyNotice


class Alerts(Protocol):
    """Once per cause, and once when it is over."""

    async def begin(
        self, cause: str, notice: AnyNotice, now: datetime, quiet: timedelta = timedelta(0)
    ) -> bool:
        """Tell every operator unless this cause is already on; True when it is new.

        `quiet` keeps a cause off that was over less than this ago. Called again and again while
        a cause lasts, it notes (within half a minute) that the cause still does.
        """
        ...

    async def end(
        self,
        cause: str,
        notice: AnyNotice | None,
        now: datetime,
        unless_seen_since: datetime | None = None,
    ) -> bool:
        """Tell every operator that it is over, if it was on.

        `unless_seen_since` keeps it on when anybody, in whatever process, saw it after this.
        """
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed row of the outbox. `version` tells whether it was renewed while being sent."""

    id: int
    chat: CustomerId
    notice: AnyNotice
    tries: int
    version: int
    created_at: datetime


class Outbox(Protocol):
    """What waits to be sent."""

    async def claim(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        """Due rows, one a chat at most, deliveries first, leased to us."""
        ...

    async def sent(self, row: Outgoing, message: int | None, now: datetime) -> None:
        """It is in the chat."""
        ...

    async def later(self, row: Outgoing, due_at: datetime) -> None:
        """Not now; the whole chat waits so that its order holds."""
        ...

    async def step_back(self, row: Outgoing, due_at: datetime) -> None:
        """Not now; this row alone waits, and whatever the chat is to get goes first."""
        ...

    async def broken(self, row: Outgoing, due_at: datetime, why: str, now: datetime) -> None:
        """It could not be put into words: this row waits, the chat does not.

        Operators are told once when that goes on.
        """
        ...

    async def unreachable(self, row: Outgoing, now: datetime) -> None:
        """The person cannot be reached: deliveries and words wait for their return."""
        ...

    async def dropped(self, row: Outgoing, why: str, now: datetime) -> None:
        """It can never be sent as it is; operators are alerted when it carried goods."""
        ...

    async def next_due(self, now: datetime) -> datetime | None:
        """When the next row becomes due, None when nothing waits."""
        ...


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


class Courier(Protocol):
    """Who carries a notice into a chat."""

    async def carry(self, row: Outgoing) -> Receipt:
        """Render what is true now in the recipient's language and send it."""
        ...
