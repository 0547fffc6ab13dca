"""What becomes of an order follows its timeline, the clock, and whoever takes over."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.suppliers import timelines
from sandbox.suppliers.timelines import LEFT_OUT, Stage, Timeline

Seen = tuple[str, int, int]  # status, remains, accounts shown

HISTORIES: list[tuple[Timeline, dict[int, Seen]]] = [
    (
        timelines.completes(5),
        {0: ("In progress", 4, 0), 4: ("In progress", 4, 0), 5: ("Completed", 0, 4)},
    ),
    (
        timelines.pending_then_completes(5, 10),
        {0: ("Pending", 4, 0), 5: ("In progress", 4, 0), 10: ("Completed", 0, 4)},
    ),
    (
        timelines.grows(5),
        {0: ("In progress", 4, 0), 5: ("In progress", 3, 1), 20: ("Completed", 0, 4)},
    ),
    (
        timelines.counts_down(5, parts=2),
        {0: ("In progress", 4, 0), 5: ("In progress", 2, 0), 10: ("Completed", 0, 4)},
    ),
    (
        timelines.completed_then_accounts_later(30),
        {5: ("Completed", 0, 0), 34: ("Completed", 0, 0), 35: ("Completed", 0, 4)},
    ),
    (timelines.completed_with_fewer(3), {5: ("Completed", 1, 3)}),
    (timelines.completed_with_more(2), {5: ("Completed", 0, 6)}),
    (timelines.partial(1), {0: ("In progress", 4, 0), 5: ("Partial", 3, 1)}),
    (timelines.canceled(), {5: ("Canceled", 4, 0)}),
    (timelines.canceled(spelling="Refunded"), {5: ("Refunded", 4, 0)}),
    (timelines.never(), {0: ("In progress", 4, 0), 10**7: ("In progress", 4, 0)}),
    (
        timelines.goes_backwards(5),
        {
            0: ("In progress", 2, 2),
            5: ("Pending", 4, 0),
            10: ("Completed", 0, 4),
            15: ("In progress", 2, 2),
        },
    ),
    (timelines.says("ON_HOLD ☃"), {5: ("ON_HOLD ☃", 4, 0)}),
    (timelines.trouble(), {5: ("Failed", 4, 0)}),
    (timelines.steps((3, Stage(status="Odd", delivered=9))), {0: ("Odd", 0, 0)}),
]


@pytest.mark.parametrize(("timeline", "history"), HISTORIES)
async def test_an_order_follows_its_timeline(
    accplanet: Any, clock: Any, timeline: Timeline, history: dict[int, Seen]
) -> None:
    accplanet.world.plan(timeline)
    order = await accplanet.orders(10042, 4)
    passed_s = 0
    for at_s, expected in history.items():
        clock.advance(seconds=at_s - passed_s)
        passed_s = at_s
        reply = await accplanet.status(order)
        seen = reply["status"], reply["remains"], len(reply.get("accounts", []))
        assert seen == expected


async def test_cancel_and_partial_give_money_back_once(accplanet: Any, clock: Any) -> None:
    accplanet.world.plan(timelines.canceled())
    canceled = await accplanet.orders(10042)
    accplanet.world.plan(timelines.partial(1))
    partial = await accplanet.orders(10042, 2)
    assert await accplanet.balance() == Decimal("25.00")
    clock.advance(seconds=5)
    charges = [(await accplanet.status(order))["charge"] for order in (canceled, partial, partial)]
    assert charges == ["0.00", "25.00", "25.00"]
    assert await accplanet.balance() == Decimal("75.00")


async def test_a_balance_set_by_hand_is_what_is_told(accplanet: Any) -> None:
    await accplanet.orders(10042, 2)
    accplanet.world.balance = Decimal(7)
    assert await accplanet.balance() == Decimal("7.00")


async def test_fields_can_be_overridden_and_left_out(accplanet: Any, clock: Any) -> None:
    override = {"remains": "abc", "charge": LEFT_OUT, "note": "hello"}
    accplanet.world.plan(timelines.last_stage_with(timelines.completes(5), override))
    order = await accplanet.orders(10042)
    assert "note" not in await accplanet.status(order)
    clock.advance(seconds=5)
    reply = await accplanet.status(order)
    assert (reply["remains"], reply["note"], "charge" in reply) == ("abc", "hello", False)


async def test_accounts_given_beforehand_come_first(accplanet: Any, clock: Any) -> None:
    accplanet.world.plan(timelines.completes(5), accounts=["alice:secret"])
    order = await accplanet.orders(10042, 2)
    clock.advance(seconds=5)
    accounts = (await accplanet.status(order))["accounts"]
    assert accounts == ["alice:secret", f"user_{order}_2:pass"]


async def test_a_stage_says_how_its_accounts_are_listed(accplanet: Any, clock: Any) -> None:
    covered = Stage(status="In progress", shown=2, spelled=lambda shown: ["***" for _ in shown])
    done = Stage(status="Completed", delivered=2, shown=2, spelled=lambda shown: shown[::-1])
    accplanet.world.plan(timelines.steps((0, covered), (5, done)), accounts=["a:1", "b:2"])
    order = await accplanet.orders(10042, 2)
    assert (await accplanet.status(order))["accounts"] == ["***", "***"]
    clock.advance(seconds=5)
    assert (await accplanet.status(order))["accounts"] == ["b:2", "a:1"]


async def test_plans_queue_up_and_then_the_default_counts(accplanet: Any) -> None:
    accplanet.world.plan(timelines.says("first", 0))
    accplanet.world.default_timeline = timelines.says("default", 0)
    stages = [await accplanet.status(await accplanet.orders(10042)) for _ in range(2)]
    assert [reply["status"] for reply in stages] == ["first", "default"]


async def test_goods_handed_over_by_people_take_longer(accplanet: Any, clock: Any) -> None:
    order = await accplanet.orders("64f1c0ffee0000000000a001", 2)
    assert (await accplanet.status(order))["status"] == "Pending"
    clock.advance(seconds=90)
    assert (await accplanet.status(order))["status"] == "Completed"


@pytest.mark.parametrize(
    ("act", "seen"),
    [
        (lambda order: order.deliver_one(), ("In progress", 1, 1)),
        (lambda order: (order.deliver_one(), order.deliver_one()), ("Completed", 0, 2)),
        (lambda order: order.complete(), ("Completed", 0, 2)),
        (lambda order: order.partial(1), ("Partial", 1, 1)),
        (lambda order: order.cancel(), ("Canceled", 2, 0)),
        (lambda order: order.stall(), ("In progress", 2, 0)),
        (lambda order: order.fail(), ("Failed", 2, 0)),
        (lambda order: order.says("weird"), ("weird", 2, 0)),
    ],
)
async def test_a_person_can_take_an_order_over_for_good(
    accplanet: Any, clock: Any, act: Any, seen: Seen
) -> None:
    order = await accplanet.orders(10042, 2)
    act(accplanet.world.last_order)
    clock.advance(days=1)
    reply = await accplanet.status(order)
    assert (reply["status"], reply["remains"], len(reply.get("accounts", []))) == seen
