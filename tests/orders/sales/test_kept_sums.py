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
from bot.orders.claims.remedy import refund_order
from bot.orders.rows import fail, lock
from bot.orders.rules.moves import Reason
from bot.orders.sales.days import begin_of
from bot.orders.sales.keep import KeepSales, keep_one
from bot.orders.sales.sums import Sums
from tests.orders.sales.reading import reads, today
from tests.stored_shop import ACC, ALICE, HSTOCK, SETTINGS, Books, listed, says

ZONES = ("UTC", "Asia/Tokyo", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe")


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
        day = seen.drawn.first + nth
        begin, end = begin_of(day, zone), begin_of(day + 1, zone)
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
        failures=sum(row[1] in {"canceled", "failed"} for row in ended),
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
