"""Looking things up at the desk, bans, and what reaches operators unasked."""

from decimal import Decimal

from bot.base.ids import CustomerId
from bot.desk import details
from bot.desk.details import DeskFilter
from bot.people import customers
from sandbox.suppliers.timelines import completes, trouble
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, BORIS, OLGA, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@on_sqlite
async def test_a_customer_is_found_with_money_orders_and_movements(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys()
    for who in (str(ALICE), "@alice", "alice"):
        await olga.sends(f"/user {who}")
        olga.sees_last(
            "11 · @alice · “Alice”", "$9.64", "Set aside for open orders: $0.36", "Orders: 1"
        )
        olga.sees_last("+$10.00 · top-up", "−$0.36 · hold · #1")
    for who in ("", "@nobody", "1 2", "0", "x" * 300):
        await olga.sends(f"/user {who}".strip())
        assert "Write it like this" in olga.card.text or "I do not know" in olga.card.text
    await olga.sends("/user 11")
    await olga.taps("#1")
    olga.sees_last("Order #1", "Alice")
    assert not shop.trouble()


@on_sqlite
async def test_an_order_is_found_by_its_number_in_any_script(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.buys()
    await shop.works()
    for number in ("1", "#1", "١", " 1 "):
        await olga.sends(f"/order {number}")
        olga.sees_last("Order #1", "Aged account", "Alice")
    await olga.sends("/order 99")
    olga.sees_last("There is no order with this number.")
    for typed in ("", "abc", "-1", "1.5", "9" * 30):
        await olga.sends(f"/order {typed}".strip())
        assert "Order #1" not in olga.card.text
    olga.sees_nothing_of("acc-key-canary")
    assert not shop.trouble()


@on_sqlite
async def test_orders_are_filtered(shop: Shop, alice: Human, olga: Human) -> None:
    shop.accplanet.plan(completes(1))
    shop.accplanet.plan(trouble(1))
    for _ in range(2):
        await alice.buys()
        await shop.works()
    await shop.passes(seconds=4)
    await alice.buys()
    counts = {"": 3, "open": 2, "doubt": 0, "attention": 1, "OPEN": 2}
    for word, count in counts.items():
        await olga.sends(f"/orders {word}".strip())
        found = [b for b in olga.card.buttons if b.text.startswith("#")]
        assert len(found) == count, word
    await olga.sends("/orders doubt")
    olga.sees_last("In doubt", "Nothing here.")
    await olga.taps("Attention")
    olga.sees_last("Attention", "1 order")
    await olga.taps("#2")
    olga.sees_last("Order #2")
    await olga.sends("/orders nonsense")
    olga.sees_last("/orders [open|doubt|attention]")
    assert not shop.trouble()


@on_sqlite
async def test_suppliers_are_shown_with_balances_and_what_is_hidden(
    shop: Shop, olga: Human
) -> None:
    await olga.sends("/suppliers")
    olga.sees_last("accplanet", "hstockplus", "🟢 Answers", "100 USD", "On sale: 3")
    olga.sees_last("Hidden:", "1: a type that needs more than a link")
    olga.sees_nothing_of("acc-key-canary", "hst-key-canary")
    assert not shop.trouble()


@on_sqlite
async def test_suppliers_are_asked_when_an_operator_looks_and_have_one_state_each(
    shop: Shop, olga: Human
) -> None:
    await olga.sends("/suppliers")
    shop.accplanet.balance = Decimal(500)
    await olga.taps("Refresh")
    olga.sees_last("500 USD")

    shop.accplanet.key, shop.hstockplus.key = "another", "another"
    await olga.taps("Refresh")
    olga.sees_last("⏸ New sales are paused", "Not sold meanwhile: 3")
    assert "🟢" not in olga.card.text
    assert "On sale" not in olga.card.text

    shop.accplanet.key = "acc-key-canary"
    await olga.taps("Refresh")
    olga.sees_last("🟢 Answers", "On sale: 3", "500 USD")


@on_sqlite
async def test_a_balance_that_covers_no_order_is_told_once(
    database_url: str, clock: TurnableClock
) -> None:
    async with open_shop(database_url, clock) as shop:
        olga = person(shop, OLGA, "Olga")
        await olga.sends("/start")
        shop.accplanet.balance = usd("0").decimal
        await olga.sends(f"/topup {OLGA} 10")
        await olga.buys()
        await shop.works()
        await shop.leaps(4, minutes=5)

        assert olga.chat.count("🔴 Our balance at accplanet does not cover an order.") == 1
        assert (await olga.wallet()).free == usd("10")
        assert await shop.proof() == ()
        assert not shop.trouble()


@on_sqlite
async def test_a_banned_customer_may_look_and_not_buy(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    await olga.sends("/user @alice")
    await olga.taps("Ban from buying")
    olga.sees_last("Stop this customer from buying?")
    await olga.taps("Ban from buying")
    olga.sees_last("Banned: may look, not buy.")
    await alice.taps("Pay")
    alice.sees_last(
        "Nothing was charged. You cannot buy here at the moment; please write to /support."
    )
    assert (await alice.wallet()).free == usd("10")
    await alice.sends("/catalog")
    alice.sees_last("Choose a category.")

    await olga.taps("Allow buying again")
    await olga.taps("Allow buying again")
    await alice.buys()
    alice.sees_last("Order #1")
    assert await shop.proof() == ()


COMMANDS = (
    *("/topup 12 5", "/credit @boris 5", "/debit @alice 5", "/user @alice", "/order 1"),
    *("/desk", "/suppliers", "/TOPUP 12 5", "/topup@kiosk_demo_bot 12 5"),
)


@on_sqlite
async def test_operators_commands_are_unknown_to_customers(
    shop: Shop, alice: Human, boris: Human
) -> None:
    await boris.sends("/nonsense")
    unknown = boris.card.text, boris.card.labels
    for command in COMMANDS:
        await boris.sends(command)
        assert (boris.card.text, boris.card.labels) == unknown
    await boris.sends("/orders attention")
    boris.sees_last("You have no orders yet.")
    await shop.works()

    assert (await boris.wallet()).free == usd("0")
    assert (await alice.wallet()).free == usd("10")
    assert (await shop.kiosk.shop.desk.db.read(details.list_orders, DeskFilter.ALL, 0)).total == 0
    assert await shop.kiosk.shop.desk.db.read(customers.find, CustomerId(BORIS))
