"""Sums are kept a day at a time, counted again when an order changes, and never wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.base.ids import OrderId
from bot.db.tx import Tx
from bot.orders.claims.remedy import refund_order
from bot.orders.rows import fail, lock
from bot.orders.rules.moves import Reason
from bot.orders.sales.keep import KeepSales, keep_one
from bot.orders.sales.sums import Sums, within
from tests.orders.sales.reading import reads, today
from tests.races import all_at_once
from tests.stored_shop import SETTINGS, Books, says, usd


async def _is_kept(rich: Books, day: int) -> bool:
    zone = str(rich.db.settings.zone)
    return [(day, zone)] == await rich.sql(
        f"SELECT day, zone FROM sales_days WHERE day = {day}"  # noqa: S608 - a number
    )


async def _sold(rich: Books) -> OrderId:
    due = await rich.has_active(quantity=3, total="3")
    await rich.hears(due, says("Completed", "a", "b", "c", charge="0.88"))
    return due.order


async def test_a_history_is_counted_from_its_last_day_backwards_in_pieces(rich: Books) -> None:
    begun = today(rich)
    for _ in range(3):
        await _sold(rich)
        rich.wait(days=1)

    assert await rich.db.write(keep_one)
    assert await _is_kept(rich, begun + 2)
    assert not await _is_kept(rich, begun + 1)
    assert await KeepSales(rich.db)() == 2
    assert await _is_kept(rich, begun)
    assert not await _is_kept(rich, begun + 3)  # it is not over
    assert await KeepSales(rich.db)() == 0
    assert (await reads(rich, begun, begun + 3)).now.revenue == usd("9")


async def test_a_refund_is_seen_at_once_and_its_day_is_counted_again(rich: Books) -> None:
    day, order = today(rich), await _sold(rich)
    rich.wait(days=2)
    await KeepSales(rich.db)()
    await rich.db.write(refund_order, rich.act(), order, 0, usd("1"), "sorry")

    assert (await reads(rich, day, day)).now.revenue == usd("2")
    assert await KeepSales(rich.db)() == 1
    assert await rich.sql("SELECT count(*) FROM sales_marks") == [(0,)]
    assert (await reads(rich, day, day)).now.revenue == usd("2")
    assert await rich.sql(f"SELECT refunded FROM sales WHERE day = {day}") == [(1_000_000,)]  # noqa: S608 - a number


async def test_an_order_that_ends_late_on_a_counted_day_is_not_lost(rich: Books) -> None:
    """The clock of another process was behind: its day was counted already."""
    day = today(rich)
    await _sold(rich)
    due = await rich.has_active(quantity=3, total="3")
    rich.wait(days=1)
    await KeepSales(rich.db)()
    rich.wait(days=-1)
    await rich.hears(due, says("Completed", "a", "b", "c"))
    rich.wait(days=1)

    assert (await reads(rich, day, day)).now.revenue == usd("6")
    await KeepSales(rich.db)()
    assert (await reads(rich, day, day)).now.revenue == usd("6")


async def test_another_time_zone_has_all_days_counted_again(rich: Books) -> None:
    rich.wait(hours=4)  # one in the morning of the next day in Tokyo
    day = today(rich)
    await _sold(rich)
    rich.wait(days=2)
    await KeepSales(rich.db)()
    rich.db.settings = replace(SETTINGS, zone=ZoneInfo("Asia/Tokyo"))

    assert (await reads(rich, day, day)).now.orders == 0
    assert (await reads(rich, day + 1, day + 1)).now.orders == 1
    assert await KeepSales(rich.db)()
    assert (await reads(rich, day, day)).now.orders == 0
    assert (await reads(rich, day + 1, day + 1)).now.orders == 1
    assert await rich.sql("SELECT count(*) FROM sales") == [(1,)]


async def test_two_processes_that_count_the_same_day_leave_it_counted_once(rich: Books) -> None:
    day = today(rich)
    await _sold(rich)
    rich.wait(days=1)
    other = await rich.another()
    await all_at_once(rich.db.write(keep_one), other.db.write(keep_one))
    await KeepSales(rich.db)()

    assert await rich.sql(f"SELECT orders FROM sales WHERE day = {day}") == [(1,)]  # noqa: S608 - a number


async def test_a_shop_that_never_sold_has_nothing_to_keep(rich: Books) -> None:
    assert await KeepSales(rich.db)() == 0
    seen = await reads(rich, today(rich) - 29, today(rich))
    assert seen.is_empty
    assert seen.now == seen.before == Sums()
    assert len(seen.by_day) == 30
    assert (seen.suppliers, seen.services) == ((), ())


# What is counted how


async def test_cost_is_what_was_charged_or_else_what_was_expected(rich: Books) -> None:
    day = today(rich)
    await _sold(rich)
    due = await rich.has_active(quantity=3, total="3")
    await rich.hears(due, says("Partial", "a", remains=2))
    sums = (await reads(rich, day, day)).now

    assert (sums.cost, sums.expected) == (usd("1.18"), usd("0.3"))
    assert (sums.revenue, sums.margin) == (usd("4"), usd("2.82"))
    assert (sums.orders, sums.units, sums.failed_percent) == (2, 4, 0)


async def test_what_customers_called_off_is_no_failure(rich: Books) -> None:
    order = await rich.buys()
    await rich.db.write(_called_off, order)
    seen = await reads(rich, today(rich), today(rich))

    assert (seen.now.orders, seen.now.failures, seen.placed) == (1, 0, 1)
    assert seen.now.given_back == usd("1")


def _called_off(tx: Tx, order: OrderId) -> None:
    fail(tx, lock(tx, order), Reason.CUSTOMER_CANCELED)


def test_half_and_nearly_all_are_within_a_step() -> None:
    times = {2: 50, 5: 44, 9: 6}

    assert within(times, 50) == timedelta(seconds=15)
    assert within(times, 95) == timedelta(minutes=3)
    assert within({}, 50) is None
    assert within({99: 1}, 95) == timedelta(days=30)
