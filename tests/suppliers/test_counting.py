"""Every request to a supplier is counted once, by what it was and by what came of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.base.ids import RemoteId
from bot.suppliers import RequestLimits, RequestOutcome
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import SupplierError
from sandbox.serving import hang_up
from tests.suppliers.conftest import HURRIED, Build, Counter, says

GOOD = '{"balance": "1", "currency": "USD"}'
TAKEN = '{"order": "1"}'
NO = '{"error": "Out of stock"}'
ONE = RemoteId("1")


@dataclass
class Tally:
    """What was counted: action, outcome, seconds."""

    calls: list[tuple[str, RequestOutcome, float]] = field(default_factory=list)

    def count(self, action: str, outcome: RequestOutcome, seconds: float) -> None:
        self.calls.append((action, outcome, seconds))

    @property
    def words(self) -> list[tuple[str, str]]:
        return [(action, outcome.value) for action, outcome, _ in self.calls]


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
async def supplier(
    counter_url: tuple[Counter, str], build: Build, tally: Tally
) -> AsyncIterator[ApiV2]:
    async with build(counter_url[1], limits=HURRIED, count=tally.count) as built:
        yield built


@pytest.mark.parametrize(
    ("body", "status", "reading", "order"),
    [
        (GOOD, 200, "ok", "in_doubt"),
        (TAKEN, 200, "malformed", "ok"),
        (NO, 200, "refused", "refused"),
        ('{"error": "Slow down"}', 429, "throttled", "throttled"),
        ("<html>", 502, "malformed", "in_doubt"),
    ],
)
async def test_an_answer_is_counted_as_what_it_was_taken_for(
    supplier: ApiV2,
    counter: Counter,
    tally: Tally,
    *,
    body: str,
    status: int,
    reading: str,
    order: str,
) -> None:
    counter.will_say(body, status)
    with suppress(SupplierError):
        await supplier.balance()
    with suppress(SupplierError):
        await supplier.add(ONE, 1)

    assert tally.words == [("balance", reading), ("add", order)]


async def test_an_answer_that_gets_lost_is_counted_for_each_request_that_was_made(
    counter_url: tuple[Counter, str], build: Build, tally: Tally
) -> None:
    counter, url = counter_url

    async def breaks(request: web.Request) -> web.StreamResponse:
        return hang_up(request)

    counter.answers["*"] = breaks
    async with build(url, limits=RequestLimits(attempts=2), count=tally.count) as supplier:
        with suppress(SupplierError):
            await supplier.balance()
        with suppress(SupplierError):
            await supplier.add(ONE, 1)

    assert tally.words == [("balance", "malformed")] * 2 + [("add", "in_doubt")]
    assert len(counter.forms) == 3


async def test_what_never_left_is_counted_as_such_and_took_no_time(
    supplier: ApiV2, counter: Counter, tally: Tally
) -> None:
    counter.will_say("", 500)
    for _ in range(6):
        with suppress(SupplierError):
            await supplier.balance()

    assert tally.words == [("balance", "malformed")] * 5 + [("balance", "not_sent")]
    assert tally.calls[-1][2] == 0.0
    assert len(counter.forms) == 5


async def test_no_connection_is_counted_as_not_sent(build: Build, tally: Tally) -> None:
    async with build("http://127.0.0.1:9/api/v2", limits=HURRIED, count=tally.count) as supplier:
        for ask in (supplier.balance(), supplier.add(ONE, 1)):
            with suppress(SupplierError):
                await ask

    assert tally.words == [("balance", "not_sent"), ("add", "not_sent")]


async def test_the_time_is_the_suppliers_and_not_the_wait_for_a_turn(
    counter_url: tuple[Counter, str], build: Build, tally: Tally
) -> None:
    counter, url = counter_url
    counter.answers["*"] = says(GOOD)
    async with build(url, rate_cap=4, count=tally.count) as supplier, asyncio.TaskGroup() as tasks:
        for _ in range(3):
            tasks.create_task(supplier.balance())

    assert sum(seconds for _, _, seconds in tally.calls) < 0.7  # the last two waited 0.75 s in all


async def test_a_request_that_is_cancelled_is_not_counted(
    supplier: ApiV2, counter: Counter, tally: Tally
) -> None:
    asked = asyncio.Event()

    async def waits(_request: web.Request) -> web.StreamResponse:
        asked.set()
        await asyncio.Event().wait()
        return web.Response()

    counter.answers["*"] = waits
    with suppress(TimeoutError):
        async with asyncio.timeout(None) as patience, asyncio.TaskGroup() as tasks:
            tasks.create_task(supplier.balance())
            await asked.wait()
            patience.reschedule(0)

    assert tally.calls == []
