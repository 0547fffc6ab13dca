"""What one cause has parked is followed again at once, and what never ends is taken over."""

from collections.abc import Awaitable

import pytest

from bot.base.ids import OrderId, SupplierName
from bot.money.ledger import Wallet
from bot.orders import decide, order_details, settle
from bot.orders.order_details import Event
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.orders.views import OrderView
from bot.outbox.notices import OrderNeedsPerson
from tests.numbers.renting import rents
from tests.orders.active import told, two
from tests.orders.deciding import end_with, take_over
from tests.races import all_at_once
from tests.stored_shop import ACC, BY, HSTOCK, OLGA, Books, says, usd


async def _goes_missing(books: Books) -> list[OrderId]:
    """Two orders that their supplier did not know for minutes."""
    both = await two(books)
    for _ in range(20):
        books.wait(seconds=20)
        for due in both:
            await books.db.write(settle.unknown_to_supplier, due, books.now)
    return [due.order for due in both]


async def test_orders_that_one_cause_has_parked_are_followed_again_and_no_others(
    rich: Books,
) -> None:
    lost = await _goes_missing(rich)
    other = await rich.needs_person()

    found = rich.db.write(decide.keep_polling_all, BY, ACC, Reason.UNKNOWN_TO_SUPPLIER)
    assert await found == 2

    assert [await rich.state(order) for order in lost] == [State.ACTIVE] * 2
    assert await rich.state(other.order) is State.ATTENTION
    assert await rich.sql("SELECT action, subject FROM audit_log ORDER BY id DESC LIMIT 2") == [
        ("keep_polling", f"order:{order}") for order in reversed(lost)
    ]
    due = [await rich.polls_one() for _ in lost]
    assert sorted(one.order for one in due) == lost
    for one in due:
        await rich.hears(one, says("Completed", "a"))
    assert await rich.wallet() == Wallet(usd("5"), usd("3"))
    assert await rich.faults() == ()


async def test_nothing_is_followed_again_twice_or_for_another_supplier(rich: Books) -> None:
    await _goes_missing(rich)

    def again(supplier: SupplierName) -> Awaitable[int]:
        return rich.db.write(decide.keep_polling_all, BY, supplier, Reason.UNKNOWN_TO_SUPPLIER)

    assert await again(HSTOCK) == 0
    counts = await all_at_once(*(again(ACC) for _ in range(5)))
    assert sorted(count for count in counts if isinstance(count, int)) == [0, 0, 0, 0, 2]


async def test_an_order_that_goes_on_for_ever_is_taken_over_and_decided(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    rich.wait(hours=30)

    view = await take_over(rich, due.order)

    assert (view.state, view.reason) == (State.ATTENTION, None)
    assert await rich.hears(due, says("Completed", "a", "b", "c")) is None
    assert await told(rich) == [OrderNeedsPerson(due.order)]
    assert await told(rich, OLGA) == []
    assert await rich.sql("SELECT action, before, after FROM audit_log WHERE id > 1") == [
        ("take_over", "active", "attention")
    ]
    await end_with(0)(rich, due.order)
    assert await rich.wallet() == Wallet(usd("10"), usd("0"))
    assert await rich.faults() == ()


async def test_it_is_taken_over_once_and_only_while_it_is_active(rich: Books) -> None:
    due = await rich.has_active()
    outcomes = await all_at_once(*(take_over(rich, due.order) for _ in range(5)))
    assert sum(isinstance(one, IllegalMove) for one in outcomes) == 4

    waits = await rich.buys()
    with pytest.raises(IllegalMove):
        await take_over(rich, waits)


async def test_a_rented_number_ends_by_our_clock_and_is_not_taken_over(rich: Books) -> None:
    [order] = await rents(rich)

    with pytest.raises(IllegalMove) as refusal:
        await take_over(rich, order)

    assert (refusal.value.order, refusal.value.to) == (order, State.ATTENTION)


async def test_what_is_taken_over_is_a_line_of_history_with_its_name_and_due_no_more(
    rich: Books,
) -> None:
    both = await two(rich)
    for due in both:
        await take_over(rich, due.order)

    for due in both:
        details = await rich.db.read(order_details.find_details, due.order)
        assert details is not None
        assert details.events[-1] == Event(rich.now, State.ATTENTION, "taken over", BY.actor)
    assert await rich.sql("SELECT due_at FROM orders") == [(None,), (None,)]
    assert await told(rich) == [OrderNeedsPerson(due.order) for due in both]


async def test_a_doubt_is_not_followed_again_with_what_one_cause_has_parked(rich: Books) -> None:
    order = (await rich.in_doubt()).order

    assert await rich.db.write(decide.keep_polling_all, BY, ACC, Reason.ANSWER_LOST) == 0

    assert await rich.state(order) is State.IN_DOUBT


async def test_what_one_cause_has_parked_is_canceled_where_nothing_was_delivered(
    rich: Books,
) -> None:
    lost = await _goes_missing(rich)
    await rich.sql(f"UPDATE orders SET batches = 1, delivered = 1 WHERE id = {lost[0]}")  # noqa: S608 - our own id

    found = rich.db.write(decide.cancel_all, BY, ACC, Reason.UNKNOWN_TO_SUPPLIER)

    assert await found == 1
    assert [await rich.state(order) for order in lost] == [State.ATTENTION, State.CANCELED]
    assert await rich.faults() == ()


async def test_what_waits_is_called_off_once_and_only_while_it_waits(rich: Books) -> None:
    order = await rich.buys(quantity=3, total="3")

    def called_off(which: OrderId) -> Awaitable[OrderView]:
        return rich.db.write(decide.call_off, BY, which)

    outcomes = await all_at_once(*(called_off(order) for _ in range(5)))

    assert sum(isinstance(one, IllegalMove) for one in outcomes) == 4
    assert await rich.state(order) is State.FAILED
    assert await rich.wallet() == Wallet(usd("10"), usd("0"))
    due = await rich.has_active()
    with pytest.raises(IllegalMove):
        await called_off(due.order)
    assert await rich.faults() == ()
