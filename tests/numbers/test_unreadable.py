"""Answers about numbers that cannot be read are counted, and told of once an hour a supplier."""

from datetime import timedelta

import pytest

from bot.base.ids import RemoteId
from bot.numbers import poll, settle
from bot.numbers.rows import DueNumber, load_rental
from bot.orders import order_details
from bot.orders.views import RentalState
from bot.outbox.notices import SupplierAlert, SupplierCause
from bot.outbox.store import decode
from tests.numbers.renting import rents
from tests.stored_shop import ALICE, HSTOCK, OLGA, Books
from tests.suppliers.fake_orders import number_says

SOON = timedelta(seconds=4)
ENOUGH = 12
GARBLED, GOOD = "no JSON", number_says("active")


@pytest.fixture
async def due(rich: Books) -> DueNumber:
    """Alice's number, claimed for a look."""
    await rents(rich)
    [claimed] = await rich.db.write(poll.claim, HSTOCK, 5)
    return claimed


async def cannot_be_read(books: Books, due: DueNumber, times: int, why: str = GARBLED) -> None:
    for _ in range(times):
        await books.db.write(settle.unreadable, due, why, books.now + SOON)


async def alerts(books: Books) -> list[SupplierAlert]:
    """What Olga was told of suppliers."""
    rows = await books.sql(f"SELECT notice FROM outbox WHERE chat = {int(OLGA)} ORDER BY id")  # noqa: S608 - a number
    known = [decode(row[0]) for row in rows]
    return [one for one in known if isinstance(one, SupplierAlert)]


def begun(why: str = GARBLED) -> SupplierAlert:
    return SupplierAlert(HSTOCK, SupplierCause.NUMBERS, words=why)


async def misses(books: Books) -> int:
    [(count,)] = await books.sql("SELECT misses FROM orders")
    return int(count)


async def test_eleven_are_nobodys_business_and_the_twelfth_is(rich: Books, due: DueNumber) -> None:
    await cannot_be_read(rich, due, ENOUGH - 1)
    assert (await misses(rich), await alerts(rich)) == (ENOUGH - 1, [])

    await cannot_be_read(rich, due, 1)

    assert await alerts(rich) == [begun()]
    assert (await rich.db.read(load_rental, ALICE, due.order)).state is RentalState.WAITING
    assert await rich.faults() == ()


async def test_the_number_is_looked_at_again_when_that_was_said(
    rich: Books, due: DueNumber
) -> None:
    await cannot_be_read(rich, due, 1)
    rich.wait(seconds=3)
    assert await rich.db.write(poll.claim, HSTOCK, 5) == ()

    rich.wait(seconds=1)

    [again] = await rich.db.write(poll.claim, HSTOCK, 5)
    assert again.order == due.order


async def test_each_reason_stands_in_the_orders_history_once_in_a_row(
    rich: Books, due: DueNumber
) -> None:
    for why in ("no JSON", "no JSON", "too long", "no JSON"):
        await cannot_be_read(rich, due, 1, why)

    details = await rich.db.read(order_details.find_details, due.order)
    assert details is not None
    assert [said for _, said in details.answers[-3:]] == [
        f"cannot be read: {why}" for why in ("no JSON", "too long", "no JSON")
    ]


async def test_one_that_can_be_read_begins_the_count_anew_and_says_that_it_is_over(
    rich: Books, due: DueNumber
) -> None:
    await cannot_be_read(rich, due, ENOUGH - 1)
    await rich.db.write(settle.settle, due, GOOD, ())
    assert (await misses(rich), await alerts(rich)) == (0, [])
    await cannot_be_read(rich, due, ENOUGH)

    await rich.db.write(settle.settle, due, GOOD, ())

    over = SupplierAlert(HSTOCK, SupplierCause.NUMBERS, over=True)
    assert await alerts(rich) == [begun(), over]
    assert await misses(rich) == 0


async def test_operators_hear_once_an_hour_for_all_numbers_of_a_supplier(
    rich: Books, due: DueNumber
) -> None:
    await rents(rich)
    rich.wait(seconds=1)
    other = next(
        one for one in await rich.db.write(poll.claim, HSTOCK, 5) if one.order != due.order
    )
    for one in (due, other):
        await cannot_be_read(rich, one, ENOUGH + 3)
    rich.wait(minutes=59)
    await cannot_be_read(rich, due, 1, "another reason")
    assert await alerts(rich) == [begun()]

    rich.wait(minutes=61)
    await cannot_be_read(rich, due, 1, "too long")

    assert await alerts(rich) == [begun(), begun("too long")]


async def test_a_number_that_is_closed_or_has_another_id_counts_nothing(
    rich: Books, due: DueNumber
) -> None:
    foreign = DueNumber(due.order, RemoteId("n99"), due.state, due.customer)
    await cannot_be_read(rich, foreign, ENOUGH)
    assert await misses(rich) == 0

    await rich.db.write(settle.settle, due, number_says("cancelled"), ())
    rich.wait(minutes=30)
    await rich.db.write(settle.end_overdue)
    await rich.db.write(settle.settle, due, number_says("cancelled"), ())
    closed = (await rich.db.read(load_rental, ALICE, due.order)).state
    before = await misses(rich)
    await cannot_be_read(rich, due, ENOUGH)

    assert (closed, await misses(rich)) == (RentalState.CLOSED, before)
