"""Operators are warned of a balance before it runs dry, without a setting."""

from decimal import Decimal

from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

LOW = "⚠️ Our balance at accplanet is low"
HIGH = "🟢 Our balance at accplanet is no longer low."


async def reads(shop: Shop, balance: str) -> None:
    """A balance that every timed reading finds."""
    shop.accplanet.balance = Decimal(balance)
    await shop.leaps(1, minutes=6)


async def test_a_balance_below_the_dearest_service_is_told_once_and_once_when_it_is_over(
    shop: Shop, olga: Human
) -> None:
    await reads(shop, "9.99")
    assert LOW not in olga.chat

    await reads(shop, "9.98")
    await reads(shop, "9.5")
    olga.sees(f"{LOW}: 9.98 USD. The dearest service on sale costs 9.99 USD.")
    assert olga.chat.count(LOW) == 1

    await reads(shop, "9.99")
    await reads(shop, "40")
    assert olga.chat.count(HIGH) == 1
    assert "hstockplus is low" not in olga.chat
    assert not shop.trouble()


async def test_a_balance_below_what_the_last_day_cost_is_told(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.default_timeline = completes(1)
    await olga.sends(f"/topup {alice.id} 500")
    for service, quantity in (("Aged account", 100), ("Fresh account", 1)):
        await alice.buys_unseen(service, quantity)
        await shop.works()
    await reads(shop, "12.5")
    assert LOW not in olga.chat

    await reads(shop, "12.49")
    olga.sees(f"{LOW}: 12.49 USD. The orders of the last day cost 12.5 USD.")

    await shop.leaps(1, hours=24)  # and those orders were made before that
    olga.sees(HIGH)
    assert olga.chat.count(LOW) == 1


@on_sqlite
async def test_a_balance_that_goes_up_and_down_is_told_once_an_hour(
    shop: Shop, olga: Human
) -> None:
    for balance in ("9", "10", "9", "10", "9"):
        await reads(shop, balance)
    assert olga.chat.count(LOW) == 1

    await shop.leaps(10, minutes=6)
    assert olga.chat.count(LOW) == 2
