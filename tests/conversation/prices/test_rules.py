"""Price rules in the chat: previewed, saved by a second tap, taken back, never on open cards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.chat.orders.taps import Confirm
from bot.orders.tables import quotes
from tests.conversation.human import ALICE, OTTO, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.prices.saving import price_seen, saves
from tests.conversation.shop import Shop
from tests.stored_shop import usd


async def total_of(human: Human, quantity: int) -> str:
    """What so many accounts cost on the confirm card."""
    await human.goes_to_confirm(quantity=str(quantity))
    return human.card.labels[-2][0].removeprefix("✅ Pay ")


async def test_a_rule_is_previewed_and_holds_from_the_second_tap_on(
    shop: Shop, alice: Human, olga: Human
) -> None:
    assert await price_seen(alice) == "Price: $0.12 each"
    await olga.sends("/price accplanet 100%")
    olga.sees_last("🚚 accplanet", "Rule: no rule of its own → +100%", "3 services change:")
    olga.sees_last("dearer: 3", "The largest moves:", "Aged account: $0.12 → $0.20")
    olga.sees_last("Rare account: $11.99 → $19.98")
    assert await price_seen(alice) == "Price: $0.12 each", "nothing is saved by looking"

    again = olga.button("Save")
    await olga.taps("Save")
    olga.sees_last(
        "✅ Saved. The new prices hold from now on.", "Its rule: +100%", "For 3 services"
    )
    assert await price_seen(alice) == "Price: $0.20 each"
    await olga.forges(again)
    olga.sees_last("That preview is over. This is what holds now.", "🚚 accplanet: +100%")
    changed = [act for act in await shop.acts_audited() if act[1] == "price rule"]
    assert changed == [("99", "price rule", "supplier:accplanet")]
    await olga.sends("/log")
    olga.sees_last("changed a price rule", "supplier accplanet", "off → 100%")
    assert not shop.trouble()


@on_sqlite
async def test_the_narrowest_rule_wins_and_leaves_the_rest_to_wider_ones(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await saves(olga, "/price shop 50% step 0.05")
    assert await total_of(alice, 3) == "$0.45"
    await saves(olga, "/price accplanet 71%")
    assert await total_of(alice, 3) == "$0.55", "$0.513 in steps of $0.05"
    await saves(olga, '/price "Social" +0.11')
    assert await total_of(alice, 3) == "$0.65", "3 x $0.21"
    await saves(olga, '/price "Social > Instagram" min 0.26')
    assert await total_of(alice, 3) == "$1.10", "3 x ($0.10 + $0.26)"
    await olga.taps("Back")
    olga.sees_last("🏪 The whole shop: +50% · totals in steps of $0.05")
    olga.sees_last("📁 Social › Instagram: margin at least $0.26")


async def test_ways_back(shop: Shop, alice: Human, olga: Human) -> None:
    await saves(olga, "/price shop 50%")
    await saves(olga, "/price shop 80%")
    await olga.taps("The former rule")
    olga.sees_last("Rule: +80% → +50%", "cheaper: ")
    await olga.taps("Save")
    assert await price_seen(alice) == "Price: $0.15 each"
    await saves(olga, "/price shop off")
    assert await price_seen(alice) == "Price: $0.12 each"
    await olga.sends("/price")
    olga.sees_last("There is no price rule yet.", "+20% · totals in steps of $0.01")
    await olga.sends("/log")
    olga.sees_last("off → 50%", "50% → 80%", "80% → 50%", "50% → off")


async def test_an_open_confirm_card_keeps_its_price(shop: Shop, alice: Human, olga: Human) -> None:
    await alice.goes_to_confirm()
    assert alice.card.labels[-2] == ("✅ Pay $0.36", "✖ Cancel")
    await saves(olga, "/price shop 100%")
    shop.clock.turn(timedelta(seconds=61))
    await alice.taps("Pay")
    await shop.works()
    assert (await alice.wallet()).held == usd("0.36")
    assert shop.accplanet.adds_received == 1

    await alice.goes_to_confirm()
    assert alice.card.labels[-2] == ("✅ Pay $0.60", "✖ Cancel")
    await saves(olga, "/price shop -50%")
    assert await price_shown_gone(alice)
    await alice.forges(await confirm_of(shop))
    await shop.works()
    assert (await alice.wallet()).held == usd("0.96"), "it was quoted before the rule"
    assert await shop.proof() == ()
    assert not shop.trouble()


async def price_shown_gone(human: Human) -> bool:
    await human.sends("/catalog")
    return human.card.find_button("Social") is None


async def confirm_of(shop: Shop) -> str:
    """The tap on the newest quote."""
    newest = select(func.max(quotes.c.id))
    quote = await shop.kiosk.db.read(lambda tx: tx.execute(newest).scalar_one())
    return Confirm(quote=quote).pack()


@on_sqlite
async def test_a_dearer_supplier_is_seen_under_a_rule_too(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    await saves(olga, "/price shop 100%")
    shop.accplanet.services["10042"].rate *= Decimal("1.25")
    shop.clock.turn(timedelta(seconds=61))
    await alice.taps("Pay")
    await shop.works()
    assert alice.card.labels[-2] == ("✖ Cancel", "✅ Pay $0.75")
    assert (await alice.wallet()).held == usd("0")


@on_sqlite
async def test_what_would_fall_below_cost_is_warned_of_and_not_sold(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/price #1 -10%")
    olga.sees_last("🏷 #1 Aged account", "1 service changes:", "no longer sold: 1")
    olga.sees_last("⚠️ 1 service would cost less than its supplier takes for it.", "• Aged account")
    await olga.taps("Save")
    await alice.sends("/start s_1")
    assert alice.card.find_button("Buy") is None
    await olga.sends("/price #1 min 0.02")
    olga.sees_last("Rule: −10% → −10% · margin at least $0.02", "sold again: 1")
    await olga.taps("Save")
    assert await price_seen(alice) == "Price: $0.12 each"


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("shop -100%", "the percentage has to be above -100"),
        ("shop 1e9%", "that is not a price rule"),
        ("shop 1000000000%", "the percentage has to be above -100 and at most 10,000."),
        ("shop NaN%", "that is not a price rule"),
        ("shop +inf", "that is not a price rule"),
        ("shop 20% +0.50", "a rule adds a percentage or an amount, not both"),
        ("shop 20% 30%", "the same was said twice"),
        ("shop 20", "is that a percentage or an amount? Write 20% or +20."),
        ("shop +1.000", "that can be read in two ways"),
        ("shop step 0.015", "the step has to be a multiple of $0.01"),
        ("shop step 0", "the step has to be a multiple of $0.01"),
        ("shop +0.10 min 0.50", "with a margin above the amount that is added"),
        ("gmail* 20%", "Names with * are for /hide and /show."),
        ("#999 20%", "nothing is called that"),
    ],
)
async def test_what_cannot_be_meant_is_explained_and_changes_nothing(
    shop: Shop, alice: Human, olga: Human, typed: str, why: str
) -> None:
    await saves(olga, "/price shop 50%")
    await olga.sends(f"/price {typed}")
    olga.sees_last(f"Nothing was changed: {why}" if why[0].islower() else why)
    assert olga.card.find_button("Save") is None
    await olga.sends("/price")
    olga.sees_last("🏪 The whole shop: +50%")
    assert await price_seen(alice) == "Price: $0.15 each"


@on_sqlite
async def test_another_value_is_typed_on_the_same_card(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/price shop 1e9%")
    cards = len(olga.person.messages)
    await olga.sends("50")
    olga.sees_last("Rule: no rule of its own → +50%")
    first = olga.button("Save")
    await olga.sends("70")
    olga.sees_last("Rule: no rule of its own → +70%")
    assert len(olga.person.messages) == cards
    await olga.forges(first)
    olga.sees_last("That preview is over. This is what holds now.", "There is no price rule yet.")
    assert await price_seen(alice) == "Price: $0.12 each"


async def test_a_rule_that_another_owner_changed_is_previewed_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends(f"/role {OTTO} none")
    otto = person(shop, OTTO, "Otto")
    await otto.sends("/start")
    await olga.sends("/role @otto owner")
    await olga.taps("Yes")
    await olga.sends("/price shop 50%")
    await saves(otto, "/price accplanet 90%")
    await olga.taps("Save")
    olga.sees_last("Nothing was saved: a price rule was changed meanwhile.")
    olga.sees_last("2 services change:", "Mailbox: $0.36 → $0.45")
    await olga.taps("Save")
    olga.sees_last("✅ Saved.")
    assert await price_seen(alice) == "Price: $0.19 each"


@on_sqlite
async def test_everything_by_buttons_on_one_card(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/desk")
    cards = len(olga.person.messages)
    await olga.taps("💲 Prices")
    olga.sees_last("Where no rule says otherwise: +20% · totals in steps of $0.01")
    await olga.taps("Something else…")
    await olga.taps("accplanet")
    await olga.taps("Amount…")
    olga.sees_last("Type the amount to add", "for 1,000 where the supplier lists a price of 1,000")
    await olga.sends("0,5")
    olga.sees_last("Rule: no rule of its own → +$0.50", "Aged account: $0.12 → $0.60")
    await olga.taps("Save")
    await olga.taps("Step…")
    await olga.sends("0.25")
    await olga.taps("Save")
    olga.sees_last("Its rule: +$0.50 · totals in steps of $0.25")
    assert await total_of(alice, 1) == "$0.75"
    await olga.taps("Back")
    await olga.taps("Something else…")
    await olga.taps("📁 Social")
    await olga.taps("What is in it…")
    await olga.taps("📁 Instagram")
    await olga.taps("Least margin…")
    await olga.sends("nonsense")
    olga.sees_last("Nothing was changed: that is not a price rule.", "Type the least")
    await olga.sends("0.70")
    await olga.taps("Save")
    olga.sees_last("Its rule: margin at least $0.70", "🚚 accplanet: +$0.50")
    await olga.taps("Remove this rule")
    olga.sees_last("Rule: margin at least $0.70 → no rule of its own")
    await olga.taps("Save")
    assert len(olga.person.messages) == cards
    assert not shop.trouble()


@on_sqlite
async def test_viewers_read_and_only_owners_change(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/price shop 50%")
    save = olga.button("Save")
    await olga.taps("Save")
    await olga.sends(f"/role {ALICE} viewer")
    await olga.taps("Yes")
    await alice.sends("/price")
    alice.sees_last("🏪 The whole shop: +50%")
    await alice.taps("The whole shop")
    assert alice.card.find_button("Percentage…") is None
    await alice.sends("/price shop 10%")
    alice.sees_last("Nothing was done: your role does not permit this.")
    await alice.forges(save)
    alice.sees_last("Nothing was done: your role does not permit this.")


@on_sqlite
async def test_a_name_of_two_things_is_asked_back(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/price instagram 10%")
    olga.sees_last("Nothing was changed. That can mean several things: which one do you mean?")
    await olga.taps("Social › Instagram")
    olga.sees_last("📁 Social › Instagram", "Rule: no rule of its own → +10%")
    await olga.sends("/price instagarm +0.25")
    olga.sees_last("Nothing was changed: nothing is called that. Do you mean one of these?")
    old = olga.button("Social › Instagram")
    await olga.sends("#1")
    olga.sees_last("🏷 #1 Aged account", "Rule: no rule of its own → +$0.25")
    await olga.forges(old)
    olga.sees_last("📁 Social › Instagram", "Its rule: no rule of its own")
    await olga.sends("/price social*")
    olga.sees_last("Names with * are for /hide and /show.", "What is the price for?")


@on_sqlite
async def test_a_preview_outlives_a_restart(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/price shop 50%")
    async with shop.restarted():
        await shop.kiosk.recover()
        await olga.taps("Save")
        olga.sees_last("✅ Saved.")
        assert await price_seen(alice) == "Price: $0.15 each"
