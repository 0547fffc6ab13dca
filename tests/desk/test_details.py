"""The desk sees customers with their money and orders, and lists orders by what they need."""

from bot.desk import details
from bot.desk.details import DeskFilter
from tests.stored_shop import ALICE, BOB, Books, says, usd


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
