"""Safe mode, as operators meet it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.shop.views import Reopening


class Safety(Protocol):
    """A shop that was restored from a copy waits for an operator before it goes on."""

    async def find(self) -> Reopening | None:
        """What ending safe mode would do; None while the shop is open."""
        ...

    async def announce(self, now: datetime) -> bool:
        """Tell every operator once of the copy; whether the shop is in safe mode."""
        ...

    async def end(self, mark: int, actor: str, now: datetime) -> int:
        """Open the shop again, once, in an operator's name.

        Orders that waited in the copy are in doubt then, because they may have been sent since.

        Args:
            mark: of the restore that the operator saw.
            actor: for the audit log.
            now: the time.

        Returns:
            How many orders were parked.

        Raises:
            TooLate: somebody else ended it, or it is about another restore.
        """
        ...
