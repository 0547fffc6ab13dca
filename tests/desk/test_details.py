"""The desk sees customers with their money and orders, and lists orders by what they need."""

from dataclasses import replace

from bot.base.ids import OrderId, SupplierName
from bot.desk import details
from bot.desk.details import DeskFilter, SharedCause
from bot.orders.rules.moves import Reason
from tests.stored_shop import ACC, ALICE, BOB, Books, says, usd


async def test_the_desk_sees_a_customer_with_money_and_orders(rich: Books) -> None:
    due = await rich.has_active(total="2")
    await rich.buys(total="3")

    card = await rich.db.read(details.customer_card, ALICE)

    assert card is not None
    assert (card.wallet.free, card.wallet.held) == (usd("5"), usd("5"))
    assert (card.order_count, card.orders[-1].id) == (2, due.order)
    assert await rich.db.read(details.customer_card, BOB) is None


async def test_the_desk_lists_orders_by_what_they_need(rich: Books) -> None:
    doubt = (await rich.in_doubt()).order
    attention = (await rich.needs_person(total="3")).order
    done = await rich.has_active(total="1")
    await rich.hears(done, says("Completed", "a"))

    listed = {
        which: [row.id for row in (await rich.db.read(details.list_orders, which, 0)).rows]
        for which in DeskFilter
    }

    assert listed == {
        DeskFilter.ALL: [done.order, attention, doubt],
        DeskFilter.OPEN: [attention, doubt],
        DeskFilter.DOUBT: [doubt],
        DeskFilter.ATTENTION: [attention],
    }


async def test_orders_that_need_a_person_for_one_reason_are_counted_together(rich: Books) -> None:
    first = (await rich.needs_person(total="2")).order
    alone = SharedCause(ACC, Reason.TROUBLE_STATUS, 1, first, usd("2"))
    assert await rich.db.read(details.list_shared_causes, {ACC}) == ()
    assert await rich.db.read(details.find_shared_cause, {ACC}, first) is None

    second = (await rich.needs_person(total="3")).order
    waits = await rich.buys(total="1")
    both = replace(alone, count=2, total=usd("5"))

    assert await rich.db.read(details.list_shared_causes, {ACC}) == (both,)
    for order in (first, second):
        assert await rich.db.read(details.find_shared_cause, {ACC}, order) == both
    assert await rich.db.read(details.find_shared_cause, {ACC}, waits) is None
    assert await rich.db.read(details.find_shared_cause, {ACC}, OrderId(99)) is None


async def test_at_a_supplier_that_is_gone_only_orders_count_of_which_nothing_came(
    rich: Books,
) -> None:
    orders = [(await rich.needs_person(total="2")).order for _ in range(3)]
    await rich.sql(f"UPDATE orders SET batches = 1 WHERE id = {orders[0]}")  # noqa: S608 - our own id

    for known, count in (({ACC}, 3), (set[SupplierName](), 2)):
        [cause] = await rich.db.read(details.list_shared_causes, known)
        assert cause.count == count
