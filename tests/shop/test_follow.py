"""An order is asked about often at first and seldom later; only a clear word counts against it."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from bot.domain.catalog import Kind
from bot.domain.errors import Malformed, NotSent, RefusalKind, Refused, SupplierError, Throttled
from bot.domain.ids import RemoteId
from bot.domain.money import ZERO, Money
from bot.domain.order import Reason, State
from bot.domain.progress import Progress, Stage
from bot.domain.settlement import Ending
from bot.shop.follow import Follow, pace
from bot.shop.ports import Due, Polls
from bot.shop.suppliers import StatusAnswer
from tests.clock import TurnableClock
from tests.shop.ports import ACC, NOON, ORDER, PollsInMemory, ShelvesInMemory, ToldSupplier

DUE = Due(ORDER, ACC, RemoteId("r7"), Kind.PRODUCT, NOON, 0)
OLD = replace(DUE, active_since=NOON - timedelta(hours=1))
PENDING = StatusAnswer(Progress("Pending", Stage.WAITING), "Pending")
DONE = Ending(State.COMPLETED, Money(1), ZERO, 1)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.fixture
def polls() -> PollsInMemory:
    return PollsInMemory()


def following(
    polls: PollsInMemory, shelves: ShelvesInMemory, clock: TurnableClock, jitter: float = 0.5
) -> Follow:
    return Follow(cast("Polls", polls), shelves.watched(clock), clock, lambda: jitter)


@pytest.fixture
def follow(polls: PollsInMemory, shelves: ShelvesInMemory, clock: TurnableClock) -> Follow:
    return following(polls, shelves, clock)


@pytest.mark.parametrize(
    ("age_s", "every_s"),
    [
        (0, 1), (29.9, 1), (30, 2), (119, 2), (120, 5), (599, 5), (600, 20), (3599, 20),
        (3600, 120), (86_399, 120), (86_400, 600), (10**6, 600),
    ],
)  # fmt: skip
def test_each_age_has_its_pace(age_s: float, every_s: float) -> None:
    assert pace(seconds(age_s)) == seconds(every_s)


async def test_what_is_due_is_claimed_now(
    follow: Follow, polls: PollsInMemory, supplier: ToldSupplier
) -> None:
    polls.due = (DUE,)

    assert await follow.claim(supplier.as_port, 9) == (DUE,)
    assert polls.asked == [("claim", ACC, NOON, 9)]


@pytest.mark.parametrize(("jitter", "wait_s"), [(0, 108), (0.5, 120), (1, 132)])
async def test_an_answer_is_settled_with_the_next_reading_out_of_step(
    polls: PollsInMemory,
    shelves: ShelvesInMemory,
    clock: TurnableClock,
    supplier: ToldSupplier,
    *,
    jitter: float,
    wait_s: float,
) -> None:
    supplier.says["status"] = PENDING

    assert await following(polls, shelves, clock, jitter)(supplier.as_port, OLD) is None

    assert supplier.asked == [("status", "r7")]
    assert polls.asked == [("settle", OLD, PENDING, NOON + seconds(wait_s), NOON)]


@pytest.mark.parametrize(
    ("settled", "ending"), [(DONE, DONE), (Reason.GOODS_MISSING, None), (None, None)]
)
async def test_only_an_end_is_told(
    follow: Follow,
    polls: PollsInMemory,
    supplier: ToldSupplier,
    settled: Ending | Reason | None,
    ending: Ending | None,
) -> None:
    supplier.says["status"], polls.ends_in = PENDING, settled

    assert await follow(supplier.as_port, DUE) == ending


@pytest.mark.parametrize(
    ("failure", "due", "wait_s"),
    [
        (Throttled(seconds(17)), DUE, 17),
        (Throttled(seconds(17)), OLD, 17),
        (NotSent(), DUE, 5),
        (Malformed("garbage"), DUE, 5),
        (Malformed("garbage"), OLD, 120),
        (Refused("Server busy"), DUE, 5),
        (Refused("Server busy"), OLD, 120),
        (Refused("Not found", RefusalKind.NO_SUCH_THING), DUE, 5),
    ],
)
async def test_what_told_nothing_costs_nothing_but_a_wait(
    follow: Follow,
    polls: PollsInMemory,
    supplier: ToldSupplier,
    shelves: ShelvesInMemory,
    *,
    failure: SupplierError,
    due: Due,
    wait_s: float,
) -> None:
    supplier.says["status"] = failure

    assert await follow(supplier.as_port, due) is None

    assert polls.asked == [("missed", due, NOON + seconds(wait_s))]
    assert shelves.paused == {}


@pytest.mark.parametrize(("due", "wait_s"), [(DUE, 5), (OLD, 120)])
async def test_a_stranger_is_counted_by_the_clear_word_alone(
    follow: Follow, polls: PollsInMemory, supplier: ToldSupplier, due: Due, wait_s: float
) -> None:
    supplier.says["status"] = Refused("Never heard of it", RefusalKind.NO_SUCH_ORDER)

    assert await follow(supplier.as_port, due) is None

    assert polls.asked == [("unknown", due, NOON + seconds(wait_s), NOON)]


async def test_a_wrong_key_pauses_the_supplier_and_not_the_order(
    follow: Follow, polls: PollsInMemory, supplier: ToldSupplier, shelves: ShelvesInMemory
) -> None:
    supplier.says["status"] = Refused("Invalid API key", RefusalKind.BAD_KEY)

    await follow(supplier.as_port, DUE)

    assert shelves.paused == {ACC: "key"}
    assert polls.asked == [("missed", DUE, NOON + seconds(5))]


async def test_an_order_that_cannot_be_followed_waits_five_minutes(
    follow: Follow, polls: PollsInMemory
) -> None:
    await follow.put_off(DUE)

    assert polls.asked == [("missed", DUE, NOON + timedelta(minutes=5))]
