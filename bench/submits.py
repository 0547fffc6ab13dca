"""How fast orders that are placed at once leave for a supplier under its rate cap."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import func, select

from bench.figures import percentile
from bench.ground import REMOTE, SUPPLIER, Books, opened_books
from bot.app.kinds import KINDS
from bot.base.clock import SystemClock
from bot.ops.loop import run_worker
from bot.orders.calibration.conclude import ConcludeCalibrations
from bot.orders.collect_evidence import CollectEvidence, ReadBefore
from bot.orders.fence import Fence
from bot.orders.poll import Poller, PollOrder
from bot.orders.rules.moves import State
from bot.orders.submit import SubmitOrder, SubmitQueue
from bot.orders.tables import attempts, orders
from bot.suppliers import DIALECTS, build_supplier
from bot.suppliers.errors import RequestOutcome
from bot.suppliers.port import Supplier
from sandbox.clock import wall_clock
from sandbox.serving import serve
from sandbox.suppliers import AccPlanetWorld
from sandbox.suppliers.server import PATH
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.timelines import never

_CUSTOMERS: Final = 200
_AT: Final = ((5.0, 200), (25.0, 2_000))
"""Requests a second, and how many orders are placed at once."""
_LONGEST_S: Final = 600
_POLLERS: Final = 4
_SUBMIT_IDLE_S: Final = 0.5
_POLL_IDLE_S: Final = 0.25
_KEY: Final = "sandbox-key"
_CLOCK: Final = SystemClock()


@dataclass(frozen=True, slots=True)
class _Left:
    """When each order left, in seconds after all were placed."""

    after_s: list[float]
    asked: Counter[str]
    findings: tuple[str, ...]


async def measure() -> AsyncIterator[str]:
    """Two hundred customers place orders that never end; each is polled as soon as it is there."""
    for cap, many in _AT:
        left = await _left(cap, many)
        took_s, in_all = max(left.after_s), left.asked.total()
        polls = left.asked["status"]
        yield (
            f"{many:,} orders at once at a cap of {cap:g} requests/s: the last left after "
            f"{took_s:.0f} s, {many / took_s:.1f} orders/s, half of them after "
            f"{percentile(left.after_s, 0.5):.0f} s; {in_all / took_s:.1f} requests/s: "
            f"{left.asked['add']} add, {left.asked['balance']} balance, {polls} status "
            f"({polls / in_all:.0%}); the books are {'; '.join(left.findings) or 'proved'}"
        )


async def _left(cap: float, many: int) -> _Left:
    asked: Counter[str] = Counter()

    def count(action: str, _outcome: RequestOutcome, _seconds: float) -> None:
        asked[action] += 1

    with TemporaryDirectory(prefix="kiosk-bench-", dir=Path.cwd()) as folder:
        file = Path(folder) / "kiosk.db"
        async with opened_books(file, _CUSTOMERS) as books, serve(_world(many).app()) as site:
            supplier = build_supplier(
                SUPPLIER,
                f"{site.url}{PATH}",
                _KEY,
                DIALECTS["accplanet"],
                now=_CLOCK.now,
                rate_cap=cap,
                count=count,
            )
            try:
                for buyer in range(_CUSTOMERS):
                    await books.buys(buyer, many // _CUSTOMERS)
                placed_at = _CLOCK.now()
                await _work(books, supplier)
                seen = asked.copy()
            finally:
                await supplier.close()
            query = select(attempts.c.at).order_by(attempts.c.at)
            left_at = await books.db.read(lambda tx: tx.execute(query).scalars().all())
            findings = await books.prove()
    return _Left([_after_s(placed_at, at) for at in left_at], seen, findings)


def _after_s(placed_at: datetime, at: datetime) -> float:
    return (at - placed_at).total_seconds()


def _world(many: int) -> AccPlanetWorld:
    service = SandboxService(
        id=int(REMOTE),
        name="Aged account",
        rate=Decimal("0.10"),
        category="Social",
        stock=10 * many,
    )
    riches = Decimal(10_000)
    world = AccPlanetWorld(now=wall_clock, key=_KEY, services=[service], balance=riches)
    world.default_timeline = never()
    return world


async def _work(books: Books, supplier: Supplier) -> None:
    """The queue and the pollers as they run in a shop, until every order has left."""
    db, watch = books.db, books.watches(supplier)
    fence = Fence(_CLOCK, time.monotonic)
    submit_order = SubmitOrder(db, KINDS, watch, ReadBefore(watch, _CLOCK), _CLOCK, fence)
    queue = SubmitQueue(
        supplier,
        submit_order,
        CollectEvidence(db, watch, _CLOCK),
        ConcludeCalibrations(db, watch, _CLOCK),
    )
    poller = Poller(supplier, PollOrder(db, watch, _CLOCK, random.random))
    waiting = select(func.count()).where(orders.c.state != State.ACTIVE)
    stopping = asyncio.Event()
    run = partial(run_worker, stopping=stopping)
    async with asyncio.TaskGroup() as tasks:
        sends = run("submit", queue.step, wake=asyncio.Event(), idle_s=_SUBMIT_IDLE_S)
        tasks.create_task(sends)
        for nth in range(_POLLERS):
            polls = run(f"poller {nth}", poller.step, wake=asyncio.Event(), idle_s=_POLL_IDLE_S)
            tasks.create_task(polls)
        for _ in range(_LONGEST_S):
            await asyncio.sleep(1)
            if not await db.read(lambda tx: tx.execute(waiting).scalar_one()):
                break
        stopping.set()
