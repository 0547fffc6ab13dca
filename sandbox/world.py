"""One pretend world: a Telegram with people in it, and two suppliers with full shelves, served."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web

from sandbox.clock import Now, wall_clock
from sandbox.page.routes import add_page
from sandbox.page.stall import Stall
from sandbox.serving import Served, serve
from sandbox.suppliers import SupplierWorld
from sandbox.suppliers.catalogue import accplanet_world, big_catalogue, hstockplus_world
from sandbox.suppliers.server import PATH
from sandbox.suppliers.timelines import completes
from sandbox.telegram import TelegramWorld, add_telegram

TOKEN: Final = "1000000:sandbox-token-that-opens-nothing"  # noqa: S105 - it opens only the sandbox
ALICE: Final = 1001
BORIS: Final = 1002
AMIRA: Final = 1003
OLGA: Final = 2001

_PEOPLE: Final = (
    (ALICE, "Alice", "alice", "en"),
    (BORIS, "Борис", "boris", "ru"),
    (AMIRA, "أميرة", "amira", "ar"),
    (OLGA, "Olga", "olga", "en"),
)
_QUICK_S: Final = 2


@dataclass
class World:
    """Everything outside of the bot; `operators` are the ids that belong into ADMIN_IDS."""

    telegram: TelegramWorld
    suppliers: tuple[SupplierWorld, ...]
    operators: frozenset[int] = frozenset({OLGA})


def demo_world(now: Now = wall_clock, *, more_services: int = 0) -> World:
    """Four people and two suppliers that deliver after two seconds.

    Args:
        now: the clock of everybody in it.
        more_services: how many made-up rows AccPlanet lists beside its real-looking ones.
    """
    telegram = TelegramWorld(TOKEN, now)
    for user_id, name, username, language in _PEOPLE:
        telegram.person(user_id, name, username=username, language_code=language)
    suppliers = (accplanet_world(now), hstockplus_world(now))
    for service in big_catalogue(more_services):
        suppliers[0].put(service)
    for supplier in suppliers:
        supplier.default_timeline = supplier.by_hand_timeline = completes(_QUICK_S)
    return World(telegram, suppliers)


@dataclass
class ServedWorld:
    """A world with its doors open, and since when they are."""

    world: World
    site: Served
    stalls: Mapping[str, Stall] = field(default_factory=dict)
    began: datetime = field(default_factory=wall_clock)

    @property
    def url(self) -> str:
        """The page, and the Bot API beside it."""
        return self.site.url

    def supplier_url(self, name: str) -> str:
        """Where a supplier's API answers; `name` as in SUPPLIERS__<NAME>."""
        return f"{self.stalls[name.lower()].site.url}{PATH}"


@asynccontextmanager
async def serve_world(
    world: World,
    port: int = 0,
    supplier_ports: tuple[int, ...] = (),
    database: Path | None = None,
) -> AsyncIterator[ServedWorld]:
    """Serve the page and the Bot API on `port` and each supplier on a port of its own.

    Ports that are not given, or 0, are any free ones; all are on loopback. `database` is the
    file of the shop that is tried out, if the page may look into it.

    Raises:
        OSError: a port is taken.
    """
    ports = dict(enumerate(supplier_ports))
    stalls = {
        supplier.name.lower(): Stall(supplier, serve(supplier.app(), ports.get(nth, 0)))
        for nth, supplier in enumerate(world.suppliers)
    }
    app = web.Application()
    add_telegram(app, world.telegram)
    add_page(app, world.telegram, stalls, world.operators, database)
    async with AsyncExitStack() as doors:
        site = await doors.enter_async_context(serve(app, port))
        for stall in stalls.values():
            await doors.enter_async_context(stall.site)
        yield ServedWorld(world, site, stalls)
