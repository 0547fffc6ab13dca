"""How soon each screen of the desk is there in a shop with a year of sales, while people tap."""

from __future__ import annotations

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from cryptography.fernet import Fernet

from bench.crowd import Crowd, Guest, around
from bench.figures import Load, percentile
from bench.old_shop import FIRST_CUSTOMER, Sizes, make_old_shop
from bench.processes import Running, running
from bench.servers import server
from bot.chat.desk.taps import OpenDesk, OpenDeskOrders, OpenOrderDetails, OpenSuppliers, OpenUser
from bot.chat.home.taps import OpenDeskHelp
from bot.chat.kit.taps import OpenHome
from bot.chat.people.taps import OpenLog, OpenRoles
from bot.desk.details import DeskFilter
from sandbox.bot_settings import bot_settings
from sandbox.world import ServedWorld, demo_world, serve_world

_PROMISED_MS: Final = 300
_PEOPLE: Final = 20
_OPERATORS: Final = 2
_ROUNDS: Final = 20
_FIRST_OPERATOR: Final = 900_000
_SIZES: Final = Sizes()
_ENDLESS: Final = 1_000_000


def _screens() -> dict[str, str]:
    """What an operator taps, by what they call it."""
    deep = _SIZES.orders // 16
    middle, open_one = _SIZES.orders // 2, _SIZES.orders - 1
    taps = {
        "the desk": OpenDesk(),
        "all orders": OpenDeskOrders(),
        "all orders, the middle": OpenDeskOrders(page=deep),
        "all orders, the last page": OpenDeskOrders(page=_ENDLESS),
        "open orders": OpenDeskOrders(which=DeskFilter.OPEN),
        "orders in doubt": OpenDeskOrders(which=DeskFilter.DOUBT),
        "orders in attention": OpenDeskOrders(which=DeskFilter.ATTENTION),
        "an order": OpenOrderDetails(order=middle),
        "an order that is open": OpenOrderDetails(order=open_one),
        "the best customer": OpenUser(customer=FIRST_CUSTOMER),
        "a customer": OpenUser(customer=FIRST_CUSTOMER + 999),
        "suppliers": OpenSuppliers(),
        "the log": OpenLog(),
        "the log, the last page": OpenLog(page=_ENDLESS),
        "one operator's log": OpenLog(actor=FIRST_CUSTOMER),
        "roles": OpenRoles(),
        "help": OpenDeskHelp(),
        "home": OpenHome(),
    }
    return {name: tap.pack() for name, tap in taps.items()}


@dataclass
class _Waits:
    """Seconds, by the screen."""

    by_screen: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def lines(self, where: str) -> Iterator[str]:
        """The goal beside each figure, the slowest first, and whether all are within it."""
        p95 = {name: _ms(waits, 0.95) for name, waits in self.by_screen.items()}
        for name in sorted(p95, key=lambda one: -p95[one]):
            waits = self.by_screen[name]
            yield (
                f"{where}: {name}: p50 {_ms(waits, 0.5):.0f} ms, p95 {p95[name]:.0f} ms "
                f"(goal: {_PROMISED_MS} ms), {max(waits) * 1000:.0f} ms at most of {len(waits)}"
            )
        late = [name for name, wait in p95.items() if wait > _PROMISED_MS]
        yield f"{where}: {len(p95) - len(late)} of {len(p95)} screens within the goal"


def _ms(waits: list[float], share: float) -> float:
    return percentile(waits, share) * 1000


async def measure() -> AsyncIterator[str]:
    """On each database: operators walk through the desk while customers walk through the shop."""
    for where in ("SQLite", "PostgreSQL"):
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-bench-")))
            url = await open_url(where, stack, folder)
            key = Fernet.generate_key().decode()
            operators = range(_FIRST_OPERATOR, _FIRST_OPERATOR + _OPERATORS)
            began = time.perf_counter()
            await make_old_shop(url, key, operators, _SIZES)
            yield (
                f"{where}: {_SIZES.orders:,} orders, three transfers each, and "
                f"{_SIZES.customers:,} customers made in {time.perf_counter() - began:.0f} s; "
                "the books prove"
            )
            served = await stack.enter_async_context(serve_world(demo_world(more_services=200)))
            settings = bot_settings(served) | {"DATABASE_URL": url, "GOODS_KEY": key}
            bot = await stack.enter_async_context(running(("bot", "run"), settings, folder))
            waits, load = _Waits(), Load()
            await _walk(served, bot, waits, load)
            busy = os.getloadavg()[0]
            yield f"{where}: {_PEOPLE} people tapped on: {load}; load {busy:.1f}"
            for line in waits.lines(where):
                yield line


async def open_url(where: str, stack: AsyncExitStack, folder: Path) -> str:
    """The address of a new database of this kind."""
    if where == "SQLite":
        return f"sqlite+aiosqlite:///{folder / 'kiosk.db'}"
    here = await stack.enter_async_context(server(folder / "pg"))
    return await here.make("kiosk")


async def _walk(served: ServedWorld, bot: Running, waits: _Waits, load: Load) -> None:
    """Customers tap without a rest until the operators have seen every screen often enough."""
    telegram = served.world.telegram
    crowd = Crowd(telegram, _PEOPLE)
    await crowd.arrives()
    people = [telegram.person(_FIRST_OPERATOR + nth, "Olga") for nth in range(_OPERATORS)]
    operators = [Guest(person) for person in people]
    for one in operators:
        telegram.subscribe(one.hears)
        await one.says("/start")
    await bot.until_quiet()
    async with asyncio.TaskGroup() as tasks:
        looking = [tasks.create_task(_look(one, waits)) for one in operators]
        while not all(one.done() for one in looking):
            await crowd.walks(bot, _PEOPLE * 5, around, load)


async def _look(operator: Guest, waits: _Waits) -> None:
    screens = _screens()
    names = cycle(screens)
    for _ in range(_ROUNDS * len(screens)):
        name = next(names)
        waits.by_screen[name].append(await operator.taps(screens[name]))
