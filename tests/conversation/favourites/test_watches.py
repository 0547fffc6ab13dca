"""Who waits for something is told of it once, when it is true, whatever made it true."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.base.ids import CustomerId, SupplierName
from bot.catalog.standing import resume_supplier
from bot.catalog.store import resume_service, set_paused
from bot.catalog.tables import watches
from bot.db.tx import Tx
from bot.people.customers import set_banned
from tests.conversation.favourites.walks import BACK, FRESH, labels, opens, stocks, waits_for
from tests.conversation.human import AS_OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

RARE = "507f1f77bcf86cd799439011"
CHEAPER = "Fresh account costs less now: $3.00 → $1.80"


@pytest.fixture
async def waiting(shop: Shop, alice: Human) -> Human:
    """Alice, who waits for what is sold out."""
    await stocks(shop, 0)
    await waits_for(alice)
    return alice


async def test_what_is_back_is_told_once_with_a_tap_to_buy(shop: Shop, waiting: Human) -> None:
    assert waiting.toast == "🔔 We will write here when you can buy it again."
    assert "🔕 Stop waiting for it" in labels(waiting)
    assert waiting.card.find_button("Buy") is None
    await stocks(shop, 5)
    await shop.works()

    waiting.sees_last("🔔 You asked us to tell you:", BACK)
    assert labels(waiting)[0] == "🛒 Buy Fresh account · $3.00"
    await waiting.taps("Buy Fresh account")
    waiting.sees_last("How many?")

    await stocks(shop, 0)
    await stocks(shop, 5)
    await shop.works()
    await shop.passes(minutes=5)
    assert waiting.times(BACK) == 1
    assert not shop.trouble()


@on_sqlite
async def test_a_step_goes_below_what_came_meanwhile(shop: Shop, waiting: Human) -> None:
    await opens(waiting, "Aged account")
    await waiting.taps("Buy")
    step = waiting.card.message_id
    await stocks(shop, 5)
    await shop.works()
    waiting.sees_last(BACK)

    await waiting.sends("abc")
    waiting.sees_last("That is not a number.", "How many?")
    assert waiting.card.message_id > step
    assert waiting.times("How many?") == 1


@on_sqlite
async def test_nobody_waits_for_a_lower_price_of_what_has_none(shop: Shop, alice: Human) -> None:
    await opens(alice)
    bell = alice.button("Tell me if it gets cheaper")
    del shop.accplanet.services[FRESH]
    await shop.refreshes()
    await alice.forges(bell)

    assert "no longer sold" in alice.toast
    count = select(func.count()).select_from(watches)
    assert await shop.kiosk.db.read(lambda tx: tx.execute(count).scalar_one()) == 0


@on_sqlite
async def test_who_stops_waiting_is_not_told(shop: Shop, waiting: Human) -> None:
    await waiting.taps("Stop waiting for it")
    assert waiting.toast == "🔕 This alert is off."
    assert "🔔 Tell me when it is back" in labels(waiting)
    await stocks(shop, 5)
    await shop.works()
    waiting.sees_nothing_of(BACK)


async def test_a_refill_that_is_seen_when_somebody_confirms_wakes_who_waits(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends(f"/topup {boris.id} 10")
    await boris.goes_to_confirm("Fresh account", "1")
    await stocks(shop, 0)
    await waits_for(alice)
    await shop.works()
    shop.accplanet.services[FRESH].stock = 5

    await boris.taps("Pay")
    await shop.works()

    alice.sees("Fresh account is back: $3.00 · 5 in stock")


@on_sqlite
async def test_a_service_that_is_sold_again_wakes_who_waits(shop: Shop, alice: Human) -> None:
    services = shop.kiosk.shop.shelf.now.services()
    fresh = next(one.id for one in services if one.listed.name == "Fresh account")
    await shop.kiosk.db.write(set_paused, fresh, paused=True)
    await shop.kiosk.shop.load_shelf()
    await waits_for(alice)
    await shop.refreshes()
    await shop.works()
    alice.sees_nothing_of("You asked us to tell you")

    await shop.kiosk.db.write(resume_service, AS_OLGA, fresh)
    await shop.works()
    alice.sees_last("Fresh account is back: $3.00 · 4 in stock")


@on_sqlite
async def test_a_supplier_whose_pause_ends_wakes_who_waits(shop: Shop, alice: Human) -> None:
    key, shop.accplanet.key = shop.accplanet.key, "another"
    await shop.leaps(1, minutes=5)
    await opens(alice)
    await alice.taps("Tell me when it is back")
    shop.accplanet.key = key
    await shop.works()  # the tap wakes as well
    alice.sees_nothing_of("You asked us to tell you")

    await shop.kiosk.db.write(resume_supplier, AS_OLGA, SupplierName("accplanet"))
    await shop.works()

    alice.sees_last("Fresh account is back: $3.00 · 4 in stock")


async def test_a_lower_price_is_told_once_and_a_higher_one_never(shop: Shop, alice: Human) -> None:
    await opens(alice)
    await alice.taps("Tell me if it gets cheaper")
    assert alice.toast == "🔔 We will write here when it gets cheaper."
    assert "🔕 Stop watching the price" in labels(alice)
    for rate in ("3.00", "2.50", "1.50", "1.00"):
        shop.accplanet.services[FRESH].rate = Decimal(rate)
        await shop.refreshes()
        await shop.works()

    assert alice.times(CHEAPER) == 1
    assert alice.times("costs less now") == 1


@on_sqlite
async def test_what_is_back_already_is_told_to_who_begins_to_wait(
    shop: Shop, alice: Human
) -> None:
    await stocks(shop, 0)
    await opens(alice)
    shown = shop.kiosk.shop.shelf.now
    await stocks(shop, 5)
    shop.kiosk.shop.shelf.now = shown  # another process has read it, this one not yet
    await shop.works()

    await alice.taps("Tell me when it is back")
    await shop.works()

    assert alice.times(BACK) == 1


@on_sqlite
async def test_a_shelf_that_flaps_tells_nothing_until_it_is_true(
    shop: Shop, waiting: Human
) -> None:
    await stocks(shop, 5)
    await stocks(shop, 0)
    await shop.works()
    waiting.sees_nothing_of("You asked us to tell you")

    await stocks(shop, 5)
    await shop.works()
    assert waiting.times(BACK) == 1


@on_sqlite
async def test_what_sells_out_before_its_message_leaves_is_not_told_and_waits_on(
    shop: Shop, waiting: Human
) -> None:
    await opens(waiting, "Aged account")
    await waiting.taps("Tell me if it gets cheaper")
    await stocks(shop, 5)
    await shop.works()  # more may come within a minute
    await stocks(shop, 0)
    await shop.passes(minutes=2)
    waiting.sees_nothing_of("You asked us to tell you")

    await stocks(shop, 5)
    await shop.passes(minutes=2)
    assert waiting.times(BACK) == 1


@on_sqlite
async def test_what_comes_within_a_minute_is_one_message(shop: Shop, waiting: Human) -> None:
    shop.accplanet.services[RARE].stock = 0
    await shop.refreshes()
    await waiting.sends("/start")
    for label in ("Catalog", "Games", "Rare account", "Tell me when it is back"):
        await waiting.taps(label)
    await opens(waiting, "Aged account")
    await waiting.taps("Tell me if it gets cheaper")

    await stocks(shop, 5)
    await shop.passes(seconds=30)
    waiting.sees_nothing_of("You asked us to tell you")
    await stocks(shop, 7, RARE)
    await shop.passes(seconds=40)

    waiting.sees_last(BACK, "Rare account is back: $11.99 · 7 in stock")
    assert waiting.times("You asked us to tell you") == 1
    assert labels(waiting)[:3] == [
        "🛒 Buy Fresh account · $3.00",
        "🛒 Buy Rare account · $11.99",
        "🔕 Stop all other alerts",
    ]
    await waiting.taps("Stop all other alerts")
    shop.accplanet.services["10042"].rate = Decimal("0.05")
    await shop.refreshes()
    await shop.passes(minutes=2)
    waiting.sees_nothing_of("costs less now")


@on_sqlite
async def test_who_is_banned_is_told_nothing_and_waits_for_nothing_new(
    shop: Shop, waiting: Human
) -> None:
    await shop.kiosk.db.write(set_banned, AS_OLGA, CustomerId(waiting.id), banned=True)
    await stocks(shop, 5)
    await shop.passes(minutes=2)
    waiting.sees_nothing_of("You asked us to tell you")
    await opens(waiting, "Aged account")
    await waiting.taps("Tell me if it gets cheaper")
    assert waiting.toast.startswith("Nothing was charged. You cannot buy here")


@on_sqlite
async def test_who_has_left_is_told_when_they_are_back_and_it_is_true(
    shop: Shop, waiting: Human
) -> None:
    await waiting.does(lambda person: person.blocks_bot())
    await stocks(shop, 5)
    await shop.passes(minutes=2)
    await stocks(shop, 0)
    await waiting.does(lambda person: person.unblocks_bot())
    await waiting.sends("/start")
    await shop.passes(minutes=2)
    waiting.sees_nothing_of(BACK)

    await stocks(shop, 5)
    await shop.passes(minutes=2)
    assert waiting.times(BACK) == 1


@on_sqlite
async def test_a_watch_on_what_never_comes_back_ends_after_ninety_days(
    shop: Shop, waiting: Human
) -> None:
    waiting.sees_last("🔔 If that happens within 90 days, we will write to you here once.")
    del shop.accplanet.services[FRESH]
    await shop.refreshes()
    await shop.kiosk.shop.purge(shop.clock.now())
    assert await shop.kiosk.db.read(_count_watches) == 1

    shop.clock.turn(timedelta(days=91))
    await shop.kiosk.shop.purge(shop.clock.now())

    assert await shop.kiosk.db.read(_count_watches) == 0


def _count_watches(tx: Tx) -> int:
    return int(tx.execute(select(func.count()).select_from(watches)).scalar_one())
