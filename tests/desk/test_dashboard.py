"""The desk at a glance: its figures are those of the ledger, day by day in the shop's zone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.base.acts import Role
from bot.base.clock import day_start
from bot.base.ids import OrderId
from bot.base.money import ZERO, Money
from bot.catalog import standing
from bot.db.tx import Tx
from bot.desk import dashboard
from bot.desk.dashboard import Dashboard, PeriodFigures, Waiting
from bot.desk.stats.read import Span
from bot.money import requests
from bot.money.ledger import SALES, Transfer, TransferKind, customer_account
from bot.money.post import post
from bot.orders.rows import fail, lock
from bot.orders.rules.moves import Reason
from bot.orders.sales.days import day_of
from bot.orders.settle import Due
from bot.orders.tables import claims
from bot.suppliers.port import Balance
from tests.desk.plans import plans_of
from tests.stored_shop import ACC, ALICE, BOB, HSTOCK, SETTINGS, Books, says, usd

TOKYO = ZoneInfo("Asia/Tokyo")
NOTHING = PeriodFigures(0, ZERO, ZERO, ZERO)


async def at_a_glance(books: Books) -> Dashboard:
    return await books.db.read(dashboard.read_dashboard, (ACC, HSTOCK))


async def sells(books: Books, total: str = "3", quantity: int = 3) -> Due:
    """An order of three at 0.90 in all, on its way."""
    return await books.has_active(total=total, quantity=quantity)


# Days


@pytest.mark.parametrize(
    ("zone", "now", "began"),
    [
        ("UTC", "2026-03-01T12:00+00:00", "2026-03-01T00:00+00:00"),
        ("Asia/Tokyo", "2026-03-01T14:59+00:00", "2026-02-28T15:00+00:00"),
        ("Asia/Tokyo", "2026-03-01T15:00+00:00", "2026-03-01T15:00+00:00"),
        ("America/New_York", "2026-03-09T03:59+00:00", "2026-03-08T05:00+00:00"),
        ("America/New_York", "2026-03-09T04:00+00:00", "2026-03-09T04:00+00:00"),
        # In Beirut the clocks went from 0:00 to 1:00 on that day.
        ("Asia/Beirut", "2026-03-29T10:00+00:00", "2026-03-28T22:00+00:00"),
    ],
)
def test_a_day_begins_when_the_clocks_of_its_zone_say_so(zone: str, now: str, began: str) -> None:
    moment = datetime.fromisoformat(now)

    assert day_start(moment, ZoneInfo(zone)) == datetime.fromisoformat(began)


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1)),  # noqa: DTZ001 - hypothesis takes these
    st.sampled_from(["UTC", "Asia/Tokyo", "America/New_York", "Asia/Kathmandu", "Asia/Beirut"]),
)
def test_now_is_always_within_its_day_and_days_follow_each_other(
    naive: datetime, name: str
) -> None:
    now, zone = naive.replace(tzinfo=UTC), ZoneInfo(name)
    today, before = day_start(now, zone), day_start(now, zone, 1)

    assert today <= now
    assert timedelta(hours=22) <= today - before <= timedelta(hours=26)


# What was earned


async def test_a_day_counts_what_ended_in_it_by_the_clocks_of_the_shop(rich: Books) -> None:
    rich.db.settings = replace(SETTINGS, zone=TOKYO)
    rich.wait(hours=2)  # 14:00 in Greenwich, an hour before midnight in Tokyo
    first, second, third = await sells(rich), await sells(rich), await sells(rich, "4")
    await rich.hears(first, says("Completed", "a", "b", "c"))
    rich.wait(minutes=59)
    before = await at_a_glance(rich)
    rich.wait(minutes=1)
    midnight = await at_a_glance(rich)
    await rich.hears(second, says("Partial", "a", remains=2))
    await rich.hears(third, says("Canceled"))
    after = await at_a_glance(rich)

    assert before.today == PeriodFigures(3, usd("3"), usd("0.9"), ZERO)
    assert midnight.today == NOTHING
    assert after.today == PeriodFigures(0, usd("1"), usd("0.3"), usd("6"))
    assert after.week == PeriodFigures(3, usd("4"), usd("1.2"), usd("6"))
    assert after.week.margin == usd("2.8")


async def test_a_week_is_today_and_the_six_days_before(rich: Books) -> None:
    await rich.hears(await sells(rich), says("Completed", "a", "b", "c"))
    rich.wait(days=6, hours=11, minutes=59)
    assert (await at_a_glance(rich)).week.revenue == usd("3")
    rich.wait(minutes=1)

    assert (await at_a_glance(rich)).week == NOTHING


async def test_what_goes_back_later_is_taken_from_the_day_in_which_it_was_earned(
    rich: Books,
) -> None:
    due = await sells(rich)
    await rich.hears(due, says("Completed", "a", "b", "c"))
    rich.wait(days=2)
    await rich.hears(await sells(rich), says("Completed", "a", "b", "c"))
    back = Transfer(
        SALES, customer_account(ALICE), usd("1"), TransferKind.REVERSE, "back", due.order
    )
    await rich.db.write(post, back)
    seen = await at_a_glance(rich)

    assert seen.today == PeriodFigures(1, usd("3"), usd("0.9"), ZERO)
    assert seen.week == PeriodFigures(2, usd("5"), usd("1.8"), usd("1"))


async def test_each_day_has_what_the_ledger_has_of_it(rich: Books) -> None:
    """Orders end in every way around three midnights; the journal is added up by hand."""
    rich.db.settings = replace(SETTINGS, zone=TOKYO)
    await rich.has(ALICE, "500")
    endings = [
        says("Completed", "a", "b", "c"),
        says("Partial", "a", remains=2),
        says("Canceled"),
        says("Completed", "a", "b", "c"),
    ]
    for nth in range(16):
        due = await sells(rich, str(3 + nth % 5))
        rich.wait(hours=2.5)
        await rich.hears(due, endings[nth % 4])
    failed = await rich.buys()
    await rich.db.write(_fails, failed)

    today = day_of(rich.now, TOKYO)
    captured, released = await _by_day(rich, "capture"), await _by_day(rich, "release")
    assert sum(bool(one) for one in captured.values()) >= 3
    for ago in range(7, -1, -1):
        begin = day_start(rich.now, TOKYO, ago)
        seen = await rich.db.read(dashboard.read_period, Span(today - ago, today - ago))
        assert (seen.revenue, seen.given_back) == (captured[begin], released[begin])
    week = (await at_a_glance(rich)).week
    assert week.revenue == sum(captured.values(), ZERO)
    assert week.orders == 17


def _fails(tx: Tx, order: OrderId) -> None:
    fail(tx, lock(tx, order), Reason.REFUSED)


async def _by_day(books: Books, kind: str) -> dict[datetime, Money]:
    """The journal's transfers of a kind, added up by the days of Tokyo."""
    rows = await books.sql(
        f"SELECT created_at, amount FROM transfers WHERE kind = '{kind}'"  # noqa: S608 - our own word
    )
    sums: dict[datetime, Money] = defaultdict(lambda: ZERO)
    for at, amount in rows:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=at)
        sums[day_start(moment, TOKYO)] += Money(amount)
    return sums


# What waits


async def test_what_waits_is_counted_for_those_who_may_decide_it(rich: Books) -> None:
    await rich.in_doubt()
    due = await rich.needs_person()
    await rich.buys()
    await rich.meets(BOB)
    await rich.db.write(requests.ask_topup, BOB, usd("5"))
    await rich.db.write(_claims, due.order)
    waiting = (await at_a_glance(rich)).waiting

    assert waiting == Waiting(requests=1, claims=1, doubts=1, attention=1, open=3)
    counts = {role: waiting.count_for(role) for role in Role}
    assert counts == {Role.OWNER: 4, Role.CASHIER: 1, Role.SUPPORT: 3, Role.VIEWER: 0}
    assert waiting.count_for(None) == 0


def _claims(tx: Tx, order: OrderId) -> None:
    tx.execute(insert(claims).values(order_id=order, customer=ALICE, reason="other", at=tx.now))


# How long the suppliers' balances last


async def test_a_balance_lasts_as_long_as_days_like_those_of_the_last_week(rich: Books) -> None:
    await rich.has(ALICE, "100")
    await rich.db.write(standing.note_balance, ACC, Balance(Decimal(10), "USD"))
    for _ in range(7):
        await sells(rich)
        rich.wait(days=1)
    await sells(rich)
    acc, hstock = (await at_a_glance(rich)).suppliers

    assert acc.day == usd("0.9")  # the first one is a week old
    assert acc.count_days("USD") == 11
    assert acc.count_days("EUR") is None
    assert hstock.count_days("USD") is None


async def test_a_young_shop_is_judged_by_the_days_that_it_has(rich: Books) -> None:
    await rich.db.write(standing.note_balance, ACC, Balance(Decimal(1), "USD"))
    await sells(rich)
    await sells(rich)
    assert (await at_a_glance(rich)).suppliers[0].count_days("USD") == 0
    rich.wait(days=1, hours=12)

    acc = (await at_a_glance(rich)).suppliers[0]
    assert (acc.day, acc.count_days("USD")) == (usd("0.9"), 1)


# How it is read


async def test_nothing_is_read_from_end_to_end(rich: Books) -> None:
    plans = await rich.db.read(plans_of, dashboard.read_dashboard, (ACC, HSTOCK))

    assert len(plans) > 10
    for statement, plan in plans:
        lines = [line for line in plan.splitlines() if "CONSTANT" not in line]
        # Marks are taken away as fast as they come.
        scans = [line for line in lines if "Seq Scan" in line or line.startswith("SCAN")]
        whole = [line for line in scans if "sales_marks" not in line]
        assert whole == [], statement
