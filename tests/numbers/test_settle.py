"""Rented numbers in the books: looked at in turn, ended once, over several processes."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.money.ledger import Wallet
from bot.numbers import poll, settle
from bot.numbers import rules as life
from bot.numbers.rows import DueNumber, list_codes, load_rental
from bot.orders import orphaned_orders
from bot.orders.poll import claim as orders_claim
from bot.orders.rules.moves import State
from bot.orders.views import RentalState
from bot.outbox.notices import Oddity, OrderOddity
from bot.outbox.store import claim, decode, sent
from bot.safety import safe_mode
from bot.safety.purge import Purge
from bot.safety.safe_mode import Restored
from bot.suppliers.port import NumberAnswer
from tests.numbers.renting import CODE, phone_of, rents
from tests.races import all_at_once
from tests.stored_shop import ALICE, HSTOCK, OLGA, Books, usd
from tests.suppliers.fake_orders import number_says


def _waits(expires_at: datetime | None = None) -> NumberAnswer:
    return replace(number_says("active"), expires_at=expires_at)


async def _look(books: Books, limit: int = 10) -> tuple[DueNumber, ...]:
    """One look at each of so many due numbers, none of which has a code."""
    due = await books.db.write(poll.claim, HSTOCK, limit)
    for one in due:
        await books.db.write(settle.settle, one, _waits(), ())
    return due


@pytest.mark.long
@pytest.mark.parametrize("books_url", ["sqlite"], indirect=True)
async def test_two_hundred_numbers_at_ten_looks_a_second_wait_no_longer_than_each_other(
    books: Books,
) -> None:
    books.db.settings = replace(books.db.settings, most_numbers=200)
    await books.has(ALICE, "1000")
    looked_at = dict.fromkeys(
        [order for _ in range(20) for order in await rents(books, 10)], books.now
    )
    longest = timedelta(0)
    for _ in range(45):
        books.wait(seconds=1)
        for one in await _look(books):
            longest = max(longest, books.now - looked_at[one.order])
            looked_at[one.order] = books.now

    assert len(looked_at) == 200
    assert longest <= timedelta(seconds=20)
    assert min(looked_at.values()) >= books.now - timedelta(seconds=20)


async def test_a_number_is_leased_to_one_process_at_a_time(rich: Books) -> None:
    [order] = await rents(rich)
    other = await rich.another()
    looks = [one.db.write(poll.claim, HSTOCK, 5) for one in (rich, other)]
    claimed = await all_at_once(*looks)
    assert sorted(len(one) for one in claimed if isinstance(one, tuple)) == [0, 1]
    rich.wait(seconds=30)
    assert [one.order for one in await _look(rich)] == [order]


async def test_the_same_code_seen_by_two_processes_is_delivered_and_paid_once(
    rich: Books,
) -> None:
    [order] = await rents(rich)
    [due] = await rich.db.write(poll.claim, HSTOCK, 5)
    other = await rich.another()
    seen = number_says("code_received", "123456")
    await all_at_once(*(one.db.write(settle.settle, due, seen, (CODE,)) for one in (rich, other)))

    assert await rich.db.read(list_codes, ALICE, order) == (CODE,)
    assert await rich.told(ALICE) == ["credited", "code"]
    assert await rich.wallet() == Wallet(usd("9"), usd("0"))
    assert await rich.faults() == ()


async def test_a_code_and_the_clock_at_once_end_an_order_once(rich: Books) -> None:
    [order] = await rents(rich)
    [due] = await rich.db.write(poll.claim, HSTOCK, 5)
    rich.wait(minutes=22)
    other = await rich.another()
    seen = number_says("completed", "123456")
    await all_at_once(
        rich.db.write(settle.settle, due, seen, (CODE,)),
        other.db.write(settle.end_overdue),
    )

    assert await rich.db.read(list_codes, ALICE, order) == (CODE,)
    assert await rich.state(order) in {State.COMPLETED, State.CANCELED}
    assert await rich.faults() == ()


async def test_the_clock_ends_numbers_of_suppliers_that_nobody_asks_any_more(
    rich: Books,
) -> None:
    [order] = await rents(rich)
    await rich.db.write(orphaned_orders.take_over_orphaned_orders, ())
    assert await rich.state(order) is State.ACTIVE
    rich.wait(minutes=22)
    assert await rich.db.write(settle.end_overdue) == 1
    assert await rich.db.write(settle.end_overdue) == 0
    assert await rich.state(order) is State.CANCELED
    assert await rich.wallet() == Wallet(usd("10"), usd("0"))
    rich.wait(minutes=11)
    assert await rich.db.write(settle.end_overdue) == 1
    found = await rich.db.read(load_rental, ALICE, order)
    assert found.state is RentalState.CLOSED
    assert await rich.faults() == ()


async def test_a_number_is_overdue_from_its_last_look_on_and_again_when_no_code_can_be_late(
    rich: Books,
) -> None:
    first, second = await rents(rich, 2)
    [due, _] = await rich.db.write(poll.claim, HSTOCK, 5)
    assert due.order == first
    await rich.db.write(settle.settle, due, number_says("code_received", "123456"), (CODE,))
    lasts = life.LAST_LOOK_AFTER + life.LAST_LOOK_WITHIN
    rich.clock.turn(timedelta(minutes=20) + lasts - timedelta(seconds=1))
    assert await rich.db.read(settle.list_overdue) == ()
    rich.wait(seconds=1)
    assert await rich.db.read(settle.list_overdue) == (first, second)

    assert await rich.db.write(settle.end_overdue) == 2
    assert await rich.db.read(settle.list_overdue) == ()
    rich.clock.turn(life.LATE_FOR - timedelta(seconds=1))
    assert await rich.db.read(settle.list_overdue) == ()
    rich.wait(seconds=1)
    assert await rich.db.read(settle.list_overdue) == (second,)


async def test_in_safe_mode_the_clock_ends_no_number(rich: Books) -> None:
    await rents(rich)
    rich.wait(minutes=22)
    await rich.db.write(safe_mode.switch_on, Restored(rich.now, rich.now))

    assert await rich.db.write(settle.end_overdue) == 0
    assert len(await rich.db.read(settle.list_overdue)) == 1


async def test_a_late_code_is_delivered_free_and_told_as_the_shops_loss(rich: Books) -> None:
    [order] = await rents(rich)
    rich.wait(minutes=22)
    assert await rich.db.write(settle.end_overdue) == 1
    rich.wait(minutes=2)
    [due] = await rich.db.write(poll.claim, HSTOCK, 5)
    for _ in range(2):
        seen = number_says("completed", "123456")
        await rich.db.write(settle.settle, due, seen, (CODE,))

    assert await rich.db.read(list_codes, ALICE, order) == (CODE,)
    assert await rich.wallet() == Wallet(usd("10"), usd("0"))
    told = await rich.sql(f"SELECT dedup_key, notice FROM outbox WHERE chat = {OLGA}")  # noqa: S608 - a number
    assert [(key, decode(text)) for key, text in told] == [
        (f"late-code:{order}:1:{OLGA}", OrderOddity(order, Oddity.LATE_CODE, "0.9 USD"))
    ]
    noted = (
        "SELECT actor, action, subject, before, after FROM audit_log WHERE action = 'late_code'"
    )
    assert await rich.sql(noted) == [("clock", "late_code", f"order:{order}", "", "0.9 USD")]


async def test_the_poller_of_orders_leaves_numbers_alone(rich: Books) -> None:
    await rents(rich)
    assert await rich.db.write(orders_claim, HSTOCK, 5) == ()


async def test_neither_phone_nor_code_is_readable_in_the_database(rich: Books) -> None:
    [order] = await rents(rich)
    [due] = await rich.db.write(poll.claim, HSTOCK, 5)
    seen = number_says("code_received", "123456")
    await rich.db.write(settle.settle, due, seen, (CODE,))
    rows = await rich.sql("SELECT phone FROM rentals") + await rich.sql("SELECT sealed FROM goods")

    assert len(rows) == 2
    assert phone_of(order) not in str(rows)
    assert "123456" not in str(rows)


async def test_a_part_of_a_quote_is_one_order(rich: Books) -> None:
    orders = await rents(rich, 2)
    with pytest.raises(IntegrityError):
        await rich.sql(f"UPDATE orders SET part = 1 WHERE id = {orders[1]}")  # noqa: S608 - a number


async def test_the_proof_sees_a_number_that_its_order_knows_nothing_of(rich: Books) -> None:
    [order] = await rents(rich)
    await rich.sql("UPDATE rentals SET state = 'received'")
    assert await rich.faults() == (f"order {order} is active, its number is received",)


async def test_a_phone_and_its_codes_are_forgotten_when_the_number_is_long_closed(
    rich: Books,
) -> None:
    (order,) = await rents(rich)
    (due,) = await rich.db.write(poll.claim, HSTOCK, 1)
    await rich.db.write(settle.settle, due, _waits(), (CODE,))
    purge = Purge(rich.db, timedelta(days=1))
    rich.wait(days=2)
    await _delivered(rich)
    await purge()
    assert (await rich.db.read(load_rental, ALICE, order)).phone == phone_of(order)

    await rich.db.write(settle.end_overdue)
    await purge()
    assert (await rich.db.read(load_rental, ALICE, order)).phone == ""
    assert await rich.db.read(list_codes, ALICE, order) == ()
    assert await rich.state(order) is State.COMPLETED
    assert await rich.faults() == ()


async def _delivered(books: Books) -> None:
    while rows := await books.db.write(claim, 10):
        for row in rows:
            await books.db.write(sent, row, 1)
