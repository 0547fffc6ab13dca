"""Whoever taps while long answers come waits for one of them, not for all."""

import asyncio
import itertools

import pytest

from bot.base.ids import RemoteId
from bot.suppliers import Bound, RequestLimits
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import SupplierError
from sandbox.suppliers.worst import MIB, worst_of
from tests.suppliers.conftest import Build, Counter

LIMITS = RequestLimits(status=Bound(60, MIB), attempts=1, failures_to_open=100)
MOST_TURNS_OF_NO_REST = 20


@pytest.mark.long
async def test_between_two_long_readings_others_get_their_turns(
    build: Build, counter_url: tuple[Counter, str]
) -> None:
    counter, url = counter_url
    counter.will_say(worst_of("status")["many lists"])
    turns = itertools.count()
    read_at: list[int] = []

    async def live_on() -> None:
        while True:
            next(turns)
            await asyncio.sleep(0)

    async def ask(supplier: ApiV2, order: int) -> None:
        try:
            await supplier.status(RemoteId(str(order)))
        except SupplierError:
            read_at.append(next(turns))

    async with build(url, limits=LIMITS) as supplier, asyncio.TaskGroup() as group:
        others = group.create_task(live_on())
        async with asyncio.TaskGroup() as asked:
            for order in range(8):
                asked.create_task(ask(supplier, order))
        others.cancel()

    rests = [later - earlier for earlier, later in itertools.pairwise(read_at)]
    assert len(rests) == 7
    assert min(rests) > MOST_TURNS_OF_NO_REST
