"""The desk at a glance, help and menus in the chat, as each role reads them."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from decimal import Decimal

from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import trouble
from tests.conversation.desk.claiming import came, reports
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

LOST = "I did not understand that."


async def test_the_desk_shows_money_suppliers_and_what_waits(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys(quantity="3")
    await shop.works()
    await shop.passes(seconds=30)
    await olga.sends("/desk")

    olga.sees_last("Desk", "Nothing waits for you.", "Today", "Orders: 1", "Last 7 days")
    olga.sees_last("Revenue: $", "Cost: $", "Margin: $", "Given back: $0.00")
    olga.sees_last("Suppliers", "accplanet", "hstockplus")
    for label in ("In doubt", "Attention", "All orders", "Suppliers", "Log", "Who runs the shop"):
        assert olga.card.find_button(label) is not None
    assert not shop.trouble()


@on_sqlite
async def test_what_waits_is_counted_on_the_buttons_and_on_the_operators_home(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/start")
    assert olga.card.labels[0] == ("⚙️ Desk",)
    shop.accplanet.plan(trouble(1))
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=30)

    await olga.sends("/start")
    assert olga.card.labels[0] == ("⚙️ Desk · 1",)
    await olga.taps("Desk · 1")
    assert olga.card.find_button("Attention · 1") is not None
    assert "Nothing waits" not in olga.card.text
    await olga.taps("Attention · 1")
    olga.sees_last("Attention", "1 order")
    await alice.sends("/start")
    assert alice.card.find_button("⚙️ Desk") is None
    assert not shop.trouble()


@on_sqlite
async def test_open_claims_are_counted_and_one_tap_away(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice)
    await olga.sends("/start")
    await olga.taps("⚙️ Desk · 1")
    await olga.taps("⚠️ Claims · 1")
    olga.sees_last("Open claims", "1 claim")
    assert not shop.trouble()


@on_sqlite
async def test_a_suppliers_balance_is_read_when_somebody_looks(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await shop.passes(minutes=1)
    shop.accplanet.balance = Decimal(777)
    await olga.sends("/desk")
    olga.sees_last("777 USD")
    asked = _balances(shop)
    await olga.taps("🔄 Refresh")
    assert _balances(shop) == asked  # it was read just now
    assert not shop.trouble()


@on_sqlite
async def test_a_supplier_that_does_not_answer_keeps_no_operator_waiting(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await shop.passes(minutes=2)
    shop.accplanet.faults.always("balance", wire_faults.hang(timedelta(minutes=2)))
    async with asyncio.timeout(30):  # the supplier never answers
        await olga.sends("/desk")
    olga.sees_last("Desk", "accplanet", "minutes ago")
    assert not shop.trouble()


def _balances(shop: Shop) -> int:
    return len(shop.accplanet.received_of("balance"))


@on_sqlite
async def test_each_role_reads_what_it_may_see(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await alice.sends("/start")
    await becomes(olga, BORIS, "cashier")
    await boris.sends("/desk")
    boris.sees_last("Desk", "Nothing waits for you.")
    for hidden in ("Today", "Revenue", "Suppliers"):
        assert hidden not in boris.card.text
    ways = (("Requests for credit",), ("🔄 Refresh", "❓ Commands"), ("🏠 Home",))
    assert boris.card.labels == ways

    await becomes(olga, BORIS, "viewer")
    await boris.sends("/desk")
    boris.sees_last("Today", "Revenue", "Suppliers", "Nothing waits for you.")
    assert boris.card.find_button("Who runs the shop") is None

    await becomes(olga, BORIS, "support")
    await boris.sends("/desk")
    boris.sees_last("Today", "Suppliers")
    assert boris.card.find_button("Log") is not None
    assert not shop.trouble()


@on_sqlite
async def test_help_lists_each_command_of_a_role_with_an_example(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends("/help")
    for example in ("/topup @alice 25", "/order 12", "/orders doubt", "/role @alice support"):
        olga.sees_last(example)
    await olga.taps("❓ Help for customers")
    olga.sees_last("Choose something in the catalog")

    await becomes(olga, BORIS, "cashier")
    await boris.sends("/help")
    boris.sees_last("/topup @alice 25", "/user @alice", "/desk")
    assert "/role" not in boris.card.text
    assert "/order" not in boris.card.text
    await alice.sends("/help")
    alice.sees_last("Choose something in the catalog")
    assert not shop.trouble()


@on_sqlite
async def test_operators_who_are_not_understood_read_the_desks_list_and_customers_theirs(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for words in ("/nonsense", "good morning"):
        await olga.sends(words)
        olga.sees_last(LOST, "/topup @alice 25")
        assert olga.card.find_button("⚙️ Desk") is not None
        await alice.sends(words)
        alice.sees_last(LOST if words.startswith("/") else "Nothing found for “good morning”.")
        assert "/topup" not in alice.card.text
        assert alice.card.find_button("🛍 Catalog") is not None
    assert not shop.trouble()


@on_sqlite
async def test_a_curious_customer_finds_no_desk(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/desk")
    await alice.sends("/start")
    for data in ("dh", "ha"):
        await alice.forges(data)
        assert alice.toast == "This button is out of date."
        assert "Welcome" in alice.card.text
    assert not shop.trouble()
