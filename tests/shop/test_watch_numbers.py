"""A look at a number brings each code once, with its text where there is one."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from bot.domain.errors import Malformed, NotSent, RefusalKind, Refused, SupplierError, Throttled
from bot.domain.ids import RemoteId
from bot.domain.progress import RentalWord, Stage
from bot.domain.rental import Code, RentalState
from bot.shop.ports import DueNumber, Rentals
from bot.shop.suppliers import NumberAnswer
from bot.shop.watch_numbers import WatchNumbers
from tests.clock import TurnableClock
from tests.shop.ports import ACC, NOON, ORDER, RentalsInMemory, ShelvesInMemory, ToldSupplier

DUE = DueNumber(ORDER, ACC, RemoteId("n7"), RentalState.WAITING)
WAITING = NumberAnswer("waiting", Stage.WAITING, RentalWord.OPEN, "waiting")
FIRST, SECOND = Code("111", "Your code is 111"), Code("222", "Your code is 222")
TOLD = NumberAnswer("code_received", Stage.UNKNOWN, RentalWord.CODE, "code_received")
SHOWN = replace(TOLD, code="111")
TEXTS = tuple(Code("", f"{left} seconds left") for left in range(10, 5, -1))


@pytest.fixture
def rentals() -> RentalsInMemory:
    return RentalsInMemory()


def watching(
    rentals: RentalsInMemory, shelves: ShelvesInMemory, clock: TurnableClock, jitter: float = 0.5
) -> WatchNumbers:
    return WatchNumbers(cast("Rentals", rentals), shelves.watched(clock), clock, lambda: jitter)


@pytest.fixture
def watch(
    rentals: RentalsInMemory, shelves: ShelvesInMemory, clock: TurnableClock
) -> WatchNumbers:
    return watching(rentals, shelves, clock)


async def test_what_is_due_is_claimed_now(
    watch: WatchNumbers, rentals: RentalsInMemory, supplier: ToldSupplier
) -> None:
    rentals.due = (DUE,)

    assert await watch.claim(supplier.as_port, 9) == (DUE,)
    assert rentals.asked == [("claim", ACC, NOON, 9)]


@pytest.mark.parametrize(
    ("known", "answer", "full", "codes"),
    [
        ((), SHOWN, FIRST, (FIRST,)),
        ((), SHOWN, None, (Code("111"),)),
        ((), SHOWN, NotSent(), (Code("111"),)),
        ((), SHOWN, Code("", "Your code is 111"), (FIRST,)),
        ((), SHOWN, SECOND, (Code("111"), SECOND)),
        ((), TOLD, FIRST, (FIRST,)),
        ((), TOLD, None, ()),
        ((FIRST,), replace(SHOWN, code="222"), SECOND, (SECOND,)),
        ((), replace(SHOWN, status="waiting"), FIRST, (FIRST,)),
        ((Code("", "Welcome"),), TOLD, FIRST, (FIRST,)),
        ((Code("", "Welcome"),), TOLD, Code("", "Your code is 7"), (Code("", "Your code is 7"),)),
        (TEXTS, TOLD, Code("", "5 seconds left"), ()),
        (TEXTS, TOLD, FIRST, (FIRST,)),
    ],
)
async def test_a_code_comes_with_its_text_where_there_is_one(
    watch: WatchNumbers,
    rentals: RentalsInMemory,
    supplier: ToldSupplier,
    *,
    known: tuple[Code, ...],
    answer: NumberAnswer,
    full: object,
    codes: tuple[Code, ...],
) -> None:
    due = replace(DUE, known=known)
    supplier.says |= {"number_status": answer, "number_code": full}

    state = await watch(supplier.as_port, due)

    assert state is (RentalState.RECEIVED if codes else RentalState.WAITING)
    assert supplier.asked == [("number_status", "n7"), ("number_code", "n7")]
    assert rentals.asked == [("settle", due, answer, codes, NOON)]


@pytest.mark.parametrize(("known", "answer"), [((), WAITING), ((FIRST,), SHOWN)])
async def test_nobody_asks_for_a_code_that_is_known_or_not_there(
    watch: WatchNumbers,
    rentals: RentalsInMemory,
    supplier: ToldSupplier,
    known: tuple[Code, ...],
    answer: NumberAnswer,
) -> None:
    due = replace(DUE, known=known)
    supplier.says["number_status"] = answer

    assert await watch(supplier.as_port, due) is RentalState.WAITING

    assert supplier.asked == [("number_status", "n7")]
    assert rentals.asked == [("settle", due, answer, (), NOON)]


@pytest.mark.parametrize(
    ("failure", "jitter", "wait_s"),
    [
        (NotSent(), 0.5, 4),
        (Malformed("garbage"), 0, 3.8),
        (Malformed("garbage"), 1, 4.2),
        (Refused("Server busy"), 0.5, 4),
        (Throttled(timedelta(seconds=20)), 0.5, 20),
        (Throttled(timedelta(seconds=20)), 0, 19),
    ],
)
@pytest.mark.parametrize("at", ["number_status", "number_code"])
async def test_a_look_that_saw_nothing_is_repeated_soon_and_out_of_step(
    rentals: RentalsInMemory,
    shelves: ShelvesInMemory,
    clock: TurnableClock,
    supplier: ToldSupplier,
    *,
    failure: SupplierError,
    jitter: float,
    wait_s: float,
    at: str,
) -> None:
    supplier.says |= {"number_status": TOLD, at: failure}

    assert await watching(rentals, shelves, clock, jitter)(supplier.as_port, DUE) is None

    assert rentals.asked == [("missed", DUE, NOON + timedelta(seconds=wait_s))]
    assert shelves.paused == {}


async def test_a_wrong_key_pauses_the_supplier(
    watch: WatchNumbers, supplier: ToldSupplier, shelves: ShelvesInMemory
) -> None:
    supplier.says["number_status"] = Refused("Invalid API key", RefusalKind.BAD_KEY)

    await watch(supplier.as_port, DUE)

    assert shelves.paused == {ACC: "key"}


async def test_a_number_that_cannot_be_watched_waits_half_a_minute(
    watch: WatchNumbers, rentals: RentalsInMemory
) -> None:
    await watch.put_off(DUE)

    assert rentals.asked == [("missed", DUE, NOON + timedelta(seconds=30))]


async def test_our_own_clock_ends_what_is_overdue(
    watch: WatchNumbers, rentals: RentalsInMemory
) -> None:
    assert await watch.end_overdue() == 3
    assert rentals.asked == [("end_overdue", NOON)]
