"""Status readings through the poller against the same calls made bare, with the same client."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from aiohttp import web

from bench.figures import Span
from bench.ground import REMOTE, SUPPLIER, Books, opened_books
from bot.base.clock import SystemClock
from bot.orders.poll import Poller, PollOrder
from bot.suppliers import DIALECTS, RequestLimits, build_supplier
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.wire import Wire
from sandbox.clock import wall_clock
from sandbox.serving import serve
from sandbox.suppliers import AccPlanetWorld
from sandbox.suppliers.server import PATH
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.timelines import never

_ORDERS: Final = 200
_POLLERS: Final = 4
_ROUNDS: Final = 3
_KEY: Final = "sandbox-key"
_NO_CAP: Final = 1_000_000.0


class _Turned:
    """A clock that stands still, so that every order is due once each time it is turned on."""

    def __init__(self) -> None:
        self._now = SystemClock().now()

    def now(self) -> datetime:
        return self._now

    def turn(self, span: timedelta) -> None:
        self._now += span


async def measure() -> AsyncIterator[str]:
    """Two hundred orders that never end, read by turns by the poller and bare."""
    ours, bare, clock = Span(), Span(), _Turned()
    with TemporaryDirectory(prefix="kiosk-bench-", dir=Path.cwd()) as folder:
        file = Path(folder) / "kiosk.db"
        async with opened_books(file, clock=clock) as books, serve(_app()) as site:
            url = f"{site.url}{PATH}"
            supplier = _supplier(url, clock)
            wire = Wire(url, _KEY, RequestLimits())
            try:
                await _fill(books, supplier)
                poller = _poller(books, supplier, clock)
                for _ in range(_ROUNDS):
                    clock.turn(timedelta(minutes=1))
                    with ours.taken():
                        await _all(_POLLERS, lambda: _drained(poller))
                    with bare.taken():
                        await _all(_POLLERS, lambda: _ask(wire, _ORDERS // _POLLERS))
            finally:
                await supplier.close()
                await wire.close()
    many = _ORDERS * _ROUNDS
    yield (
        f"{many / ours.seconds:,.0f} readings/s claimed, asked and settled, "
        f"{bare.seconds / ours.seconds:.2f} of the {many / bare.seconds:,.0f}/s of bare calls "
        f"({_POLLERS} at once, the sandbox in the same process)"
    )


def _app() -> web.Application:
    service = SandboxService(
        id=int(REMOTE),
        name="Aged account",
        rate=Decimal("0.01"),
        category="Social",
        stock=10 * _ORDERS,
    )
    world = AccPlanetWorld(now=wall_clock, key=_KEY, services=[service])
    world.default_timeline = never()
    return world.app()


def _supplier(url: str, clock: _Turned) -> ApiV2:
    dialect = DIALECTS["accplanet"]
    return build_supplier(SUPPLIER, url, _KEY, dialect, now=clock.now, rate_cap=_NO_CAP)


async def _fill(books: Books, supplier: ApiV2) -> None:
    for buyer in range(20):
        await books.buys(buyer, _ORDERS // 20)
    await books.submits(supplier)


def _poller(books: Books, supplier: ApiV2, clock: _Turned) -> Poller:
    poll_order = PollOrder(books.db, books.watches(supplier), clock, random.random)
    return Poller(supplier, poll_order)


async def _drained(poller: Poller) -> None:
    while await poller.step():
        pass


async def _ask(wire: Wire, times: int) -> None:
    for _ in range(times):
        await wire.ask({"action": "status", "order": "1"}, wire.limits.status)


async def _all(times: int, work: Callable[[], Awaitable[None]]) -> None:
    async def once() -> None:
        await work()

    async with asyncio.TaskGroup() as tasks:
        for _ in range(times):
            tasks.create_task(once())
