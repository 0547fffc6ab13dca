"""A price rule reaches whoever is concerned, and stays through readings and restarts."""

from bot.suppliers.words import Kind
from tests.conversation.favourites.walks import opens
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.prices.saving import price_seen, saves
from tests.conversation.rentals.counter import HSTOCK, PROJECTS
from tests.conversation.shop import Shop


async def test_a_rule_stays_through_readings_and_restarts(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await saves(olga, '/price "Social > Instagram" 50%')
    shop.accplanet.services["10042"].rate *= 2
    await shop.refreshes()
    assert await price_seen(alice) == "Price: $0.30 each"
    async with shop.restarted():
        await shop.kiosk.recover()
        assert await price_seen(alice) == "Price: $0.30 each"


@on_sqlite
async def test_a_rule_follows_a_category_that_is_renamed(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await saves(olga, '/price "Social > Instagram" 50%')
    await olga.sends("/category Social > Instagram")
    await olga.taps("Rename…")
    await olga.sends("Insta")
    await alice.sends("/start s_1")
    alice.sees_last("Price: $0.15 each", "Social › Insta")
    await olga.sends("/price insta")
    olga.sees_last("📁 Social › Insta", "Its rule: +50%")
    await saves(olga, "/price insta off")
    await olga.sends("/price")
    olga.sees_last("There is no price rule yet.")


@on_sqlite
async def test_who_waits_for_a_lower_price_is_told_of_a_rule(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await opens(alice)
    await alice.taps("Tell me if it gets cheaper")
    await saves(olga, "/price shop 10%")
    await shop.works()
    alice.sees("Fresh account costs less now: $3.00 → $2.75")


@on_sqlite
async def test_numbers_have_a_price_by_rules_as_well(shop: Shop, olga: Human) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[HSTOCK])
    await saves(olga, "/price hstockplus 100% step 0.01")
    shelf = shop.kiosk.shop.shelf.now
    numbers = [one for one in shelf.services() if one.kind is Kind.NUMBER]
    assert numbers
    for one in numbers:
        offer = shelf.find_shown(one.id)
        assert offer is not None
        assert offer.pricing.markup_percent == 100
        assert offer.price == offer.pricing.total(one.listed.rate, 1, 1)


@on_sqlite
async def test_two_taps_within_a_moment_save_once(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/price shop 50%")
    save, card = olga.button("Save"), olga.card.message_id
    for _ in range(5):
        olga.person.taps_raw(save, card)
    await shop.hears()
    acts = [act for act in await shop.acts_audited() if act[1] == "price rule"]
    assert len(acts) == 1
    assert await price_seen(alice) == "Price: $0.15 each"
