"""Reopen: a shop restored from a copy goes on when an operator says so, not before."""

from __future__ import annotations

from dataclasses import dataclass

from bot.shop.ports import Clock, Safety
from bot.shop.views import Reopening


@dataclass(frozen=True, slots=True)
class Reopen:
    """Safe mode from its announcement to its end."""

    safety: Safety
    clock: Clock

    async def find(self) -> Reopening | None:
        """What waits for the decision; None while the shop is open."""
        return await self.safety.find()

    async def announce(self) -> bool:
        """Whether the shop is in safe mode; every operator is told of it once."""
        if await self.safety.find() is None:
            return False
        return await self.safety.announce(self.clock.now())

    async def __call__(self, mark: int, actor: str) -> int:
        """End it; how many orders were parked. Raises TooLate."""
        return await self.safety.end(mark, actor, self.clock.now())
