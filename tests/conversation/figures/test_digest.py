"""Once a day, at an hour of the shop's clocks, the owners read what the day before brought."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.orders.sales.digest import TellDigest
from tests.clock import TurnableClock
from tests.conversation.desk.test_roles import becomes
from tests.conversation.figures.test_stats import sells
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop

GROUP = -1001234
TITLE = "☀️ Here is what"


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    """A shop in Berlin, where it is 13:00, with a digest at nine and a group of its operators."""
    where = {"timezone": "Europe/Berlin", "alert_chat": str(GROUP)}
    settings: dict[str, Any] = {"digest_at": "09:00", **where}
    async with open_shop(database_url, clock, stocked=True, **settings) as opened:
        opened.telegram.group(GROUP)
        yield opened


async def until_morning(shop: Shop, hours: int = 20, minutes: int = 1) -> None:
    """Nine o'clock of the next day, and a minute."""
    await shop.leaps(1, hours=hours, minutes=minutes)
    await shop.works()


def digests(who: Human) -> list[str]:
    return [one.text for one in who.person.messages if TITLE in one.text]


async def test_what_the_day_before_brought_comes_once_with_a_picture(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/start")
    await shop.leaps(1, minutes=1)
    at_start = len(digests(olga))  # the shop began after nine
    await sells(shop, alice)
    await shop.leaps(1, hours=19, minutes=50)
    assert len(digests(olga)) == at_start
    await shop.leaps(4, minutes=10)

    assert len(digests(olga)) == at_start + 1
    olga.sees_last(TITLE, "Mar 1, 2026", "Nothing waits for you.", "Orders: 1", "Revenue: $")
    assert olga.card.photo is not None
    group = [one for one in shop.telegram.group(GROUP).bot_messages if "Mar 1" in one.text]
    assert len(group) == 1
    assert group[0].photo is not None
    await olga.taps("📊 Figures")
    olga.sees_last("Orders: 1")
    await shop.leaps(6, hours=2)
    assert len(digests(olga)) == at_start + 1
    assert not shop.trouble()


@on_sqlite
async def test_every_process_looks_and_one_message_comes(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/start")
    await until_morning(shop)
    before = len(digests(olga))
    for _ in range(3):  # others that know of nothing told yet
        assert await TellDigest(shop.kiosk.db, timedelta(hours=9))()
    await shop.looks()
    assert len(digests(olga)) == before


@on_sqlite
async def test_a_clock_that_jumps_there_and_back_tells_no_day_twice(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/start")
    await until_morning(shop)
    told = len(digests(olga))
    await shop.leaps(1, days=1)
    shop.clock.turn(timedelta(days=-1))
    await shop.looks()
    await shop.leaps(2, hours=1)
    assert len(digests(olga)) == told + 1
    assert len(set(digests(olga))) == len(digests(olga))


@on_sqlite
async def test_owners_alone_read_it(shop: Shop, alice: Human, boris: Human, olga: Human) -> None:
    await boris.sends("/start")
    await becomes(olga, BORIS, "support")
    await until_morning(shop)

    assert digests(boris) == []
    assert digests(olga)


@on_sqlite
async def test_what_waits_is_said_even_after_a_day_without_an_order(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await until_morning(shop)
    await shop.leaps(1, days=1)
    olga.sees(TITLE, "No orders in these days.", "Nothing waits for you.")
    assert not shop.trouble()
