"""A customer marks what they like and finds it again from the first screen."""

from bot.base.ids import CustomerId
from bot.catalog.tables import favourites
from bot.catalog.wanted.favourites import MOST_FAVOURITES
from bot.db.tx import Tx, insert_for
from sandbox.suppliers.timelines import completes
from tests.conversation.favourites.walks import labels, opens, stocks
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

EMPTY = "Nothing here yet. Tap ☆ on anything in the catalog to keep it here."


async def test_a_marked_service_is_found_from_the_first_screen(shop: Shop, alice: Human) -> None:
    await alice.sends("/start")
    await alice.taps("Favorites")
    alice.sees_last(EMPTY)
    await opens(alice)
    await alice.taps("☆ Favorite")
    assert alice.toast == "★ It is in your favorites now."
    assert "★ Favorite" in labels(alice)

    await alice.sends("/start")
    await alice.taps("Favorites")
    assert labels(alice)[0] == "★ Fresh account · $3.00 · 4 in stock"
    await alice.taps("★ Fresh account")
    await alice.taps("★ Favorite")
    assert alice.toast == "Removed from your favorites."
    assert "☆ Favorite" in labels(alice)
    await alice.sends("/start")
    await alice.taps("Favorites")
    alice.sees_last(EMPTY)
    assert not shop.trouble()


@on_sqlite
async def test_the_same_tap_twice_changes_nothing_more(shop: Shop, alice: Human) -> None:
    await opens(alice)
    mark = alice.button("☆ Favorite")
    await alice.forges(mark)
    unmark = alice.button("★ Favorite")
    await alice.forges(mark)
    assert "★ Favorite" in labels(alice)
    await alice.forges(unmark)
    await alice.forges(unmark)
    assert "☆ Favorite" in labels(alice)


@on_sqlite
async def test_marked_ones_stand_first_then_awaited_ones_then_the_last_bought(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(1))
    await stocks(shop, 0)
    await alice.buys(quantity="1")
    await shop.works()
    await opens(alice)
    await alice.taps("Tell me when it is back")
    await alice.sends("/start")
    for label in ("Catalog", "Games", "Rare account", "☆ Favorite"):
        await alice.taps(label)

    await alice.sends("/start")
    await alice.taps("Favorites")

    assert labels(alice)[:3] == [
        "★ Rare account · $11.99 · 100 in stock",
        "🔔 Fresh account · $3.00 · ❌ sold out",
        "🔁 Aged account · $0.12 · 100 in stock",
    ]


@on_sqlite
async def test_a_favourite_that_is_gone_says_so_and_goes_away_by_a_tap(
    shop: Shop, alice: Human
) -> None:
    await opens(alice)
    await alice.taps("☆ Favorite")
    del shop.accplanet.services["10043"]
    await shop.refreshes()

    await alice.sends("/start")
    await alice.taps("Favorites")
    alice.sees_last("Tap ✖ to remove what is no longer sold.")
    await alice.taps("✖ Fresh account · no longer sold")

    assert alice.toast == "Removed from your favorites."
    alice.sees_last(EMPTY)


@on_sqlite
async def test_nine_favourites_come_in_pages(shop: Shop, alice: Human) -> None:
    for nth in range(9):
        shop.accplanet.put(account(20_000 + nth, f"Thing {nth}", "1", category="Many"))
    await shop.refreshes()
    for nth in range(9):
        await alice.sends("/start")
        await alice.taps("Catalog")
        await alice.taps("Many")
        if nth == 8:
            await alice.taps("▶")
        await alice.taps(f"Thing {nth}")
        await alice.taps("☆ Favorite")

    await alice.sends("/start")
    await alice.taps("Favorites")

    assert labels(alice)[0].startswith("★ Thing 8")
    assert "1/2" in labels(alice)
    await alice.taps("▶")
    assert labels(alice)[0].startswith("★ Thing 0")
    await alice.taps("★ Thing 0")
    await alice.taps("Tell me if it gets cheaper")
    await alice.taps("Back")
    assert labels(alice)[0].startswith("★ Thing 0")
    assert "2/2" in labels(alice)


async def test_two_hundred_are_kept_and_no_more(shop: Shop, alice: Human) -> None:
    await opens(alice)
    shelf, mine = shop.kiosk.shop.shelf.now, CustomerId(alice.id)
    kept = next(one for one in shelf.services() if one.listed.name == "Rare account")
    for nth in range(MOST_FAVOURITES - 1):
        shop.accplanet.put(account(50_000 + nth, f"More {nth}", "1"))
    await shop.refreshes()
    more = [one for one in shop.kiosk.shop.shelf.now.services() if "More" in one.listed.name]

    def keep(tx: Tx) -> None:
        rows = [{"customer": mine, "service": one.id, "at": tx.now} for one in (kept, *more)]
        tx.execute(insert_for(tx, favourites), rows)

    await shop.kiosk.db.write(keep)
    await alice.taps("☆ Favorite")

    assert alice.toast.startswith("You already have 200 favorites, and we can keep no more.")
    assert "☆ Favorite" in labels(alice)
