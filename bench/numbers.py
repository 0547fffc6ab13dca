"""How long a code stands at the supplier before it is on its way, at a tight rate cap."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import select

from bench.figures import percentile
from bench.ground import Books, opened_books
from bot.base.clock import SystemClock
from bot.base.ids import CustomerId, SupplierName
from bot.base.money import Money
from bot.catalog import store
from bot.catalog.rules import Service
from bot.numbers.poll import NumberPoller, PollNumber
from bot.ops.loop import run_worker
from bot.orders import attempts, place, submit
from bot.orders.place import Purchase
from bot.orders.quote import QuoteDraft, create_quote
from bot.orders.tables import goods, orders
from bot.suppliers import DIALECTS, build_supplier
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.words import Kind, NumberId
from sandbox.clock import wall_clock
from sandbox.serving import serve
from sandbox.suppliers import HstockPlusWorld
from sandbox.suppliers.numbers import SmsProject, code_after
from sandbox.suppliers.server import PATH

_NUMBERS: Final = 200
_AT_ONCE: Final = 10
_CAP: Final = 10.0
_WATCHERS: Final = 4
_FIRST_CODE_S: Final = 10
_LAST_CODE_S: Final = 60
_LONGEST_S: Final = 120
_IDLE_S: Final = 0.25
_KEY: Final = "sandbox-key"
_NO_CAP: Final = 1_000_000.0
_HSTOCK: Final = SupplierName("hstockplus")
_CLOCK: Final = SystemClock()
_WANTED: Final = NumberId("65f1", "us")
_PROJECT: Final = SmsProject(
    project_id="65f1",
    name="Chat",
    price=Decimal("0.01"),
    country_id="us",
    country_title="United States",
)


async def measure() -> AsyncIterator[str]:
    """Two hundred numbers wait at once; their codes come spread over most of a minute."""
    world = HstockPlusWorld(now=wall_clock, key=_KEY)
    world.projects = [_PROJECT]
    with TemporaryDirectory(prefix="kiosk-bench-", dir=Path.cwd()) as folder:
        async with opened_books(Path(folder) / "kiosk.db") as books, serve(world.app()) as site:
            url = f"{site.url}{PATH}"
            quick, capped = _supplier(url, _NO_CAP), _supplier(url, _CAP)
            try:
                await _rent_all(books, quick, world)
                await _watch(books, capped)
            finally:
                await quick.close()
                await capped.close()
            waits = await _waits(books, world)
            findings = await books.prove()
    yield (
        f"from the code at the supplier to its row in the outbox: "
        f"p50 {percentile(waits, 0.5):.1f} s, p90 {percentile(waits, 0.9):.1f} s, "
        f"slowest {max(waits):.1f} s over {len(waits)} of {_NUMBERS} numbers at a cap of "
        f"{_CAP:g} requests/s (which allows a look a number every {_NUMBERS / _CAP:g} s); "
        f"the books are {'; '.join(findings) or 'proved'}"
    )


def _supplier(url: str, rate_cap: float) -> ApiV2:
    dialect = DIALECTS["hstockplus"]
    return build_supplier(_HSTOCK, url, _KEY, dialect, now=_CLOCK.now, rate_cap=rate_cap)


async def _rent_all(books: Books, supplier: ApiV2, world: HstockPlusWorld) -> None:
    """Every number is rented before the first code can come."""
    spread = random.Random(1)  # noqa: S311 - the same codes at the same times in every run
    for nth in range(_NUMBERS):
        after_s = spread.randint(_FIRST_CODE_S, _LAST_CODE_S)
        world.plan_sms(code_after(after_s, f"{nth:06d}"))
    await books.db.write(store.store, _HSTOCK, await supplier.list_numbers())
    stored = await books.db.read(store.load)
    [kept] = [service for service in stored.services if service.supplier == _HSTOCK]
    number = replace(
        books.service, id=kept.id, supplier=_HSTOCK, listed=kept.listed, kind=Kind.NUMBER
    )
    for buyer in range(_NUMBERS // _AT_ONCE):
        await _buy(books, CustomerId(buyer + 1), number)
    while (claimed := await books.db.write(submit.claim, _HSTOCK)) is not None:
        begun = await books.db.write(attempts.begin, claimed, None)
        if begun is not None:
            rented = await supplier.rent(_WANTED)
            await books.db.write(attempts.accepted, begun, rented)


async def _buy(books: Books, customer: CustomerId, number: Service) -> None:
    now, price = _CLOCK.now(), Money(20_000 * _AT_ONCE)
    draft = QuoteDraft(
        customer=customer,
        service=number,
        quantity=_AT_ONCE,
        link="",
        unit_price=Money(20_000),
        unit=1,
        total=price,
        cost=Money(10_000 * _AT_ONCE),
        created_at=now,
        expires_at=now + timedelta(minutes=10),
    )
    quote = await books.db.write(create_quote, draft)
    await books.db.write(place.place, Purchase(customer, quote.id))


async def _watch(books: Books, supplier: ApiV2) -> None:
    """The watchers as they run in a shop, until every number has had its code."""
    look = PollNumber(books.db, books.watches(supplier), _CLOCK, random.random)
    watcher = NumberPoller(supplier, look)
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        for nth in range(_WATCHERS):
            wake = asyncio.Event()
            work = run_worker(f"numbers {nth}", watcher.step, stopping, wake, _IDLE_S)
            tasks.create_task(work)
        for _ in range(_LONGEST_S):
            await asyncio.sleep(1)
            if len(await _arrivals(books)) == _NUMBERS:
                break
        stopping.set()


async def _arrivals(books: Books) -> dict[str, datetime]:
    """When each code was stored, by the supplier's id of its number."""
    query = select(orders.c.remote_order, goods.c.at).join(orders, orders.c.id == goods.c.order_id)
    rows = await books.db.read(lambda tx: tx.execute(query).all())
    return {row.remote_order: row.at for row in rows}


async def _waits(books: Books, world: HstockPlusWorld) -> list[float]:
    came = await _arrivals(books)
    return [(at - _code_at(world, remote)).total_seconds() for remote, at in came.items()]


def _code_at(world: HstockPlusWorld, remote: str) -> datetime:
    number = world.numbers[remote]
    return number.ordered_at + timedelta(seconds=number.plan.steps[0].after_s)
