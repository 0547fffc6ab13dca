"""A customer at the desk: notes, limits, and whatever is found."""

from __future__ import annotations

from bot.base.ids import OrderId
from bot.orders.goods.deliver import known_goods
from sandbox.suppliers.timelines import completes
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import ALICE, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


@on_sqlite
async def test_a_limit_is_typed_and_what_is_more_is_not_sold(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends(f"/user {ALICE}")
    await olga.taps("Limits")
    olga.sees_last("Orders in one hour: no limit of their own")
    await olga.taps("Orders in one hour")
    await olga.sends("many")
    olga.sees_last("Nothing was changed: that cannot be a limit.", "Type a whole number")
    await olga.sends("1")
    olga.sees_last("✅ Changed.", "Orders in one hour: 1")
    await olga.taps("Spending in one day")
    await olga.sends("5")
    olga.sees_last("Spending in one day: $5.00")

    await alice.buys()
    await alice.buys()
    assert "Orders you can place in one hour: 1." in alice.toast or alice.times(
        "Orders you can place in one hour: 1."
    )
    assert await alice.count_orders() == 1

    await olga.sends(f"/user {ALICE}")
    olga.sees_last("Orders in one hour: 1", "Spending in one day: $5.00")
    await olga.taps("Limits")
    await olga.taps("Remove limit")
    olga.sees_last("Orders in one hour: no limit of their own")
    await alice.buys()
    assert await alice.count_orders() == 2
    assert not shop.trouble()


@on_sqlite
async def test_a_note_is_typed_read_and_removed(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends(f"/user {ALICE}")
    await olga.taps("Note")
    await olga.sends("pays in cash")
    olga.sees_last("📝 Note: pays in cash")
    await becomes(olga, BORIS, "viewer")
    await boris.sends(f"/user {ALICE}")
    boris.sees_last("📝 Note: pays in cash")
    assert boris.card.find_button("Limits") is None
    await olga.sends(f"/user {ALICE}")
    await olga.taps("Note")
    await olga.sends("-")
    assert "pays in cash" not in olga.card.text
    alice.sees_nothing_of("pays in cash")
    assert not shop.trouble()


@on_sqlite
async def test_an_account_that_was_delivered_leads_to_its_order(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    shop.accplanet.plan(completes(3))
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=10)
    await shop.works()
    goods = (await shop.kiosk.db.read(known_goods, OrderId(1)))[0]
    await olga.sends(f"/find {goods}")
    olga.sees_last("Orders", "#1")
    olga.sees_nothing_of(goods)
    await olga.taps("#1")
    olga.sees_last("Order #1", "“Alice”")
    await olga.sends("/find alice")
    olga.sees_last("Customers", "11 · @alice · “Alice”")
    await olga.sends("/find nothing-like-it")
    olga.sees_last("Nothing was found.")
    await olga.sends("/find")
    olga.sees_last("Write it like this")
    await boris.sends(f"/find {goods}")
    boris.sees_last("I did not understand that.")
    assert not shop.trouble()
