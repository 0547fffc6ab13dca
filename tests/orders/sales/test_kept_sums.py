"""Kept sums and what is counted at once are together what the ledger says, to the last unit."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.base.ids import OrderId
from bot.base.money import ZERO, Money, money_from
from bot.db.tx import Tx
from bot.desk.stats.read import Span, Stats, read_stats
from bot.orders.claims.remedy import refund_order
from bot.orders.rows import fail, lock
from bot.orders.rules.moves import Reason
from bot.orders.sales.days import begin_of, day_of, moment_at
from bot.orders.sales.keep import KeepSales, keep_one
from bot.orders.sales.sums import Sums, within
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, HSTOCK, SETTINGS, Books, listed, says, usd

ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe")


async def reads(books: Books, first: int, last: int) -> Stats:
    return await books.db.read(read_stats, Span(first, last))


def today(books: Books) -> int:
    return day_of(books.now, books.db.settings.zone)


# Random histories


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
async def test_any_history_adds_up_to_what_the_ledger_says(rich: Books, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a history
    rich.wait(days=chance.choice((0, 5, 26, 33)))  # around the days on which clocks are set
    await rich.has(ALICE, "900")
    ended: list[OrderId] = []
    for _ in range(24):
        await _step(rich, chance, ended)
        rich.wait(minutes=chance.randint(1, 900))
        if chance.random() < 0.5:
            first = today(rich) - chance.randint(0, 9)
            await _agrees(rich, first, min(today(rich), first + chance.randint(0, 9)))
    await KeepSales(rich.db)()
    await _agrees(rich, today(rich) - 30, today(rich))
    assert await rich.faults() == ()


async def _step(rich: Books, chance: random.Random, ended: list[OrderId]) -> None:
    deed = chance.random()
    if deed < 0.6 or not ended:
        ended.append(await _sells(rich, chance))
    elif deed < 0.75:
        await _refunds(rich, chance, chance.choice(ended))
    elif deed < 0.9:
        for _ in range(chance.randint(1, 6)):
            await rich.db.write(keep_one)
    else:
        rich.db.settings = replace(SETTINGS, zone=ZoneInfo(chance.choice(ZONES)))


async def _sells(rich: Books, chance: random.Random) -> OrderId:
    supplier = chance.choice((ACC, HSTOCK))
    await rich.sql("UPDATE services SET paused = 0")  # a charge that was off has paused it
    service = await rich.stocks(listed(chance.choice(("r1", "r2"))), supplier)
    if chance.random() < 0.1:
        order = await rich.buys(service=service)
        await rich.db.write(_fails, order)
        return order
    await rich.buys(total=f"{chance.randint(3, 9)}.{chance.randint(10, 99)}", quantity=3,
                    service=service)  # fmt: skip
    assert await rich.accepts(await rich.sends(supplier))
    rich.wait(seconds=chance.randint(1, 4_000))
    due = await rich.polls_one(supplier)
    charge = chance.choice((None, "0.9", "0.123457", "0.9000004"))
    currency = chance.choice(("USD", "USD", "EUR"))
    answer = chance.choice(
        (
            says("Completed", "a", "b", "c", charge=charge, currency=currency),
            says("Partial", "a", remains=2, charge=charge, currency=currency),
            says("Canceled", charge=charge, currency=currency),
        )
    )
    await rich.hears(due, answer)
    return due.order


def _fails(tx: Tx, order: OrderId) -> None:
    fail(tx, lock(tx, order), Reason.REFUSED)


async def _refunds(rich: Books, chance: random.Random, order: OrderId) -> None:
    view = await rich.order(order)
    left = view.captured - view.refunded
    if left <= ZERO:
        return
    [(seen,)] = await rich.sql(f"SELECT count(*) FROM remedies WHERE order_id = {int(order)}")  # noqa: S608 - a number
    amount = Money(chance.randint(1, left.micros // 10_000) * 10_000)
    await rich.db.write(refund_order, rich.act(), order, int(seen), amount, "sorry")


async def _agrees(rich: Books, first: int, last: int) -> None:
    """What is read is what a plain look at the journal and the orders gives."""
    seen, zone = await reads(rich, first, last), rich.db.settings.zone
    for nth, sums in enumerate(seen.by_day):
        begin, end = begin_of(first + nth, zone), begin_of(first + nth + 1, zone)
        assert sums == await _by_hand(rich, begin, end)
    whole = await _by_hand(rich, begin_of(first, zone), begin_of(last + 1, zone))
    assert seen.now == whole
    length = last - first + 1
    assert seen.before == await _by_hand(
        rich, begin_of(first - length, zone), begin_of(first, zone)
    )
    for lines in (seen.suppliers, seen.services):
        assert sum((line.sums for line in lines), Sums()) == whole
    assert sum(seen.times.values()) == sum(sum(line.times.values(), 0) for line in seen.suppliers)


def _micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


async def _by_hand(rich: Books, begin: datetime, end: datetime) -> Sums:
    ended = await rich.sql(
        "SELECT id, state, quantity, delivered, cost, charge, charge_currency FROM orders"  # noqa: S608 - numbers
        f" WHERE finished_at >= {_micros(begin)} AND finished_at < {_micros(end)}"
    )
    moved = await rich.sql("SELECT order_id, kind, amount, created_at FROM transfers")
    ours = {row[0] for row in ended}
    sums: Counter[str] = Counter()
    for order, kind, amount, at in moved:
        if order in ours:
            sums[kind] += amount
        # The captured money of a day is that of its orders, and of no other.
        is_within = _micros(begin) <= at < _micros(end)
        assert kind not in {"capture", "release"} or (order in ours) == is_within
    cost = [_cost(*row[1:]) for row in ended]
    return Sums(
        orders=len(ended),
        failed=sum(row[1] in {"canceled", "failed"} for row in ended),
        units=sum(_units(*row[1:4]) for row in ended),
        captured=Money(sums["capture"]),
        refunded=Money(sums["refund"]),
        released=Money(sums["release"]),
        cost=sum((charged for charged, _ in cost), ZERO),
        expected=sum((expected for _, expected in cost), ZERO),
    )


def _units(state: str, quantity: int, delivered: int) -> int:
    return {"completed": quantity, "partial": delivered}.get(state, 0)


def _cost(
    state: str, quantity: int, delivered: int, cost: int, charge: str | None, currency: str
) -> tuple[Money, Money]:
    """What the supplier charged, and what of it is only expected."""
    if state in {"canceled", "failed"}:
        return ZERO, ZERO
    if charge is not None and currency == "USD":
        return money_from(Decimal(charge)), ZERO
    expected = Money(-(-cost * _units(state, quantity, delivered) // quantity))
    return expected, expected


# How they are kept


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

    assert (seen.now.orders, seen.now.failed, seen.placed) == (1, 0, 1)
    assert seen.now.given_back == usd("1")


def _called_off(tx: Tx, order: OrderId) -> None:
    fail(tx, lock(tx, order), Reason.CUSTOMER_CANCELED)


def test_half_and_nearly_all_are_within_a_step() -> None:
    times = {2: 50, 5: 44, 9: 6}

    assert within(times, 50) == timedelta(seconds=15)
    assert within(times, 95) == timedelta(minutes=3)
    assert within({}, 50) is None
    assert within({99: 1}, 95) == timedelta(days=30)


# Clocks that are set


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", 23),
        ("Europe/Berlin", "2026-10-25", 25),
        ("Asia/Beirut", "2026-03-29", 23),
        ("America/Havana", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("UTC", "2026-03-29", 24),
    ],
)
def test_every_moment_of_a_day_of_any_length_is_in_it(zone: str, day: str, hours: float) -> None:
    info, number = ZoneInfo(zone), datetime.fromisoformat(day).toordinal()
    begin, end = begin_of(number, info), begin_of(number + 1, info)

    assert end - begin == timedelta(hours=hours)
    moment = begin
    while moment < end:
        assert day_of(moment, info) == number
        moment += timedelta(minutes=15)
    assert day_of(end, info) == number + 1
    assert day_of(begin - timedelta(microseconds=1), info) == number - 1


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30+00:00"),  # the first of two
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30+00:00"),  # there is none
        ("UTC", "2026-03-29", "09:00", "2026-03-29T09:00+00:00"),
    ],
)
def test_an_hour_that_comes_twice_or_never_is_one_moment(
    zone: str, day: str, at: str, moment: str
) -> None:
    hour, minute = map(int, at.split(":"))
    number = datetime.fromisoformat(day).toordinal()
    found = moment_at(number, timedelta(hours=hour, minutes=minute), ZoneInfo(zone))

    assert found == datetime.fromisoformat(moment)
