"""A jump of a supplier's rate is told once for a reading, and at most once an hour."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.basis import Basis
from bot.base.ids import CategoryId, RemoteId, ServiceId
from bot.base.money import Money
from bot.catalog import store
from bot.catalog.alerts.price_jumps import RateChange, jumps_on_sale, named_prices
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.shelf import Shelf
from bot.outbox.supplier_notices import JumpedPrice, PricesJumped
from bot.suppliers.port import Catalog
from bot.suppliers.words import CatalogRow, Kind
from tests.stored_shop import ACC, OLGA, Books, listed

PRICING = Pricing(Decimal(20), Money(10_000))
rates = st.decimals("0.000001", "1000", places=6)


def on_sale(number: int, basis: Basis = 1, hidden: NotForSaleReason | None = None) -> Service:
    row = listed(f"r{number}", name=f"Service {number}")
    read_at = datetime(2026, 3, 1, tzinfo=UTC)
    made = ServiceId(number), ACC, row, Kind.PRODUCT, basis, CategoryId(1), read_at, hidden
    return Service(*made)


def shelf(*services: Service) -> Shelf:
    return Shelf(services, {}, PRICING, {})


def change(before: str, after: str) -> RateChange:
    return RateChange(Decimal(before), Decimal(after))


@pytest.mark.parametrize(
    ("before", "after", "is_jump"),
    [
        ("1", "1.3", False),
        ("1", "1.300001", True),
        ("1", "0.7", False),
        ("1", "0.699999", True),
        ("0", "5", False),
        ("5", "0", False),
        ("1", "1.000", False),
    ],
)
def test_more_than_the_share_up_or_down_is_a_jump(
    before: str, after: str, *, is_jump: bool
) -> None:
    assert change(before, after).is_jump() is is_jump


@given(rates, rates)
def test_a_jump_does_not_depend_on_what_a_rate_is_counted_in(
    before: Decimal, after: Decimal
) -> None:
    thousand = RateChange(before * 1000, after * 1000)

    assert thousand.is_jump() is RateChange(before, after).is_jump()
    assert not RateChange(before, before).is_jump()
    if after > before and thousand.is_jump():
        assert thousand.size > Decimal("1.3")


def test_only_what_is_on_sale_jumps() -> None:
    shown = shelf(on_sale(1), on_sale(2, hidden=NotForSaleReason.SERVICE_PAUSED))
    read = {ServiceId(number): change("1", "2") for number in (1, 2, 3)}

    assert jumps_on_sale(read, {}, shown) == {ServiceId(1): change("1", "2")}


def test_a_jump_nobody_was_told_of_counts_from_its_first_rate() -> None:
    shown = shelf(on_sale(1), on_sale(2))
    first = {ServiceId(1): Decimal(1), ServiceId(2): Decimal(1), ServiceId(3): Decimal(1)}
    read = {ServiceId(1): change("2", "3"), ServiceId(2): change("2", "1.1")}

    assert jumps_on_sale(read, first, shown) == {ServiceId(1): change("1", "3")}


def test_the_five_largest_are_named_in_customers_prices() -> None:
    shown = shelf(*(on_sale(number) for number in range(1, 8)))
    jumps = {ServiceId(number): change("1", f"{number + 1}") for number in range(1, 8)}

    named = named_prices(jumps, shown)

    assert [one.name for one in named] == [f"Service {number}" for number in (7, 6, 5, 4, 3)]
    assert named[0] == JumpedPrice("Service 7", 1_200_000, 9_600_000, 1)


def test_both_prices_are_said_for_the_same_number_of_units() -> None:
    shown = shelf(on_sale(1, basis=1000))

    [named] = named_prices({ServiceId(1): change("0.5", "900")}, shown)

    assert named == JumpedPrice("Service 1", 600_000, 1_080_000_000, 1000)


class Reading:
    """The catalogue of a supplier as it is read again and again, all of it on sale."""

    def __init__(self, books: Books) -> None:
        self.books = books

    async def finds(self, **rates: str) -> None:
        known = (await self.books.db.read(store.load)).services
        shown = [
            Service(one.id, ACC, one.listed, Kind.PRODUCT, 1, one.category, one.read_at)
            for one in known
        ]
        rows = tuple(_row(name, rate) for name, rate in rates.items())
        await self.books.db.write(store.store, ACC, Catalog(rows), shelf(*shown))

    async def told(self) -> list[tuple[int, list[str]]]:
        query = f"SELECT notice FROM outbox WHERE chat = {OLGA} ORDER BY id"  # noqa: S608 - a number
        notices = [
            msgspec.json.decode(text, type=PricesJumped)
            for (text,) in await self.books.sql(query)
            if '"a-prices"' in text
        ]
        return [(one.count, [each.name for each in one.named]) for one in notices]


def _row(name: str, rate: str) -> CatalogRow:
    return listed(name, name=name, rate=Decimal(rate), remote_id=RemoteId(name))


@pytest.fixture
def reading(books: Books) -> Reading:
    return Reading(books)


async def test_the_first_reading_tells_nothing_and_a_jump_is_told_once(reading: Reading) -> None:
    await reading.finds(a="1", b="1", c="1")
    assert await reading.told() == []
    await reading.finds(a="2", b="1.2", c="0.5")
    await reading.finds(a="2", b="1.2", c="0.5")

    assert await reading.told() == [(2, ["a", "c"])]


async def test_jumps_within_the_hour_are_told_together_after_it(reading: Reading) -> None:
    await reading.finds(a="1", b="1", c="1")
    await reading.finds(a="2", b="1", c="1")
    await reading.finds(a="2", b="2", c="2")
    await reading.finds(a="2", b="3", c="1.1")  # and one of them is taken back
    assert len(await reading.told()) == 1

    reading.books.wait(minutes=61)
    await reading.finds(a="2", b="3", c="1.1")
    await reading.finds(a="2", b="3", c="1.1")
    assert (await reading.told())[1:] == [(1, ["b"])]

    await reading.finds(a="9", b="3", c="1.1")
    reading.books.wait(minutes=61)
    await reading.finds(b="3", c="1.1")  # what jumped is no longer listed
    await reading.finds(a="9", b="3", c="1.1")
    assert len(await reading.told()) == 2


async def test_what_a_purchase_finds_first_is_told_by_the_next_reading(reading: Reading) -> None:
    await reading.finds(a="1", b="1")
    service = (await reading.books.service("a")).id
    await reading.books.db.write(store.store_one, service, _row("a", "2"), reading.books.now)
    await reading.finds(a="2", b="1")

    assert await reading.told() == [(1, ["a"])]
