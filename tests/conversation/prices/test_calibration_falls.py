"""Whatever falls around a calibration, it is sent once and concluded once."""

import asyncio
from collections.abc import Callable, Coroutine

from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from tests.conversation.human import Human
from tests.conversation.prices.trying import places, to_card, to_category
from tests.conversation.replicas import doubled, reach, two_processes
from tests.conversation.shop import Shop

Works = Callable[[], Coroutine[None, None, None]]


async def test_a_lost_answer_is_parked_and_judged_once_its_id_is_known(
    fresh: Shop, olga: Human
) -> None:
    fresh.hstockplus.faults.next("add", wire_faults.lost_reply())
    await places(olga)
    await fresh.works()
    await fresh.passes(seconds=60)
    assert fresh.hstockplus.adds_received == 1
    assert await fresh.state() is State.IN_DOUBT
    olga.sees("🧪 Placed by an operator")
    remote = fresh.hstockplus.last_order.id
    await olga.sends("/order 1")
    await olga.taps("Attach id")
    await olga.sends(str(remote))
    await olga.taps("Yes: attach this id")
    await fresh.works()
    await fresh.passes(seconds=20)
    olga.sees("✅ The rate is for 1,000.")
    assert fresh.hstockplus.adds_received == 1


async def test_a_second_tap_on_two_processes_places_one_order(fresh: Shop, olga: Human) -> None:
    await to_card(olga)
    await olga.taps("🧪 Place one order")
    async with two_processes(fresh) as processes:
        tap = olga.person.taps("🧪 Place one order")
        fresh.telegram.updates.confirm(tap)
        again = olga.person.taps_raw(tap["callback_query"]["data"], olga.card.message_id)
        fresh.telegram.updates.confirm(again)
        await reach(doubled(processes, [tap, again]))
    await fresh.works()
    await fresh.passes(seconds=20)
    assert await olga.count_orders() == 1
    assert fresh.hstockplus.adds_received == 1


async def test_a_restart_at_any_moment_ends_in_one_finding(fresh: Shop, olga: Human) -> None:
    await places(olga)
    await fresh.restarts()
    await fresh.works()
    await fresh.passes(seconds=3)
    await fresh.restarts()
    await fresh.passes(seconds=40)
    await fresh.restarts()
    await fresh.passes(seconds=10)
    assert olga.times("✅ The rate is for 1,000.") == 1
    assert fresh.hstockplus.adds_received == 1


async def _dies_during(shop: Shop, action: str, works: Works) -> None:
    """The process is killed while the supplier keeps it waiting, and another one begins."""
    shop.hstockplus.faults.next(action, wire_faults.hang())
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        working = tasks.create_task(works())
        await shop.hstockplus.faults.somebody_hangs()
        working.cancel()
        shop.crew.die()
    shop.hstockplus.faults.clear()
    await shop.restarts()


async def test_killed_while_it_is_sent_it_is_parked_and_decided_about(
    fresh: Shop, olga: Human
) -> None:
    await places(olga)
    await _dies_during(fresh, "add", fresh.works)
    await fresh.works()
    await fresh.leaps(3, minutes=5)
    assert await fresh.state() is State.IN_DOUBT
    assert fresh.hstockplus.adds_received == 1
    await to_category(olga)
    await olga.taps("🧪 Find out with one order")
    olga.sees_last("🔎 Nobody knows yet what became of the order")
    await olga.taps("📦 Order #1")
    await olga.taps("Not placed")
    olga.sees_last("The order ends, and nothing is found out.")
    olga.sees_nothing_of("$0.00 goes back", "Likely not placed")
    await olga.taps("Yes")
    await fresh.works()
    await fresh.passes(seconds=60)
    olga.sees("⚠️ Not clear.", "The order was not placed")
    assert fresh.hstockplus.adds_received == 1
    assert not fresh.trouble()


async def test_killed_while_the_balance_is_read_after_it_is_concluded_once(
    fresh: Shop, olga: Human
) -> None:
    await places(olga)
    await fresh.works()
    await _dies_during(fresh, "balance", lambda: fresh.passes(seconds=5))
    await fresh.passes(minutes=2)
    assert olga.times("✅ The rate is for 1,000.") == 1
    assert fresh.hstockplus.adds_received == 1
