"""What the worst answers of a supplier cost others: stops of the loop, taps, time to goods."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.buying import confirm, one_service, welcome
from bench.crowd import Guest, button
from bench.deliveries import Buyer
from bench.figures import percentile
from bench.heart import Heart
from bench.processes import running
from bot.base.clock import SystemClock
from bot.base.ids import RemoteId, SupplierName
from bot.suppliers import DIALECTS, build_supplier
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.exchange import postpone_garbage
from bot.suppliers.errors import SupplierError
from bot.suppliers.words import NumberId
from sandbox.bot_settings import bot_settings
from sandbox.clock import wall_clock
from sandbox.serving import serve
from sandbox.suppliers import HstockPlusWorld
from sandbox.suppliers.faults import ANY
from sandbox.suppliers.server import PATH
from sandbox.suppliers.timelines import Stage, never, steps
from sandbox.suppliers.wire_faults import custom
from sandbox.suppliers.worst import worst_of
from sandbox.world import ALICE, BORIS, ServedWorld, serve_world

_KEY: Final = "sandbox-key"
_NO_CAP: Final = 1_000_000.0
_OPEN_ORDERS: Final = 30
_PROMISED_MS: Final = 300
_MOST_TAPS: Final = 5_000
_GOODS_ORDERS: Final = 15
_UNREADABLE: Final = steps((0, Stage(status="In progress", override={"order": "another"})))
_ID: Final = RemoteId("7")
_NUMBER: Final = NumberId("65f1", "us")
_READERS: Final[dict[str, Callable[[ApiV2], Awaitable[object]]]] = {
    "services": lambda supplier: supplier.list_services(),
    "categories": lambda supplier: supplier.list_categories(),
    "inventory": lambda supplier: supplier.stock(_ID),
    "add": lambda supplier: supplier.add(_ID, 1, "https://example.com/a-link"),
    "status": lambda supplier: supplier.status(_ID),
    "balance": lambda supplier: supplier.balance(),
    "sms_projects": lambda supplier: supplier.list_numbers(),
    "sms_countries": lambda supplier: supplier.list_countries(),
    "add_sms": lambda supplier: supplier.rent(_NUMBER, "+15550100200"),
    "sms_status": lambda supplier: supplier.number_status(_ID),
    "sms_code": lambda supplier: supplier.number_code(_ID),
}


async def measure() -> AsyncIterator[str]:
    """Each reader, then a shop whose supplier answers so, then one order of many."""
    yield await _longest_stops()
    yield await _taps_beside()
    yield await _goods_beside()


async def _longest_stops() -> str:
    """How long a reading keeps the loop, and with it every tap, from running."""
    world = HstockPlusWorld(now=wall_clock, key=_KEY)
    stops: list[tuple[float, str]] = []
    async with serve(world.app()) as site:
        for action, ask in _READERS.items():
            supplier = _supplier(f"{site.url}{PATH}")
            for name, body in worst_of(action).items():
                world.faults.next(ANY, custom(200, body.decode("latin-1")), 2)
                heart = Heart()
                with suppress(SupplierError):
                    await ask(supplier)
                stops.append((await heart.stops() * 1000, f"{action}: {name}"))
                world.faults.clear()
            await supplier.close()
    longest, of = max(stops)
    late = sum(stop > _PROMISED_MS for stop, _ in stops)
    return (
        f"a megabyte of {len(stops)} bad kinds to {len(_READERS)} readers, the sandbox in the same"
        f" process: the loop stood still for {percentile([one for one, _ in stops], 0.5):.0f} ms"
        f" (p50), {longest:.0f} ms at most ({of}); {late} over {_PROMISED_MS} ms"
    )


def _supplier(url: str) -> ApiV2:
    clock, dialect = SystemClock(), DIALECTS["hstockplus"]
    name = SupplierName("hstockplus")
    return build_supplier(name, url, _KEY, dialect, now=clock.now, rate_cap=_NO_CAP)


async def _taps_beside() -> str:
    """Bob taps while the status of one of Alice's orders is a megabyte of each kind in turn."""
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        world = one_service()
        accplanet = world.suppliers[0]
        async with serve_world(world) as served:
            settings = bot_settings(served) | {"SUPPLIERS__ACCPLANET__RATE_CAP": "100"}
            async with running(("bot", "run"), settings, Path(folder)) as bot:
                alice, bob = _guest(served, ALICE), _guest(served, BORIS)
                await welcome(served, [alice, bob])
                accplanet.default_timeline = accplanet.by_hand_timeline = never()
                for _ in range(_OPEN_ORDERS):
                    await confirm(alice.person)
                await bot.until_quiet()
                await bob.says("/start")
                usual = await _taps(bob, 50)
                bodies = list(worst_of("status").values())
                waits: list[float] = []
                own: list[float] = []
                with postpone_garbage():  # that of the sandbox, which keeps every request
                    for body in bodies:
                        accplanet.faults.next("status", custom(200, body.decode("latin-1")))
                        while accplanet.faults.left("status") and len(waits) < _MOST_TAPS:
                            heart = Heart()
                            waits.append(max(await _taps(bob, 2)))
                            own.append(await heart.stops())
                came = len(bodies) - accplanet.faults.left("status")
    net = [wait - stop for wait, stop in zip(waits, own, strict=True)]
    return (
        f"{2 * len(waits)} taps of another customer while {came} of {len(bodies)} such answers "
        f"came: of each two the slower took {percentile(waits, 0.5) * 1000:.0f} ms (p50), "
        f"{max(waits) * 1000:.0f} ms at most, {max(net) * 1000:.0f} ms at most without what the "
        f"sandbox, a process of its own, stood still itself ({max(own) * 1000:.0f} ms at most); "
        f"without such answers {percentile(usual, 0.5) * 1000:.0f} and {max(usual) * 1000:.0f} ms"
    )


def _guest(served: ServedWorld, user: int) -> Guest:
    guest = Guest(served.world.telegram.person(user, f"Guest {user}"))
    served.world.telegram.subscribe(guest.hears)
    return guest


async def _taps(guest: Guest, times: int) -> list[float]:
    """The seconds of taps between home and the catalog."""
    return [await guest.taps(button(guest.card, ("c:", "h:")[nth % 2])) for nth in range(times)]


async def _goods_beside() -> str:
    """Bob's orders, with and without one of Alice's whose status nobody can read."""
    waits: dict[bool, list[float]] = {}
    for is_bad in (False, True):
        with TemporaryDirectory(prefix="kiosk-bench-") as folder:
            async with (
                serve_world(one_service()) as served,
                running(("bot", "run"), bot_settings(served), Path(folder)) as bot,
            ):
                alice, bob = _guest(served, ALICE), Buyer(served, BORIS)
                await welcome(served, [alice, bob.guest])
                if is_bad:
                    served.world.suppliers[0].plan(_UNREADABLE)
                    await confirm(alice.person)
                await bot.until_quiet()
                await bob.buys(_GOODS_ORDERS)
                waits[is_bad] = [one.whole_s for one in bob.deliveries]
    return (
        f"from done at the supplier to the goods of {_GOODS_ORDERS} orders: p50 "
        f"{percentile(waits[True], 0.5):.2f} s, slowest {max(waits[True]):.2f} s beside an order "
        f"whose status cannot be read; {percentile(waits[False], 0.5):.2f} and "
        f"{max(waits[False]):.2f} s without it"
    )
