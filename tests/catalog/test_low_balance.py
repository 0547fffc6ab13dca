"""The balance below which operators are warned is their own mark, or what is needed soon."""

from decimal import Decimal

import pytest

from bot.base.basis import FLAT, Basis
from bot.base.ids import CategoryId, ServiceId
from bot.base.money import ZERO, Money
from bot.catalog.alerts.low_balance import FindLowMark, LowMark, dearest_costs, larger_mark
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.shelf import CurrentShelf, Shelf
from bot.db.tx import Tx
from bot.orders import attempts
from bot.orders.attempts import day_cost
from bot.orders.rules.moves import Reason
from bot.outbox.supplier_notices import LowReason
from bot.suppliers.words import Kind
from tests.stored_shop import ACC, HSTOCK, Books, listed, usd

PRICING = Pricing(Decimal(20), Money(10_000))


def on_shelf(*rates: str, least: int = 1, basis: Basis = 1, **changes: object) -> Shelf:
    services = (
        Service(
            id=ServiceId(place),
            supplier=ACC,
            listed=listed(f"r{place}", rate=Decimal(rate), least=least, **changes),
            kind=Kind.PRODUCT,
            basis=basis,
            category=CategoryId(1),
            read_at=None,  # type: ignore[arg-type] # nothing here looks at it
            hidden=NotForSaleReason.SERVICE_PAUSED if rate == "99" else None,
        )
        for place, rate in enumerate(rates)
    )
    return Shelf(services, {}, PRICING, {})


def finds(books: Books, shelf: Shelf, version: int = 1, own: str = "") -> FindLowMark:
    marks = {ACC: Decimal(own)} if own else {}
    return FindLowMark(books.db, CurrentShelf(shelf, version), books.clock, day_cost, marks)


@pytest.mark.parametrize(
    ("day", "dearest", "mark"),
    [
        ("0", "0", None),
        ("3", "2", LowMark(Decimal(3), LowReason.DAY)),
        ("2", "3", LowMark(Decimal(3), LowReason.SERVICE)),
        ("0", "0.000001", LowMark(Decimal("0.000001"), LowReason.SERVICE)),
    ],
)
def test_the_mark_is_the_larger_need(day: str, dearest: str, mark: LowMark | None) -> None:
    assert larger_mark(usd(day), usd(dearest)) == mark


def test_the_dearest_service_is_the_one_whose_smallest_order_costs_most() -> None:
    assert dearest_costs(on_shelf("1", "2.5", "99")) == {ACC: usd("2.5")}
    assert dearest_costs(on_shelf("0.5", least=100, basis=1000, most=500, stock=500)) == {
        ACC: usd("0.05")
    }


def test_a_flat_rate_is_the_cost_of_a_whole_order() -> None:
    assert dearest_costs(on_shelf("3", least=100, basis=FLAT, most=500, stock=500)) == {
        ACC: usd("3")
    }


def test_what_is_sold_out_or_hidden_is_no_need() -> None:
    assert dearest_costs(on_shelf("2", stock=0)) == dearest_costs(on_shelf("99")) == {}


async def test_a_mark_of_their_own_comes_before_every_need(books: Books) -> None:
    own = finds(books, on_shelf("50"), version=0, own="5")

    assert await own(ACC) == LowMark(Decimal(5), LowReason.OWN)
    assert await own(HSTOCK) is None


async def test_no_mark_is_made_up_before_a_shelf_is_loaded(books: Books) -> None:
    assert await finds(books, on_shelf("1"), version=0)(ACC) is None


async def test_the_day_counts_what_left_and_may_have_cost(rich: Books) -> None:
    for _ in range(3):
        await rich.buys()
    await rich.accepts(await rich.sends())
    await rich.db.write(attempts.refused, await rich.sends(), Reason.REFUSED, "no")
    one = await rich.db.read(day_cost, ACC)
    await rich.sends()  # nobody has answered yet

    assert one > ZERO
    assert await rich.db.read(day_cost, ACC) == one + one
    assert await rich.db.read(day_cost, HSTOCK) == ZERO
    rich.wait(hours=24)
    assert await rich.db.read(day_cost, ACC) == ZERO


async def test_the_sum_of_a_day_is_asked_for_once_a_minute(books: Books) -> None:
    asked = []

    def count(_tx: Tx, supplier: str) -> Money:
        asked.append(supplier)
        return usd("3")

    find = FindLowMark(books.db, CurrentShelf(on_shelf("1"), 1), books.clock, count)
    for _ in range(3):
        assert await find(ACC) == LowMark(Decimal(3), LowReason.DAY)
        books.wait(seconds=20)
    assert asked == [ACC]
    await find(ACC)
    await find(HSTOCK)
    assert asked == [ACC, ACC, HSTOCK]


async def test_the_shelf_is_counted_once_for_each_stored_catalogue(books: Books) -> None:
    shelf = CurrentShelf(on_shelf("1"), 1)
    find = FindLowMark(books.db, shelf, books.clock, day_cost)
    await find(ACC)

    shelf.now = on_shelf("2")
    assert await find(ACC) == LowMark(Decimal(1), LowReason.SERVICE)
    shelf.version = 2
    assert await find(ACC) == LowMark(Decimal(2), LowReason.SERVICE)
