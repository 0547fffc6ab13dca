"""One status answer, one verdict: money adds up, goods come once, nothing delivered is lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.money import ZERO, Money
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.rules.settlement import (
    GOODS_GRACE,
    ActiveOrder,
    Ending,
    OrderVerdict,
    count_units,
    judge,
    partial_ending,
)
from bot.suppliers.progress import Progress, Stage

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TOTAL = Money(1_000_000)
KEEP = OrderVerdict()
WAIT = OrderVerdict(waits_for_goods=True)
BOUGHT = Ending(State.COMPLETED, TOTAL, ZERO, 3)
REFUNDED = Ending(State.CANCELED, ZERO, TOTAL, 0)


def three(*goods: str, since: datetime | None = None) -> ActiveOrder:
    return ActiveOrder(
        brings_goods=True,
        quantity=3,
        total=TOTAL,
        goods=goods,
        finished_since=since,
        listed=len(goods),
    )


def said(
    stage: Stage, *accounts: str, remains: int | None = None, unreadable: bool = False
) -> Progress:
    there = remains is not None or unreadable
    spelling = "whatever it is called"
    return Progress(spelling, stage, None, None, remains, there, accounts or None)


SOCIAL = replace(three(), brings_goods=False)
LONG_AGO = NOW - GOODS_GRACE
JUST_NOW = NOW - GOODS_GRACE + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("order", "progress", "verdict"),
    [
        (three(), said(Stage.WAITING), KEEP),
        (three(), said(Stage.WORKING), KEEP),
        (three(), said(Stage.WORKING, "a"), OrderVerdict(("a",))),
        (three("a"), said(Stage.WORKING, "a", "b"), OrderVerdict(("b",))),
        (three("a ", "b"), said(Stage.WORKING, "a", " b", "c "), OrderVerdict(("c ",))),
        (three(), said(Stage.UNKNOWN, "a"), OrderVerdict(("a",))),
        (three(), said(Stage.TROUBLE), OrderVerdict(park=Reason.TROUBLE_STATUS)),
        (three(), said(Stage.TROUBLE, "a"), OrderVerdict(("a",), park=Reason.TROUBLE_STATUS)),
        (SOCIAL, said(Stage.DONE), OrderVerdict(ending=BOUGHT)),
        (
            three("a"),
            said(Stage.DONE, "a", "b", "c"),
            OrderVerdict(("b", "c"), Ending(State.COMPLETED, TOTAL, ZERO, 3)),
        ),
        (
            three(),
            said(Stage.DONE, "a", "b", "c", "d"),
            OrderVerdict(("a", "b", "c", "d"), Ending(State.COMPLETED, TOTAL, ZERO, 3), surplus=1),
        ),
        (three(), said(Stage.DONE), WAIT),
        (three(), said(Stage.DONE, "a"), OrderVerdict(("a",), waits_for_goods=True)),
        (three(since=JUST_NOW), said(Stage.DONE), WAIT),
        (three(since=LONG_AGO), said(Stage.DONE), OrderVerdict(park=Reason.GOODS_MISSING)),
        (
            three(since=LONG_AGO),
            said(Stage.DONE, "a"),
            OrderVerdict(("a",), park=Reason.GOODS_MISSING),
        ),
        (
            three("a", "b", since=LONG_AGO),
            said(Stage.DONE, "c"),
            OrderVerdict(("c",), park=Reason.GOODS_MISSING),
        ),
        (three("a", "b", "c"), said(Stage.DONE), OrderVerdict(ending=BOUGHT)),
        (
            three("u1:p1", "u2:p2"),
            said(Stage.DONE, "u1:p1|m1@x.y", "u2:p2|m2@x.y"),
            OrderVerdict(("u1:p1|m1@x.y", "u2:p2|m2@x.y"), waits_for_goods=True),
        ),
        (
            three("u1:p1", "u2:p2"),
            said(Stage.PARTIAL, "u1:p1|m1@x.y", "u2:p2", remains=1),
            OrderVerdict(
                ("u1:p1|m1@x.y",), Ending(State.PARTIAL, Money(660_000), Money(340_000), 2)
            ),
        ),
        (
            three("a", "b", "c"),
            said(Stage.PARTIAL, "d"),
            OrderVerdict(("d",), Ending(State.PARTIAL, Money(330_000), Money(670_000), 1)),
        ),
        (three(), said(Stage.DONE, "processing", "processing", "processing"), WAIT),
        (three(), said(Stage.WORKING, "u1:****", "u2:p2"), OrderVerdict(("u2:p2",))),
        (
            three(since=LONG_AGO),
            said(Stage.DONE, "u1:****", "u2:p2", "processing"),
            OrderVerdict(("u1:****", "u2:p2"), park=Reason.GOODS_MISSING),
        ),
        (three(), said(Stage.CANCELED), OrderVerdict(ending=REFUNDED)),
        (SOCIAL, said(Stage.CANCELED), OrderVerdict(ending=REFUNDED)),
        (three("a"), said(Stage.CANCELED), OrderVerdict(ending=Ending(State.CANCELED, ZERO,
        TOTAL, 1))),
        (SOCIAL, said(Stage.PARTIAL), OrderVerdict(park=Reason.BAD_REMAINS)),
        (SOCIAL, said(Stage.PARTIAL, remains=-1), OrderVerdict(park=Reason.BAD_REMAINS)),
        (SOCIAL, said(Stage.PARTIAL, remains=4), OrderVerdict(park=Reason.BAD_REMAINS)),
        (
            SOCIAL,
            said(Stage.PARTIAL, unreadable=True),
            OrderVerdict(park=Reason.BAD_REMAINS),
        ),
        (
            SOCIAL,
            said(Stage.PARTIAL, remains=1),
            OrderVerdict(ending=Ending(State.PARTIAL, Money(660_000), Money(340_000), 2)),
        ),
        (
            SOCIAL,
            said(Stage.PARTIAL, remains=0),
            OrderVerdict(ending=Ending(State.PARTIAL, TOTAL, ZERO, 3)),
        ),
        (
            SOCIAL,
            said(Stage.PARTIAL, remains=3),
            OrderVerdict(ending=Ending(State.PARTIAL, ZERO, TOTAL, 0)),
        ),
        (
            three("a"),
            said(Stage.PARTIAL, "a", "b", remains=1),
            OrderVerdict(("b",), Ending(State.PARTIAL, Money(660_000), Money(340_000), 2)),
        ),
        (
            three(),
            said(Stage.PARTIAL, "a", "b", remains=2),
            OrderVerdict(("a", "b"), Ending(State.PARTIAL, Money(330_000), Money(670_000), 1)),
        ),
        (three(), said(Stage.PARTIAL, "a", remains=1), OrderVerdict(("a",), waits_for_goods=True)),
        (
            three(since=LONG_AGO),
            said(Stage.PARTIAL, "a", remains=1),
            OrderVerdict(("a",), park=Reason.GOODS_MISSING),
        ),
        (three(), said(Stage.PARTIAL), WAIT),
        (three(since=LONG_AGO), said(Stage.PARTIAL), OrderVerdict(park=Reason.GOODS_MISSING)),
        (
            three(),
            said(Stage.PARTIAL, "a", unreadable=True),
            OrderVerdict(("a",), park=Reason.BAD_REMAINS),
        ),
        (three(), said(Stage.PARTIAL, "a", remains=9), OrderVerdict(("a",),
        park=Reason.BAD_REMAINS)),
        (
            three(),
            said(Stage.PARTIAL, "a"),
            OrderVerdict(("a",), Ending(State.PARTIAL, Money(330_000), Money(670_000), 1)),
        ),
    ],
)  # fmt: skip
def test_every_row_of_the_reading_has_its_verdict(
    order: ActiveOrder, progress: Progress, verdict: OrderVerdict
) -> None:
    assert judge(order, progress, NOW) == verdict


goods = st.lists(st.sampled_from("abcdef"), max_size=8).map(tuple)
orders = st.builds(
    ActiveOrder,
    st.booleans(),
    st.integers(1, 6),
    st.integers(1, 10**12).map(Money),
    goods,
    st.none() | st.just(JUST_NOW) | st.just(LONG_AGO),
    st.integers(0, 8),
)
answers = st.builds(
    Progress,
    st.text(),
    st.sampled_from(Stage),
    remains=st.none() | st.integers(-2, 8),
    remains_said=st.booleans(),
    accounts=st.none() | goods,
)


@given(orders, answers)
def test_what_is_captured_and_released_is_the_total(order: ActiveOrder, answer: Progress) -> None:
    ending = judge(order, answer, NOW).ending

    if ending is not None:
        assert ending.captured + ending.released == order.total
        assert min(ending.captured, ending.released) >= ZERO
        assert ending.to in FINISHED
        assert 0 <= ending.delivered <= order.quantity


@given(orders, answers)
def test_the_same_answer_twice_brings_nothing_new(order: ActiveOrder, answer: Progress) -> None:
    first = judge(order, answer, NOW)
    known = order.goods + first.fresh
    again = replace(order, goods=known)

    second = judge(again, answer, NOW)

    assert (second.fresh, second.surplus) == ((), 0)
    assert (second.ending, second.park) == (first.ending, first.park)


@given(orders, answers)
def test_nothing_listed_is_lost_and_nothing_stored_comes_twice(
    order: ActiveOrder, answer: Progress
) -> None:
    fresh = judge(order, answer, NOW).fresh

    def count(goods: Iterable[str]) -> Counter[str]:
        return Counter(one.strip() for one in goods)

    assert count(order.goods + fresh) == count(order.goods) | count(answer.accounts or ())


@given(orders, answers)
def test_goods_are_never_called_complete_with_fewer_than_were_ordered(
    order: ActiveOrder, answer: Progress
) -> None:
    verdict = judge(order, answer, NOW)

    if verdict.ending is not None and order.brings_goods:
        came = count_units(order, answer)
        assert verdict.ending.to is not State.COMPLETED or came >= order.quantity
        if verdict.ending.to is not State.CANCELED:
            assert verdict.ending.delivered <= min(came, order.quantity)


@given(orders, answers)
def test_a_verdict_ends_parks_or_waits_but_never_two_of_them(
    order: ActiveOrder, answer: Progress
) -> None:
    verdict = judge(order, answer, NOW)

    assert [verdict.ending is None, verdict.park is None, not verdict.waits_for_goods].count(
        False
    ) <= 1


@given(st.integers(1, 10**8), st.sampled_from([1, 10_000, 50_000]), st.data())
def test_a_partial_refund_is_the_unpaid_part_rounded_up_for_the_customer(
    steps: int, step: int, data: st.DataObject
) -> None:
    total = steps * step
    quantity = data.draw(st.integers(1, 10**6))
    delivered = data.draw(st.integers(0, quantity))

    ending = partial_ending(Money(total), delivered, quantity, Money(step))

    over = ending.released.micros - Fraction(total * (quantity - delivered), quantity)
    assert 0 <= over < step
    assert ending.released <= Money(total)
    assert ending.released.is_in_steps(Money(step))
