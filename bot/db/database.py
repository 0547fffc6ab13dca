"""A transaction is a plain function of a `Tx`, run whole in one hop, or not at all."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Hashable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic

from sqlalchemy import Connection

from bot.base.clock import Clock
from bot.base.errors import DatabaseUnavailable
from bot.db.tx import NO_KEYS, P, T, Transaction, Tx, TxSettings


@dataclass(frozen=True, slots=True)
class Waker:
    """The events that workers of this process wait for, by topic.

    A committed transaction wakes the topics of the work that it made due. A wake is a hint: each
    worker also looks by itself from time to time, because a wake can be lost with the process or
    the connection that carried it.
    """

    _events: defaultdict[str, asyncio.Event] = field(
        default_factory=lambda: defaultdict(asyncio.Event)
    )
    _listeners: dict[str, Callable[[str], None]] = field(default_factory=dict)

    def event(self, topic: str) -> asyncio.Event:
        """The event of a topic, shared by all workers that wait for it."""
        return self._events[topic]

    def listen(self, family: str, hear: Callable[[str], None]) -> None:
        """Have topics that begin so heard at once, with what follows, instead of waited for."""
        self._listeners[family] = hear

    def wake(self, topics: Iterable[str]) -> None:
        """Set the events of these topics; only from the event loop's own thread."""
        for topic in topics:
            family = next((one for one in self._listeners if topic.startswith(one)), None)
            if family is None:
                self._events[topic].set()
            else:
                self._listeners[family](topic.removeprefix(family))

    def wake_all(self) -> None:
        """Set every event, as at a stop or when wakes may have been lost."""
        self.wake(tuple(self._events))


@dataclass(slots=True)
class Locks:
    """Locks by key inside one process, held around transactions; across processes rows decide.

    A lock exists only while it is held or waited for.
    """

    _held: dict[Hashable, tuple[asyncio.Lock, int]] = field(default_factory=dict)

    @asynccontextmanager
    async def of(self, key: Hashable) -> AsyncIterator[None]:
        """Hold the key's lock; others who ask for it wait in turn."""
        lock, waiting = self._held.get(key, (asyncio.Lock(), 0))
        self._held[key] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            _, waiting = self._held[key]
            if waiting == 1:
                del self._held[key]
            else:
                self._held[key] = lock, waiting - 1


class Call(Generic[T]):
    """One transaction as it was asked for; called with the connection it runs on.

    An engine may call it again after undoing it. `woken` are the topics of the last run.
    """

    def __init__(self, run: Callable[[Tx], T], clock: Clock, settings: TxSettings) -> None:
        self._run = run
        self._clock = clock
        self._settings = settings
        self.woken: set[str] = set()

    def __call__(self, connection: Connection) -> T:
        """Run it to its last statement; whoever calls commits."""
        self.woken = set()
        return self._run(Tx(connection, self._clock.now(), self._settings, self.woken))


class Database(ABC):
    """Runs transactions on one of the two engines, and wakes the workers they made work for.

    Both verbs raise `DatabaseUnavailable` when the database is locked for too long, read-only,
    full or out of reach; nothing was written then, or perhaps all, where it is `PerhapsDone`. A
    cancelled caller cannot know whether it was done. `settings` come once the keys are found: that
    takes an open database. `replicas` is how many processes work on it, by the last heartbeat; 0
    before the first, and in a process that has none.
    """

    def __init__(self, clock: Clock, waker: Waker) -> None:
        self.clock = clock
        self.waker = waker
        self.settings: TxSettings = NO_KEYS
        self.replicas = 0
        self._refused = ""

    def refuse_writes(self, why: str) -> None:
        """Answer every later write with DatabaseUnavailable; what is written may be wrong."""
        self._refused = why

    def _check_writable(self) -> None:
        if self._refused:
            raise DatabaseUnavailable(self._refused)

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, ...)` in a writing transaction and commit what it did."""
        self._check_writable()
        return await self._write(
            Call(lambda tx: fn(tx, *args, **kwargs), self.clock, self.settings)
        )

    async def read(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, ...)` against one consistent picture; writes are refused."""
        return await self._read(
            Call(lambda tx: fn(tx, *args, **kwargs), self.clock, self.settings)
        )

    async def read_long(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read` for what takes seconds, such as a proof of all books: nobody waits for it."""

        def on_one_core(tx: Tx) -> T:
            if tx.dialect.name == "postgresql":  # it would take all of them from those who tap
                tx.connection.exec_driver_sql("SET LOCAL max_parallel_workers_per_gather = 0")
            return fn(tx, *args, **kwargs)

        return await self._read_long(Call(on_one_core, self.clock, self.settings))

    @property
    def is_alone(self) -> bool:
        """Whether no other process writes here: then what was read may be kept until we write."""
        return False

    async def recall(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read`, or what it found before where nothing can have changed since.

        For questions of one statement that are asked at every tap and look at rows alone, never at
        the time.
        """
        return await self.read(fn, *args, **kwargs)

    async def write_once(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`write` for one statement that wakes nobody: it is not repeated when it was cut off."""
        return await self.write(fn, *args, **kwargs)

    @abstractmethod
    async def _write(self, call: Call[T]) -> T: ...

    @abstractmethod
    async def _read(self, call: Call[T]) -> T: ...

    async def _read_long(self, call: Call[T]) -> T:
        return await self._read(call)

    @abstractmethod
    async def listen(self, stopping: asyncio.Event) -> None:
        """Wake this process's workers by what other processes commit, until told to stop."""

    @abstractmethod
    async def close(self) -> None:
        """End every connection."""


async def open_database(url: str, clock: Clock, waker: Waker | None = None) -> Database:
    """Open `sqlite+aiosqlite:///path`, `sqlite:///path` or `postgresql+asyncpg://...`.

    Raises DatabaseUnavailable, or ValueError for another scheme.
    """
    scheme = url.partition(":")[0]
    if scheme in {"sqlite", "sqlite+aiosqlite"}:
        from bot.db.sqlite import SqliteDatabase  # noqa: PLC0415 - one driver is enough

        return await SqliteDatabase.open(url.partition(":///")[2], clock, waker or Waker())
    if scheme in {"postgresql", "postgresql+asyncpg"}:
        from bot.db.postgres import PostgresDatabase  # noqa: PLC0415 - one driver is enough

        return await PostgresDatabase.open(url, clock, waker or Waker())
    msg = "DATABASE_URL names neither sqlite nor postgresql"
    raise ValueError(msg)
