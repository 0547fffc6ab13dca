"""Hearts of several processes on one database, beating when a test lets them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.db.heartbeat import Heartbeat
from bot.safety.leases import release_claims
from tests.stored_shop import Books


@dataclass
class Seconds:
    """Steady seconds of one process."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Process:
    """One process: its books, its heart, and the seconds that pass for it."""

    books: Books
    heart: Heartbeat
    seconds: Seconds = field(default_factory=Seconds)

    async def waits(self, seconds: float) -> None:
        """Seconds pass, and its heart beats in each."""
        for _ in range(int(seconds)):
            self.seconds.now += 1
            await self.heart.step()


async def begins(books: Books) -> Process:
    """A process joins with books of its own."""
    seconds = Seconds()
    heart = Heartbeat(books.db, books.clock, seconds, "one", release_claims)
    await heart.join()
    return Process(books, heart, seconds)


async def two(books: Books) -> tuple[Process, Process]:
    """Two processes on one database."""
    return await begins(books), await begins(await books.another())
