"""What an answer leaves behind: who is told what, what is counted, and when to ask again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.ids import CustomerId, RemoteId
from bot.catalog import store
from bot.orders import dossier as records
from bot.orders import poll, settle
from bot.orders.rules.moves import Reason, State
from bot.orders.settle import Due
from bot.outbox.notices import (
    AnyNotice,
    AttentionAlert,
    ChargeAlert,
    Credited,
    GoodsArrived,
    Oddity,
    OrderCard,
    OrderEnded,
    OrderNeedsPerson,
    OrderOddity,
    SupplierAlert,
    SupplierCause,
)
from bot.outbox.store import decode
from bot.suppliers.words import Kind
from tests.stored_shop import ACC, ALICE, HSTOCK, OLGA, Books, listed, says


async def told(books: Books, chat: CustomerId = ALICE) -> list[AnyNotice]:
    """Everything queued for a chat, in order, cards and credit left out."""
    rows = await books.sql(f"SELECT notice FROM outbox WHERE chat = {chat} ORDER BY id")  # noqa: S608 - a number
    notices = [decode(row[0]) for row in rows]
    return [one for one in notices if not isinstance(one, OrderCard | Credited)]


async def two(books: Books, quantity: int = 1) -> tuple[Due, Due]:
    """Two active orders of alice's."""
    first = await books.has_active(quantity=quantity, total=str(quantity))
    return first, await books.has_active(quantity=quantity, total=str(quantity))


async def test_goods_are_counted_as_they_come_and_the_card_follows(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    rich.wait(minutes=1)
    await rich.hears(due, says("In progress", "a"))
    await rich.hears(due, says("In progress", "a", "b", "c"))

    view = await rich.order(due.order)
    assert (view.delivered, view.batches) == (3, 2)
    assert await told(rich) == [GoodsArrived(due.order, 1), GoodsArrived(due.order, 2)]
    cards = await rich.sql("SELECT dedup_key, due_at FROM outbox WHERE notice LIKE '%card%'")
    assert [key for key, _due_at in cards] == [f"card:{due.order}"]
    assert await rich.goods(due.order) == [("a",), ("b", "c")]


async def test_a_completed_order_is_told_by_its_goods_or_else_by_a_word(rich: Books) -> None:
    goods = await rich.has_active()
    await rich.hears(goods, says("Completed", "a"))
    service = await rich.stocks(listed("likes"))
    await rich.buys(service=replace(service, kind=Kind.SOCIAL))
    await rich.accepts(await rich.sends())
    social = await rich.polls_one()

    await rich.hears(social, says("Completed"))

    assert await told(rich) == [GoodsArrived(goods.order, 1), OrderEnded(social.order)]


async def test_a_partial_or_canceled_order_is_told_beside_its_goods(rich: Books) -> None:
    first, second = await two(rich, quantity=2)

    await rich.hears(first, says("Partial", "a"))
    await rich.hears(second, says("Canceled"))

    assert await told(rich) == [
        GoodsArrived(first.order, 1), OrderEnded(first.order), OrderEnded(second.order),
    ]  # fmt: skip
    assert await told(rich, OLGA) == []


async def test_each_oddity_is_told_to_the_operator_with_its_order_and_number(rich: Books) -> None:
    for due in await two(rich):
        await rich.hears(due, says("Completed", "a", "b", "c"))
    for due in await two(rich, quantity=2):
        await rich.hears(due, says("In progress", "a"))
        await rich.hears(due, says("Canceled"))

    assert await told(rich, OLGA) == [
        OrderOddity(1, Oddity.SURPLUS, "2"),
        OrderOddity(2, Oddity.SURPLUS, "2"),
        OrderOddity(3, Oddity.CANCELED_AFTER_GOODS, "1"),
        OrderOddity(4, Oddity.CANCELED_AFTER_GOODS, "1"),
    ]


async def test_each_order_that_needs_a_person_is_told_to_both_sides(rich: Books) -> None:
    both = await two(rich)
    for due in both:
        await rich.hears(due, says("Error"))

    assert await told(rich) == [OrderNeedsPerson(due.order) for due in both]
    assert await told(rich, OLGA) == [AttentionAlert(due.order) for due in both]
    dossier = await rich.db.read(records.dossier, both[0].order)
    assert dossier is not None
    last = dossier.events[-1]
    assert (last.state, last.note) == (State.ATTENTION, Reason.TROUBLE_STATUS)
    assert await rich.sql("SELECT due_at FROM orders") == [(None,), (None,)]


async def test_a_new_spelling_is_told_once_a_supplier_and_cut_short(rich: Books) -> None:
    here = await rich.has_active()
    await rich.buys(service=await rich.stocks(supplier=HSTOCK))
    await rich.accepts(await rich.sends(HSTOCK))
    there = await rich.polls_one(HSTOCK)

    for due in (here, there, here):
        await rich.hears(due, says("Delayed 12:30 " + "x" * 50))

    cut = "Delayed 12:30 " + "x" * 26
    assert await told(rich, OLGA) == [
        SupplierAlert(name, SupplierCause.STATUS, words=cut) for name in (ACC, HSTOCK)
    ]


def test_a_clock_in_a_spelling_makes_no_new_one() -> None:
    assert settle.folded("Delayed 12:30") == settle.folded("DELAYED 7:05") == "delayed #:#"


# When to ask again


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
    await rich.accepts(await rich.sends(), "r9")
    taken_at = rich.now
    rich.wait(minutes=1)

    due = await rich.polls_one()

    assert due == Due(order, ACC, RemoteId("r9"), taken_at)


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


# The charge


@pytest.mark.parametrize(
    ("charge", "currency", "told_charge"),
    [("5.00", "USD", "5 USD"), ("100", None, "100 USD"), ("0.9", "EUR", "0.9 EUR")],
)
async def test_a_charge_that_is_off_is_told_with_both_amounts(
    rich: Books, charge: str, currency: str | None, told_charge: str
) -> None:
    due = await rich.has_active()

    await rich.hears(due, says("In progress", charge=charge, currency=currency))

    assert await told(rich, OLGA) == [ChargeAlert(due.order, told_charge, "0.9 USD")]
    dossier = await rich.db.read(records.dossier, due.order)
    assert dossier is not None
    assert dossier.charge_currency == (currency or "")


async def test_a_currency_is_the_same_in_small_letters(rich: Books) -> None:
    due = await rich.has_active()

    await rich.hears(due, says("In progress", charge="0.9", currency="usd"))

    assert await told(rich, OLGA) == []


@pytest.mark.parametrize(("status", "off"), [("Pending", False), ("In progress", True)])
async def test_a_zero_is_no_charge_only_while_the_order_waits(
    rich: Books, status: str, off: bool
) -> None:
    due = await rich.has_active()

    await rich.hears(due, says(status, charge="0"))

    assert bool(await told(rich, OLGA)) is off


async def test_a_wrong_charge_pauses_its_own_service_and_every_process_sees_it(
    rich: Books,
) -> None:
    other, own = await rich.stocks(listed("other")), await rich.stocks(listed("own"))
    await rich.buys(service=own)
    await rich.accepts(await rich.sends())
    version = await rich.db.read(store.version)

    await rich.hears(await rich.polls_one(), says("In progress", charge="5"))

    paused = {one.id: one.paused for one in (await rich.db.read(store.load)).services}
    assert paused == {own.id: True, other.id: False}
    assert await rich.db.read(store.version) > version
