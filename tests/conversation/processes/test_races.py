"""Two processes, many hands, one instant: every race has one winner, and the books agree."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.base.ids import CustomerId, ServiceId
from bot.chat.orders.taps import Confirm
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from bot.people import customers
from bot.suppliers import Bound
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes, grows, never
from tests.clock import TurnableClock
from tests.conversation.crew import QUICK, keep_timetable
from tests.conversation.human import ALICE, BORIS, OLGA, OTTO, Human, person
from tests.conversation.opening import open_shop
from tests.conversation.replicas import (
    Pair,
    acts,
    at_once,
    doubled,
    pass_at_once,
    reach,
    shared_out,
    two_processes,
    work_at_once,
)
from tests.conversation.shop import Shop
from tests.stored_shop import usd

PATIENT = replace(QUICK, add=Bound(5.0, 2**20), failures_to_open=2)
"""An answer to `add` may be kept back while others act; a supplier falls soon."""
FULL = Wallet(free=usd("10"), held=usd("0"))
Act = Callable[[], dict[str, Any]]


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    operators = f"{OLGA},{OTTO}"
    async with open_shop(
        database_url, clock, wire=PATIENT, stocked=True, admin_ids=operators
    ) as opened:
        yield opened


async def test_two_processes_at_work_at_once_place_and_deliver_everything_once(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends(f"/topup {BORIS} 10")
    for nth in "12":
        shop.accplanet.plan(grows(2), [f"ann:{nth}", f"ben:{nth}"])
        shop.hstockplus.plan(completes(2), [f"dan:{nth}", f"eva:{nth}"])
    async with two_processes(shop) as both:
        for _ in "12":
            await alice.goes_to_confirm(quantity="2")
            taps = [partial(alice.person.taps, "Pay")] * 6
            await reach(shared_out(both, acts(shop, *taps)))
            await boris.buys_unseen("Mailbox", 2)
        await work_at_once(*both)
        await pass_at_once(shop, both, seconds=6, step_s=3)

    assert shop.accplanet.adds_received == shop.hstockplus.adds_received == 2
    for order, wanted in enumerate(("ann:1 ben:1", "dan:1 eva:1", "ann:2 ben:2", "dan:2 eva:2")):
        human = boris if order % 2 else alice
        first, second = wanted.split()
        assert human.times(first) == human.times(second) == 1
        assert human.chat.index(first) < human.chat.index(second)
        assert await shop.state(order + 1) is State.COMPLETED
    assert await alice.wallet() == Wallet(free=usd("9.52"), held=usd("0"))
    assert await boris.wallet() == Wallet(free=usd("8.56"), held=usd("0"))
    assert await shop.proof() == ()
    assert not shop.trouble()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_credit_for_one_buys_one_of_many_quotes_tapped_at_once(
    shop: Shop, alice: Human
) -> None:
    """With its storage alone the race is run by a hundred; here the whole way from tap to add."""
    customer = await shop.kiosk.shop.desk.db.read(customers.find, CustomerId(ALICE))
    assert customer is not None
    for _ in range(12):
        await shop.kiosk.shop.store.ask_quote(customer, ServiceId(1), 80)
    taps = [Confirm(quote=one).pack() for one in range(1, 13)]
    async with two_processes(shop) as both:
        wanted = [partial(alice.person.taps_raw, tap, alice.card.message_id) for tap in taps]
        await reach(shared_out(both, acts(shop, *wanted)))
        await work_at_once(*both)

    assert shop.accplanet.adds_received == 1
    assert await alice.wallet() == Wallet(free=usd("0.4"), held=usd("9.6"))
    assert alice.person.unanswered == ()
    assert await shop.proof() == ()


async def test_credit_moves_both_ways_while_its_owner_buys(
    shop: Shop, alice: Human, olga: Human
) -> None:
    otto = person(shop, OTTO, "Otto")
    await otto.sends("/start")
    await alice.goes_to_confirm()
    given = [partial(olga.person.sends, f"/topup {ALICE} 1.{nth}") for nth in range(5)]
    taken = [partial(otto.person.sends, f"/debit {ALICE} 2.{nth}") for nth in range(3)]
    bought = [partial(alice.person.taps, "Pay")] * 2
    updates = acts(shop, *given, *taken, *bought)
    updates = updates[::2] + updates[1::2]
    async with two_processes(shop) as both:
        await reach(doubled(both, updates))
        await work_at_once(*both)

    assert await alice.wallet() == Wallet(free=usd("9.34"), held=usd("0.36"))
    assert alice.times("was added to your balance") == 6
    assert alice.times("The shop took") == 3
    assert shop.accplanet.adds_received == 1
    assert len(await shop.acts_audited()) == 9
    assert await shop.proof() == ()


async def test_a_cancel_and_the_lane_at_the_same_instant_agree_on_one_end(
    shop: Shop, alice: Human
) -> None:
    """Called off while the balance is read, while the order is on the wire, and just then."""
    shop.accplanet.default_timeline = never()
    async with two_processes(shop) as (first, second):
        for order, kept_waiting in enumerate(("balance", "add", ""), 1):
            await alice.buys_unseen()
            [tap] = acts(shop, partial(alice.person.taps, "Cancel the order"))
            if kept_waiting:
                shop.accplanet.faults.next(kept_waiting, wire_faults.hang())
                await at_once(
                    first.submit_queues[0].step(),
                    _calls_off_meanwhile(shop, reach(((second, tap),))),
                )
            else:
                submit_queues = (one.submit_queues[0].step() for one in (first, second))
                await at_once(*submit_queues, reach(((second, tap),)))
            await work_at_once(first, second)
            called_off = await shop.state(order) is State.FAILED
            assert called_off is (kept_waiting != "add") or not kept_waiting
            assert called_off or await shop.state(order) is State.ACTIVE
            assert alice.times(f"Order #{order} was canceled, as you asked") == int(called_off)
        sent = shop.accplanet.adds_received

    assert sent in (1, 2)
    held = usd("0.36") if sent == 1 else usd("0.72")
    assert await alice.wallet() == Wallet(free=usd("10") - held, held=held)
    assert alice.person.unanswered == ()
    assert await shop.proof() == ()
    assert not shop.trouble()


async def _calls_off_meanwhile(shop: Shop, call: Any) -> None:
    await shop.accplanet.faults.somebody_hangs()
    await call
    shop.accplanet.faults.release()


async def test_of_two_operators_and_a_late_answer_at_the_same_instant_one_decides(
    shop: Shop, alice: Human, olga: Human
) -> None:
    """Once the answer comes first, by a little, and once it comes while they read the outcome."""
    otto = person(shop, OTTO, "Otto")
    await otto.sends("/start")
    shop.accplanet.default_timeline = never()
    acted: list[str] = []
    async with two_processes(shop) as both:
        for order, operators_first in enumerate((False, True), 1):
            await both[0].heartbeat.join()
            await alice.buys_unseen()
            shop.accplanet.faults.next("add", wire_faults.hang())
            decided = _parked_and_decided(shop, both, (olga, otto), operators_first)
            await at_once(both[0].submit_queues[0].step(), decided)
            await work_at_once(*both)
            acts_of = [act for _, act, one in await shop.acts_audited() if one == f"order:{order}"]
            ends_in = State.FAILED if acts_of == ["not_placed"] else State.ACTIVE
            assert len(acts_of) <= 1
            assert await shop.state(order) is ends_in
            acted += acts_of

    assert olga.times("✅ Done") + otto.times("✅ Done") == len(acted)
    assert olga.times("the answer came late") == len(acted)
    assert shop.accplanet.adds_received == 2 + acted.count("send_again")
    held = usd("0.36").micros * (2 - acted.count("not_placed"))
    assert (await alice.wallet()).held.micros == held
    assert await shop.proof() == ()


async def _parked_and_decided(
    shop: Shop, both: Pair, operators: tuple[Human, Human], operators_first: bool
) -> None:
    """The first process waits for the answer and is taken for dead; then all act at once."""
    await shop.accplanet.faults.somebody_hangs()
    await both[1].heartbeat.recover_alone()  # the first one's heart stands still meanwhile
    while await both[1].sender.step():
        pass
    await operators[0].taps("Not placed: refund")
    await operators[1].taps("Send again")
    taps = acts(shop, *(partial(human.person.taps, "Yes: ") for human in operators))
    shown = len(shop.telegram.calls_of("editMessageText"))

    async def release() -> None:
        if operators_first:
            edits = partial(shop.telegram.calls_of, "editMessageText")
            await shop.telegram.waits_until(lambda: len(edits()) > shown)
        shop.accplanet.faults.release()

    await at_once(release(), reach(shared_out(both, taps)))


async def test_processes_that_see_different_things_tell_of_one_fall_and_one_return(
    shop: Shop, olga: Human
) -> None:
    """One asked during a short outage, and nothing since; every call of the other one passes."""
    async with two_processes(shop) as (fallen, well):
        shop.clock.turn(timedelta(minutes=6))
        await shop.sites["accplanet"].go_down()
        await keep_timetable(fallen.timetable)
        await shop.sites["accplanet"].come_back()
        for _ in range(12):
            shop.clock.turn(timedelta(seconds=65))
            await well.shop.watch.read_balance(next(iter(well.shop.suppliers.values())))
            await at_once(*(one.shop.watch.look_at_health() for one in (well, fallen, well)))
        await work_at_once(well)
        assert olga.times("🔴 accplanet does not answer.") == 1
        olga.sees_nothing_of("🟢 accplanet")

        await pass_at_once(shop, (fallen, well), seconds=240, step_s=80)
        assert olga.times("🟢 accplanet answers again.") == 1
        assert olga.times("🔴 accplanet does not answer.") == 1
