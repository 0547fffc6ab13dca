"""A failing supplier is spared for growing pauses, and no key is used faster than its cap."""

import asyncio
from datetime import timedelta

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.errors import InDoubt, Malformed, NotSent, Refused
from tests.clock import TurnableClock
from tests.suppliers.conftest import HURRIED, Build, Counter

GOOD = '{"balance": "1", "currency": "USD"}'


async def _fails(supplier: ApiV2, times: int = 5) -> None:
    for _ in range(times):
        with pytest.raises(Malformed):
            await supplier.balance()


async def test_after_five_failures_nothing_leaves_any_more(
    accplanet: ApiV2, counter: Counter, clock: TurnableClock
) -> None:
    counter.will_say("", 500)
    fell_at = clock.now()
    await _fails(accplanet)

    with pytest.raises(NotSent):
        await accplanet.add(RemoteId("1"), 1)

    assert len(counter.forms) == 5
    assert accplanet.health.down_since == fell_at
    assert "HTTP 500" in accplanet.health.why


async def test_pauses_grow_to_a_minute_and_end_with_a_good_answer(
    accplanet: ApiV2, counter: Counter, clock: TurnableClock
) -> None:
    counter.will_say("", 500)
    await _fails(accplanet)
    for pause_s in (2, 4, 8, 16, 32, 60, 60):
        clock.turn(timedelta(seconds=pause_s - 1))
        with pytest.raises(NotSent):
            await accplanet.balance()
        clock.turn(timedelta(seconds=1))
        await _fails(accplanet, 1)
    assert len(counter.forms) == 12

    clock.turn(timedelta(seconds=60))
    counter.will_say(GOOD)
    await accplanet.balance()

    assert accplanet.health.down_since is None
    counter.will_say("", 500)
    await _fails(accplanet, 5)


async def test_one_trial_at_a_time_goes_through(
    accplanet: ApiV2, counter: Counter, clock: TurnableClock
) -> None:
    counter.will_say("", 500)
    await _fails(accplanet)
    counter.will_say(GOOD)
    clock.turn(timedelta(seconds=2))

    async def ask() -> str:
        try:
            await accplanet.balance()
        except NotSent:
            return "spared"
        return "asked"

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(ask()) for _ in range(4)]

    assert sorted(task.result() for task in asked) == ["asked", "spared", "spared", "spared"]


async def test_a_refusal_is_an_answer_and_ends_a_row_of_failures(
    accplanet: ApiV2, counter: Counter
) -> None:
    for _ in range(3):
        counter.will_say("", 500)
        await _fails(accplanet, 4)
        counter.will_say('{"error": "Invalid API key"}', 401)
        with pytest.raises(Refused):
            await accplanet.balance()

    assert accplanet.health.down_since is None
    assert len(counter.forms) == 15


@pytest.mark.parametrize("answer", ["{}", '{"order": "another", "status": "Completed"}'])
async def test_nonsense_about_one_order_neither_spares_the_supplier_nor_ends_a_row_of_failures(
    accplanet: ApiV2, counter: Counter, answer: str
) -> None:
    counter.will_say("", 500)
    await _fails(accplanet, 4)
    counter.will_say(answer)
    for _ in range(10):
        with pytest.raises(Malformed):
            await accplanet.status(RemoteId("1"))
    assert accplanet.health.down_since is None

    counter.will_say("", 500)
    await _fails(accplanet, 1)
    assert accplanet.health.down_since is not None


async def test_orders_in_doubt_count_as_failures(accplanet: ApiV2, counter: Counter) -> None:
    counter.will_say("<html>", 502)
    for _ in range(5):
        with pytest.raises(InDoubt):
            await accplanet.add(RemoteId("1"), 1)

    with pytest.raises(NotSent):
        await accplanet.add(RemoteId("1"), 1)
    assert len(counter.forms) == 5


async def test_a_canceled_trial_lets_the_next_one_through(
    accplanet: ApiV2, counter: Counter, clock: TurnableClock
) -> None:
    counter.will_say("", 500)
    await _fails(accplanet)
    clock.turn(timedelta(seconds=2))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await accplanet.balance()

    counter.will_say(GOOD)
    await accplanet.balance()


async def test_one_cap_holds_over_all_actions_and_waiting_for_it_is_bounded(
    build: Build, counter_url: tuple[Counter, str]
) -> None:
    counter, url = counter_url
    counter.will_say(GOOD)

    async with build(url, rate_cap=0.01, limits=HURRIED) as supplier:
        await supplier.balance()
        for _ in range(6):
            with pytest.raises(NotSent):
                await supplier.add(RemoteId("1"), 1)
        assert supplier.health.down_since is None

    assert len(counter.forms) == 1
