"""Wherever a customer may meet a service that was hidden, it is not sold there."""

from tests.conversation.favourites.walks import BACK, labels, opens, stocks, waits_for
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.sharing.offers import titles, typed
from tests.conversation.shelf.test_hiding import hides
from tests.conversation.shop import Shop


@on_sqlite
async def test_a_favourite_says_that_it_is_no_longer_sold(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await opens(alice)
    await alice.taps("☆ Favorite")
    await hides(olga, "#2")
    await alice.sends("/start")
    await alice.taps("Favorites")
    assert labels(alice)[0] == "✖ Fresh account · no longer sold"


@on_sqlite
async def test_who_waits_for_it_is_told_when_it_is_shown_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await stocks(shop, 0)
    await waits_for(alice)
    await hides(olga, "#2")
    await stocks(shop, 5)
    await shop.works()
    alice.sees_nothing_of(BACK)
    await olga.sends("/show #2")
    await olga.taps("👁 Show")
    await shop.works()
    alice.sees(BACK)


@on_sqlite
async def test_it_is_not_offered_inline(shop: Shop, alice: Human, olga: Human) -> None:
    await alice.does(typed("fresh"))
    assert any("Fresh account" in one for one in titles(alice))
    await hides(olga, "fresh*")
    await alice.does(typed("fresh acc"))
    assert not any("Fresh account" in one for one in titles(alice))


@on_sqlite
async def test_an_old_card_buys_nothing(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/topup 11 5")
    await opens(alice)
    buy = alice.button("Buy")
    await hides(olga, "#2")
    await alice.forges(buy)
    alice.sees_last("no longer sold")
    assert await alice.count_orders() == 0
