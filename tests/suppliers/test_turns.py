"""Under the cap orders and codes go first, polls keep a fifth, and no turn is left unused."""

import asyncio
from collections import Counter as Tally
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.pace import Priority, RateLimit
from bot.suppliers.errors import SupplierError
from tests.suppliers.conftest import Build, Counter

FAST = 2_000.0
ORDERS, CODES, POLLS = Priority.ORDERS, Priority.CODES, Priority.POLLS
ONE = RemoteId("1")


async def _given(limit: RateLimit, wanted: Iterable[Priority]) -> list[Priority]:
    """In what order those who wait at the same time get their turns."""
    given: list[Priority] = []

    async def one(priority: Priority) -> None:
        await limit.take(priority)
        given.append(priority)

    async with asyncio.TaskGroup() as group:
        for priority in wanted:
            group.create_task(one(priority))
    return given


async def test_orders_go_first_and_a_fifth_is_left_for_polls() -> None:
    given = await _given(RateLimit(FAST), [POLLS] * 21 + [ORDERS] * 40)

    assert Tally(given[1:51]) == {ORDERS: 40, POLLS: 10}
    assert given[51:] == [POLLS] * 10
    assert all(POLLS in given[at : at + 5] for at in range(45))


async def test_orders_and_codes_take_turns_and_neither_waits_for_all_of_the_other() -> None:
    given = await _given(RateLimit(FAST), [CODES] * 20 + [ORDERS] * 5 + [POLLS] * 20)

    first = given[1 : given.index(ORDERS) + 14]
    assert first.count(ORDERS) == 5
    assert first.count(CODES) <= 7
    assert given.count(POLLS) == 20


@pytest.mark.parametrize("alone", Priority)
async def test_one_kind_alone_has_the_whole_cap(alone: Priority) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()

    assert await _given(RateLimit(FAST), [alone] * 200) == [alone] * 200

    assert loop.time() - began >= 198 / FAST


async def test_who_gives_up_waiting_takes_no_turn_away() -> None:
    limit = RateLimit(20.0)
    await limit.take(ORDERS)
    for priority in (ORDERS, CODES, POLLS, POLLS):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await limit.take(priority)

    assert await _given(limit, [POLLS, ORDERS, CODES]) == [CODES, ORDERS, POLLS]


async def test_an_idle_time_is_not_made_up_for() -> None:
    limit, loop = RateLimit(100.0), asyncio.get_running_loop()
    await limit.take(POLLS)
    idle = loop.create_future()
    loop.call_later(0.1, idle.set_result, None)
    await idle

    began = loop.time()
    await _given(limit, [POLLS] * 6)

    assert loop.time() - began >= 4.5 / 100.0


async def _asks(supplier: ApiV2, action: str) -> None:
    asks: dict[str, Callable[[], Awaitable[object]]] = {
        "add": lambda: supplier.add(ONE, 1),
        "balance": supplier.balance,
        "status": lambda: supplier.status(ONE),
        "sms_status": lambda: supplier.number_status(ONE),
        "sms_code": lambda: supplier.number_code(ONE),
        "inventory": lambda: supplier.stock(ONE),
    }
    with suppress(SupplierError):
        await asks[action]()


async def test_what_an_action_is_for_decides_its_turn(
    build: Build, counter_url: tuple[Counter, str]
) -> None:
    counter, url = counter_url
    counter.will_say('{"error": "no"}')
    asked = ["status"] * 8 + ["sms_status", "sms_code", "inventory", "balance", "add"]

    async with build(url, rate_cap=50.0) as supplier, asyncio.TaskGroup() as group:
        for action in asked:
            group.create_task(_asks(supplier, action))

    seen = [form["action"] for form in counter.forms]
    assert sorted(seen) == sorted(asked)
    assert set(seen[:8]) == set(asked)
    assert seen[:8].count("status") <= 3
