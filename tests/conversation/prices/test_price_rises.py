"""A price that rises far is sold at only after an operator agreed to it."""

from dataclasses import replace
from decimal import Decimal

from tests.conversation.human import Human
from tests.conversation.shop import Shop
from tests.conversation.suppliers.test_price_jumps import JUMPED, costs

WAIT = "Prices to agree to"


async def rises(shop: Shop, **rates: str) -> None:
    """The supplier asks more, and its catalogue is read."""
    costs(shop, **rates)
    await shop.refreshes()
    await shop.works()


async def test_a_rise_hides_a_service_until_an_operator_agrees(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await rises(shop, _10042="0.20")
    olga.sees(JUMPED, "⏸ 1 of them is not sold until you agree to its new price.")
    await alice.sends("/start")
    await alice.taps("Catalog")
    await alice.finds_account("Aged account")
    alice.sees_last("⏸ Paused")
    assert alice.card.find_button("Buy") is None
    assert alice.card.find_button("🔔") is not None

    await olga.sends("/desk")
    await olga.taps(f"⏸ {WAIT} · 1")
    await olga.taps("$0.12 → $0.24 · Aged account")
    olga.sees_last("accplanet asks 0.2 instead of 0.1.", "Customers would pay: $0.12 → $0.24")
    agree = olga.button("✅ Sell at the new price")
    await olga.taps("✅ Sell at the new price")
    olga.sees_last("✅ It is sold at the new price from now on.", "Nothing waits")
    await olga.forges(agree)
    olga.sees_last("Nothing was changed")
    await shop.works()
    await alice.buys()
    alice.sees_last("$0.72")
    audited = [act[1] for act in await shop.acts_audited()]
    assert audited.count("confirm price") == 1
    assert not shop.trouble()


async def test_a_price_that_comes_back_is_sold_by_itself(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await rises(shop, _10042="0.20")
    await olga.sends("/jumps")
    await olga.taps("Aged account")
    await olga.taps("🙈 Keep it hidden")
    olga.sees_last("🙈 It stays hidden", "🙈 1 is kept hidden.")
    await olga.sends("/desk")
    assert olga.card.find_button(WAIT) is None

    await rises(shop, _10042="0.12")
    await olga.sends("/jumps")
    olga.sees_last("Nothing waits: no price has jumped.")
    await alice.buys()
    alice.sees_last("$0.44")
    assert not shop.trouble()


async def test_a_rise_right_before_the_payment_stops_it(
    shop: Shop, alice: Human, olga: Human
) -> None:
    before = await alice.wallet()
    await alice.goes_to_confirm()
    costs(shop, _10042="0.20")
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged.", "paused for a", "Aged account", "⏸ Paused")
    assert alice.card.find_button("🔔 Tell me when it is back") is not None
    assert await alice.wallet() == before
    assert await alice.count_orders() == 0
    assert shop.accplanet.orders == {}

    await shop.refreshes()
    await shop.works()
    olga.sees(JUMPED, "Aged account: $0.12 → $0.24")
    await olga.sends("/jumps")
    assert olga.card.find_button("$0.12 → $0.24") is not None


async def test_an_open_price_is_not_charged_after_the_rise_was_stored(
    shop: Shop, alice: Human, olga: Human
) -> None:
    """Also where this process could not look at the supplier again."""
    before = await alice.wallet()
    await alice.goes_to_confirm()
    await rises(shop, _10042="0.20")
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged.")
    assert await alice.wallet() == before


async def test_a_small_rise_is_shown_and_sold(shop: Shop, alice: Human, olga: Human) -> None:
    await alice.goes_to_confirm()
    costs(shop, _10042="0.12")
    await alice.taps("Pay")
    alice.sees_last("$0.44")
    olga.sees_nothing_of(JUMPED)


async def test_many_rises_are_one_alert_and_one_word(
    shop: Shop, alice: Human, olga: Human
) -> None:
    some = shop.accplanet.services["10042"]
    many = {f"2{n:04}": replace(some, id=f"2{n:04}", name=f"Account {n}") for n in range(1000)}
    shop.accplanet.services.update(many)
    await shop.refreshes()
    for key, one in many.items():
        shop.accplanet.services[key] = replace(one, rate=Decimal("0.30"))
    await shop.refreshes()
    await shop.works()
    assert olga.chat.count(JUMPED) == 1
    await olga.sends("/jumps")
    await olga.taps("✅ Agree to all 1,000 of accplanet")
    olga.sees_last("Sell 1,000 services of accplanet at their new prices?")
    seen = olga.button("✅ Agree to all")
    costs(shop, _10042="0.20")
    await shop.refreshes()
    await olga.forges(seen)
    olga.sees_last(
        "✅ 1,000 services are sold at their new prices from now on.", "Prices that wait"
    )
    assert olga.card.find_button("Aged account") is not None  # it rose after they looked
    await olga.forges(seen)
    olga.sees_last("Nothing was changed")
