"""The first screen knows its reader: what is open, what was bought last, and whether to top up."""

from decimal import Decimal

from bot.chat.orders.taps import OrderAgain
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


def labels(human: Human) -> list[str]:
    return [label for row in human.card.labels for label in row]


def blue(human: Human) -> list[str]:
    return [button.text for button in human.card.buttons if button.style == "primary"]


@on_sqlite
async def test_top_up_is_the_blue_button_while_the_balance_buys_nothing(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await boris.sends("/start")
    boris.sees_last("Balance: $0.00")
    assert blue(boris) == ["➕ Top up"]

    await olga.sends("/topup @boris 0.000001")
    await boris.sends("/start")
    assert blue(boris) == ["➕ Top up"]

    await olga.sends("/topup @boris 10")
    await boris.sends("/start")
    assert "➕ Top up" not in labels(boris)
    assert "🛍 Catalog" in blue(boris)


async def test_open_orders_are_counted_and_the_last_purchase_is_one_button(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("/start")
    assert "📦 Orders" in labels(alice)
    assert not any(label.startswith("🔁") for label in labels(alice))

    shop.accplanet.plan(completes(1))
    await alice.buys()
    await shop.works()
    await alice.sends("/start")
    assert "📦 Orders (1)" in labels(alice)
    assert OrderAgain.unpack(alice.button("🔁 Aged account × 3 · $0.36")).order == 1

    await shop.passes(seconds=12)
    await alice.sends("/start")
    assert "📦 Orders" in labels(alice)
    assert "🔁 Aged account × 3 · $0.36" in labels(alice)
    assert not shop.trouble()


@on_sqlite
async def test_the_last_purchase_costs_what_it_costs_today_and_is_gone_with_the_stock(
    shop: Shop, alice: Human
) -> None:
    await alice.buys()
    await shop.works()
    aged = next(one for one in shop.accplanet.services.values() if one.name == "Aged account")
    aged.rate *= Decimal("1.25")
    await shop.refreshes()
    await alice.sends("/start")
    assert "🔁 Aged account × 3 · $0.45" in labels(alice)

    aged.stock = 2
    await shop.refreshes()
    await alice.sends("/start")
    assert not any(label.startswith("🔁") for label in labels(alice))


@on_sqlite
async def test_an_operator_finds_the_desk_above_their_own_first_screen(
    shop: Shop, olga: Human
) -> None:
    await olga.sends("/start")
    assert olga.card.labels[0][0].startswith("⚙️ Desk")
    assert "🛍 Catalog" in labels(olga)
