"""A queued order leaves once, written down before it does, and every answer has its place."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from bot.domain.catalog import NumberId
from bot.domain.errors import (
    InDoubt,
    Malformed,
    NotSent,
    RefusalKind,
    Refused,
    SupplierError,
    Throttled,
)
from bot.domain.ids import RemoteId
from bot.domain.order import Reason
from bot.shop.fulfil import Fulfil
from bot.shop.ports import Submission, Submissions
from bot.shop.suppliers import Accepted
from tests.clock import TurnableClock
from tests.shop.ports import (
    ACC,
    BALANCE,
    NOON,
    ORDER,
    ShelvesInMemory,
    SubmissionsInMemory,
    ToldSupplier,
)

PATIENCE = timedelta(minutes=10)
QUEUED = Submission(ORDER, ACC, RemoteId("r1"), 3, "https://example.com/p", 0, NOON)
BEGUN = replace(QUEUED, attempt=1)
TAKEN = Accepted(RemoteId("a1"), "taken")
CLAIM, BEGIN = ("claim", ACC, NOON), ("begin", QUEUED, BALANCE, NOON)
ADD = ("add", "r1", 3, "https://example.com/p")


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


@pytest.fixture
def lane() -> SubmissionsInMemory:
    return SubmissionsInMemory(QUEUED, BEGUN)


@pytest.fixture
def fulfil(lane: SubmissionsInMemory, shelves: ShelvesInMemory, clock: TurnableClock) -> Fulfil:
    return Fulfil(cast("Submissions", lane), shelves.watched(clock), clock, PATIENCE)


async def test_an_empty_lane_sends_nothing(
    fulfil: Fulfil, lane: SubmissionsInMemory, supplier: ToldSupplier
) -> None:
    lane.queued = None

    assert await fulfil(supplier.as_port) is False
    assert (lane.asked, supplier.asked) == ([CLAIM], [])


async def test_an_order_leaves_after_the_balance_and_the_attempt_are_written_down(
    fulfil: Fulfil, lane: SubmissionsInMemory, supplier: ToldSupplier
) -> None:
    supplier.says["add"] = TAKEN

    assert await fulfil(supplier.as_port) is True

    assert supplier.asked == [("balance",), ADD]
    assert lane.asked == [CLAIM, BEGIN, ("accepted", BEGUN, TAKEN, NOON)]


async def test_a_number_is_rented_with_the_phone_that_is_to_be_used_again(
    fulfil: Fulfil, lane: SubmissionsInMemory, supplier: ToldSupplier
) -> None:
    wanted = NumberId("tg", "ke")
    lane.begun = replace(BEGUN, service=wanted.remote_id, phone="+254")
    supplier.says["rent"] = TAKEN

    await fulfil(supplier.as_port)

    assert supplier.asked == [("balance",), ("rent", wanted, "+254")]


@pytest.mark.parametrize(
    ("waited", "over"), [(PATIENCE, True), (PATIENCE - seconds(1), False), (2 * PATIENCE, True)]
)
async def test_an_order_older_than_our_patience_is_given_up(
    fulfil: Fulfil,
    lane: SubmissionsInMemory,
    supplier: ToldSupplier,
    waited: timedelta,
    over: bool,
) -> None:
    lane.queued = replace(QUEUED, queued_at=NOON - waited)
    supplier.says["add"] = TAKEN

    assert await fulfil(supplier.as_port) is True

    given_up = ("give_up", lane.queued, Reason.PATIENCE_OVER, NOON)
    assert (lane.asked[1:] == [given_up]) is over
    assert bool(supplier.asked) is not over


@pytest.mark.parametrize(
    ("failure", "outcome"),
    [
        (
            Refused("Invalid API key", RefusalKind.BAD_KEY),
            ("give_up", QUEUED, Reason.SUPPLIER_UNAVAILABLE, NOON),
        ),
        (Refused("busy"), ("not_sent", QUEUED, seconds(1), "busy", NOON)),
        (Throttled(seconds(9)), ("not_sent", QUEUED, seconds(9), "asked to wait", NOON)),
        (NotSent(), ("not_sent", QUEUED, seconds(1), "NotSent", NOON)),
        (Malformed("html"), ("not_sent", QUEUED, seconds(1), "Malformed", NOON)),
    ],
)
async def test_without_a_balance_nothing_leaves(
    fulfil: Fulfil,
    lane: SubmissionsInMemory,
    supplier: ToldSupplier,
    failure: SupplierError,
    outcome: tuple[object, ...],
) -> None:
    supplier.says["balance"] = failure

    assert await fulfil(supplier.as_port) is True

    assert supplier.asked == [("balance",)]
    assert lane.asked == [CLAIM, outcome]


async def test_a_paused_supplier_gets_nothing(
    fulfil: Fulfil, lane: SubmissionsInMemory, supplier: ToldSupplier, shelves: ShelvesInMemory
) -> None:
    shelves.paused[ACC] = "operator"

    await fulfil(supplier.as_port)

    assert supplier.asked == [("balance",)]
    assert lane.asked == [CLAIM, ("give_up", QUEUED, Reason.SUPPLIER_UNAVAILABLE, NOON)]


async def test_an_order_that_is_no_longer_queued_does_not_leave(
    fulfil: Fulfil, lane: SubmissionsInMemory, supplier: ToldSupplier
) -> None:
    lane.begun = None

    assert await fulfil(supplier.as_port) is True

    assert supplier.asked == [("balance",)]
    assert lane.asked == [CLAIM, BEGIN]


@pytest.mark.parametrize(
    ("failure", "outcome", "pause"),
    [
        (NotSent(), ("not_sent", BEGUN, seconds(1), "not sent", NOON), None),
        (Throttled(seconds(9)), ("not_sent", BEGUN, seconds(9), "asked to wait", NOON), None),
        (Refused("Bad link"), ("refused", BEGUN, Reason.REFUSED, "Bad link", NOON), None),
        (
            Refused("Insufficient stock", RefusalKind.OUT_OF_STOCK),
            ("refused", BEGUN, Reason.OUT_OF_STOCK, "Insufficient stock", NOON),
            None,
        ),
        (
            Refused("Insufficient balance", RefusalKind.EMPTY_WALLET),
            ("refused", BEGUN, Reason.SUPPLIER_UNAVAILABLE, "Insufficient balance", NOON),
            "wallet",
        ),
        (
            Refused("No", RefusalKind.BAD_KEY),
            ("refused", BEGUN, Reason.SUPPLIER_UNAVAILABLE, "No", NOON),
            "key",
        ),
        (InDoubt("timeout"), ("in_doubt", BEGUN, Reason.ANSWER_LOST, "timeout", NOON), None),
        (
            InDoubt("no id", "<html>"),
            ("in_doubt", BEGUN, Reason.ANSWER_LOST, "<html>", NOON),
            None,
        ),
        (
            Malformed("html"),
            ("in_doubt", BEGUN, Reason.ANSWER_LOST, "no usable answer", NOON),
            None,
        ),
    ],
)
async def test_every_failure_has_its_place_and_is_never_sent_again_here(
    fulfil: Fulfil,
    lane: SubmissionsInMemory,
    supplier: ToldSupplier,
    shelves: ShelvesInMemory,
    *,
    failure: SupplierError,
    outcome: tuple[object, ...],
    pause: str | None,
) -> None:
    supplier.says["add"] = failure

    assert await fulfil(supplier.as_port) is True

    assert supplier.asked == [("balance",), ADD]
    assert lane.asked == [CLAIM, BEGIN, outcome]
    assert shelves.paused.get(ACC) == pause


@pytest.mark.parametrize(
    ("tries", "wait_s"), [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (10, 60), (10**6, 60)]
)
async def test_each_try_waits_twice_as_long_up_to_a_minute(
    fulfil: Fulfil, lane: SubmissionsInMemory, supplier: ToldSupplier, tries: int, wait_s: float
) -> None:
    lane.queued = replace(QUEUED, tries=tries)
    supplier.says["balance"] = NotSent()

    await fulfil(supplier.as_port)

    assert lane.asked[-1] == ("not_sent", lane.queued, seconds(wait_s), "NotSent", NOON)


@pytest.mark.parametrize(("takes_s", "wait_s"), [(0, 5), (2, 3), (5, 0), (9, 0)])
async def test_no_wait_reaches_beyond_our_patience(
    fulfil: Fulfil,
    lane: SubmissionsInMemory,
    supplier: ToldSupplier,
    takes_s: float,
    wait_s: float,
) -> None:
    lane.queued = lane.begun = replace(QUEUED, queued_at=NOON - PATIENCE + seconds(5))
    supplier.says["add"], supplier.takes = Throttled(seconds(60)), seconds(takes_s)

    await fulfil(supplier.as_port)

    then = NOON + seconds(takes_s)
    assert lane.asked[-1] == ("not_sent", lane.begun, seconds(wait_s), "asked to wait", then)


@pytest.mark.parametrize(("waited_s", "is_told"), [(0, False), (299, False), (300, True)])
async def test_who_asks_to_wait_for_minutes_is_told_of(
    fulfil: Fulfil,
    lane: SubmissionsInMemory,
    supplier: ToldSupplier,
    shelves: ShelvesInMemory,
    *,
    waited_s: float,
    is_told: bool,
) -> None:
    lane.queued = lane.begun = replace(QUEUED, queued_at=NOON - seconds(waited_s))
    supplier.says["add"] = Throttled(seconds(9))

    await fulfil(supplier.as_port)

    assert ("busy:accplanet" in shelves.alerts.told) is is_told


async def test_who_takes_an_order_asks_to_wait_no_more(
    fulfil: Fulfil, supplier: ToldSupplier, shelves: ShelvesInMemory
) -> None:
    supplier.says["add"] = TAKEN

    await fulfil(supplier.as_port)

    assert shelves.alerts.told[-1] == "over busy:accplanet"


async def test_an_outcome_is_written_down_when_the_books_open_again(
    fulfil: Fulfil,
    lane: SubmissionsInMemory,
    supplier: ToldSupplier,
    caplog: pytest.LogCaptureFixture,
) -> None:
    supplier.says["add"], lane.closed_for = TAKEN, 1

    await fulfil(supplier.as_port)

    assert supplier.asked.count(ADD) == 1
    assert lane.asked == [CLAIM, BEGIN, *[("accepted", BEGUN, TAKEN, NOON)] * 2]
    assert caplog.messages == ["not written yet: order 7 is a1 at accplanet"]
