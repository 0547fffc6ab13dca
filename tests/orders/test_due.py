"""An active order is read by one worker when it is due, and strangers are counted."""

from datetime import timedelta

import pytest

from bot.base.ids import RemoteId
from bot.orders import poll, settle
from bot.orders.rules.moves import Reason, State
from bot.orders.settle import Due
from tests.orders.active import two
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, HSTOCK, Books, says


async def test_a_due_order_is_leased_to_one_worker(rich: Books) -> None:
    await rich.buys()
    await rich.accepts(await rich.sends())
    other = await rich.another()

    claims = await all_at_once(
        *((rich, other)[turn % 2].db.write(poll.claim, ACC, 5) for turn in range(8))
    )

    assert sorted(len(claim) for claim in claims if isinstance(claim, tuple)) == [0] * 7 + [1]
    rich.wait(seconds=30)
    assert len(await rich.db.write(poll.claim, ACC, 5)) == 1


@pytest.mark.parametrize("books_url", ["postgresql"], indirect=True)
async def test_no_order_is_leased_twice_when_many_claim_few_at_a_time(rich: Books) -> None:
    for _ in range(6):
        await rich.buys()
        await rich.accepts(await rich.sends())
    others = [rich, *[await rich.another() for _ in range(3)]]

    for _ in range(40):
        claims = await all_at_once(
            *(others[turn % 4].db.write(poll.claim, ACC, 1) for turn in range(12))
        )
        leased = [due.order for claim in claims if isinstance(claim, tuple) for due in claim]
        assert sorted(leased) == sorted(set(leased))
        rich.wait(seconds=30)


async def test_the_next_reading_is_when_the_worker_said(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("In progress"))
    rich.wait(seconds=4)
    assert await rich.db.write(poll.claim, ACC, 5) == ()
    rich.wait(seconds=1)
    again = await rich.polls_one()

    await rich.db.write(poll.missed, again, rich.now + timedelta(seconds=9))
    rich.wait(seconds=8)
    assert await rich.db.write(poll.claim, ACC, 5) == ()


async def test_a_stranger_to_its_supplier_needs_a_person_after_many_answers(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(19):
        rich.wait(seconds=20)
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)
    assert await rich.state(due.order) is State.ACTIVE
    await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    view = await rich.order(due.order)
    assert (view.state, view.reason) == (State.ATTENTION, Reason.UNKNOWN_TO_SUPPLIER)
    await rich.db.write(settle.unknown_to_supplier, due, rich.now)  # too late, and no failure


async def test_many_strange_answers_within_minutes_are_not_yet_a_reason(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(30):
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    assert await rich.state(due.order) is State.ACTIVE


async def test_a_usable_answer_forgets_the_strange_ones(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(19):
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)
    await rich.hears(due, says("In progress"))
    rich.wait(minutes=6)
    await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    assert await rich.state(due.order) is State.ACTIVE


async def due_in(books: Books, supplier_orders: int = 5) -> list[tuple[int, timedelta]]:
    """How long until each order's next reading, by letting the time pass."""
    waits: list[tuple[int, timedelta]] = []
    start = books.now
    for _ in range(15):
        found = await books.db.write(poll.claim, ACC, supplier_orders)
        waits += [(one.order, books.now - start) for one in found]
        books.wait(seconds=1)
    return waits


async def test_what_is_due_says_all_that_its_reading_needs(rich: Books) -> None:
    order = await rich.buys()
    rich.wait(seconds=30)
    await rich.accepts(await rich.sends(), "r9")
    taken_at = rich.now
    rich.wait(minutes=1)

    due = await rich.polls_one()

    assert due == Due(order, ACC, RemoteId("r9"), taken_at, ALICE, due.claim)


async def test_so_many_of_the_suppliers_own_active_orders_are_due_the_longest_waiting_first(
    rich: Books,
) -> None:
    first, second = await two(rich)
    third = await rich.has_active()
    waits = ((first, 3), (second, 1), (third, 2))
    for due, seconds in waits:
        await rich.db.write(poll.missed, due, rich.now + timedelta(seconds=seconds))
    await rich.buys()
    rich.wait(seconds=5)

    assert await rich.db.write(poll.claim, HSTOCK, 5) == ()
    claimed = [(await rich.db.write(poll.claim, ACC, limit)) for limit in (2, 5)]

    orders = [[one.order for one in some] for some in claimed]
    assert orders == [[second.order, third.order], [first.order]]


async def test_a_missed_reading_puts_off_its_own_order_alone(rich: Books) -> None:
    first, second = await two(rich)

    await rich.db.write(settle.unknown_to_supplier, second, rich.now + timedelta(seconds=4))
    await rich.db.write(poll.missed, first, rich.now + timedelta(seconds=9))

    waits = await due_in(rich)
    assert waits == [(second.order, timedelta(seconds=4)), (first.order, timedelta(seconds=9))]


async def test_a_missed_reading_of_an_ended_order_wakes_nothing(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Canceled"))

    await rich.db.write(poll.missed, due, rich.now)

    assert await rich.sql("SELECT due_at FROM orders") == [(None,)]


async def test_twenty_strange_answers_in_exactly_five_minutes_are_enough(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(19):
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)
    rich.wait(minutes=5)

    await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    assert await rich.state(due.order) is State.ATTENTION


@pytest.mark.parametrize("charge", [None, "0.9"])
async def test_a_usable_answer_forgets_the_strange_ones_with_and_without_a_charge(
    rich: Books, charge: str | None
) -> None:
    due = await rich.has_active()
    for _ in range(3):
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    await rich.hears(due, says("In progress", charge=charge))

    assert await rich.misses(due.order) == 0
