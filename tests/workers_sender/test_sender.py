"""What the sender promises about rows of the outbox."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.shop.notices import GoodsArrived, OrderCard, OrderEnded
from bot.shop.ports import Fate, Receipt
from bot.workers.pacing import Limits
from bot.workers.sender import LONGEST_WAIT, Sender, growing_wait
from tests.workers_sender.fakes import ObedientCourier, OutboxInMemory, TurnedClock

ALICE, BOB = 11, 12
QUICK = Limits(overall_per_s=100_000)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def outbox(clock: TurnedClock) -> OutboxInMemory:
    return OutboxInMemory(clock)


@pytest.fixture
def courier() -> ObedientCourier:
    return ObedientCourier()


@pytest.fixture
def sender(outbox: OutboxInMemory, courier: ObedientCourier, clock: TurnedClock) -> Sender:
    return Sender(outbox, courier, clock, QUICK)


async def test_a_carried_row_is_settled_with_its_message(
    sender: Sender, outbox: OutboxInMemory
) -> None:
    row = outbox.add(ALICE, OrderEnded(1))
    assert await sender.step() == 1
    assert outbox.messages == {row: 1000 + row}
    assert await sender.step() == 0


async def test_a_delivery_leaves_before_the_edit_of_a_card(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier
) -> None:
    outbox.add(ALICE, OrderCard(1))
    outbox.add(ALICE, GoodsArrived(1, 1))
    while await sender.step():
        pass
    assert [type(row.notice) for row in courier.carried] == [GoodsArrived, OrderCard]


async def test_a_chat_that_waits_out_a_flood_does_not_hold_up_another(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier, clock: TurnedClock
) -> None:
    courier.will(ALICE, Receipt(Fate.LATER, timedelta(seconds=30)))
    slow, fast = outbox.add(ALICE, OrderEnded(1)), outbox.add(BOB, OrderEnded(2))
    while await sender.step():
        pass
    assert set(outbox.messages) == {fast}
    assert outbox.due_of(slow) == clock.now() + timedelta(seconds=30)

    clock.turn(timedelta(seconds=30))
    await sender.step()
    assert set(outbox.messages) == {fast, slow}


async def test_a_chat_gets_a_short_burst_and_then_one_message_a_second(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier, clock: TurnedClock
) -> None:
    for order in range(5):
        outbox.add(ALICE, OrderEnded(order))
    while await sender.step():
        pass
    assert len(courier.carried) == 3
    assert await sender.idle_s() == 1.0

    for expected in (4, 5):
        clock.turn(timedelta(seconds=1))
        while await sender.step():
            pass
        assert len(courier.carried) == expected


async def test_goods_never_wait_for_the_cards_before_them(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier, clock: TurnedClock
) -> None:
    for order in range(4):
        outbox.add(ALICE, OrderCard(order))
    while await sender.step():
        pass
    assert len(courier.carried) == 2

    outbox.add(ALICE, GoodsArrived(1, 1))
    await sender.step()
    assert [type(row.notice) for row in courier.carried] == [OrderCard, OrderCard, GoodsArrived]

    while len(outbox.messages) < 5:
        assert await sender.idle_s() <= 2.0
        clock.turn(timedelta(seconds=await sender.idle_s()))
        while await sender.step():
            pass
    assert clock.now() <= TurnedClock().now() + timedelta(seconds=4)


async def test_an_unreachable_person_keeps_what_waits(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier
) -> None:
    courier.will(ALICE, Receipt(Fate.UNREACHABLE))
    row = outbox.add(ALICE, GoodsArrived(1, 1))
    await sender.step()
    assert outbox.unreached == [row]


async def test_what_can_never_be_sent_is_dropped_with_the_reason(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier
) -> None:
    courier.will(ALICE, Receipt(Fate.DROPPED, why="no such order"))
    row = outbox.add(ALICE, OrderEnded(1))
    await sender.step()
    assert outbox.given_up == {row: "no such order"}


async def test_a_broken_row_waits_and_the_others_go_on(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier, clock: TurnedClock
) -> None:
    courier.will(ALICE, KeyError("a bug"))
    broken, fine = outbox.add(ALICE, OrderEnded(1)), outbox.add(BOB, OrderEnded(2))
    assert await sender.step(5) == 2
    assert set(outbox.messages) == {fine}
    assert outbox.due_of(broken) == clock.now() + growing_wait(0)


async def test_a_row_that_stays_broken_holds_up_nobody_in_its_chat(
    sender: Sender, outbox: OutboxInMemory, courier: ObedientCourier
) -> None:
    courier.will(ALICE, KeyError("a bug"))
    broken = outbox.add(ALICE, GoodsArrived(1, 1), tries=50)
    fine = outbox.add(ALICE, OrderEnded(1))
    await sender.step()
    await sender.step()
    assert set(outbox.messages) == {fine}
    assert broken not in outbox.given_up


async def test_a_courier_that_hangs_is_left_and_the_row_waits(
    outbox: OutboxInMemory, clock: TurnedClock
) -> None:
    class Hanging:
        async def carry(self, row: object) -> Receipt:
            await asyncio.Event().wait()
            raise AssertionError

    limits = Limits(overall_per_s=100_000, carry_within=timedelta(milliseconds=1))
    row = outbox.add(ALICE, OrderEnded(1))
    assert await Sender(outbox, Hanging(), clock, limits).step() == 1
    assert outbox.due_of(row) == clock.now() + growing_wait(0)


async def test_running_sends_what_is_there_and_stops_when_told(
    sender: Sender, outbox: OutboxInMemory
) -> None:
    stopping, wake = asyncio.Event(), asyncio.Event()
    outbox.add(ALICE, OrderEnded(1))
    outbox.add(BOB, OrderEnded(2))
    outbox.when_empty = stopping.set
    async with asyncio.timeout(5):
        await sender.run(stopping, wake)
    assert len(outbox.messages) == 2


def test_waits_grow_and_are_bounded() -> None:
    waits = [growing_wait(tries) for tries in range(40)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=2)
    assert waits[-1] == LONGEST_WAIT
