"""What is equal enough to stand in for something, and when it does."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.basis import FLAT
from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import CENT
from bot.catalog.errors import CannotTieReason, NotForSaleReason
from bot.catalog.listing import Sort
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.catalog.shelf import Shelf
from bot.catalog.standins.rules import as_sold, find_difference
from bot.suppliers.words import CatalogRow, Kind
from tests.stored_shop import ACC, HSTOCK

NOW: Final = datetime(2026, 3, 1, tzinfo=UTC)
PRICING: Final = Pricing(Decimal(20), CENT)
THIRD: Final = SupplierName("third")


def service(number: int = 1, supplier: SupplierName = ACC, **more: Any) -> Service:
    """An account at a dollar, ten of them."""
    of_row = {name: more.pop(name) for name in list(more) if name in CatalogRow.__slots__}
    row = CatalogRow(
        RemoteId(f"r{number}"), f"Account {number}", "Mail", "", Decimal(1), 1, 100, 10
    )
    kept = Service(
        ServiceId(number), supplier, replace(row, **of_row), Kind.PRODUCT, 1, CategoryId(1), NOW
    )
    return replace(kept, **more)


def other(**more: Any) -> Service:
    return service(2, HSTOCK, **more)


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        (service(2), CannotTieReason.SUPPLIER),
        (other(kind=Kind.SOCIAL), CannotTieReason.KIND),
        (other(kind=Kind.NUMBER), CannotTieReason.KIND),
        (other(basis=FLAT), CannotTieReason.UNIT),
        (other(auto_delivery=False), CannotTieReason.DELIVERY),
        (other(least=101, most=200), CannotTieReason.AMOUNTS),
        (other(auto_delivery=None), None),
        (other(basis=1000), None),
        (other(least=100, most=200, stock=0), None),
    ],
)
def test_what_differs_for_a_customer_is_no_equal(
    theirs: Service, why: CannotTieReason | None
) -> None:
    assert find_difference(service(auto_delivery=True), theirs) is why


def test_numbers_of_two_countries_are_no_equals() -> None:
    kenya = service(kind=Kind.NUMBER, subcategory="Kenya")
    assert find_difference(kenya, other(kind=Kind.NUMBER, subcategory="kenya ")) is None
    malta = other(kind=Kind.NUMBER, subcategory="Malta")
    assert find_difference(kenya, malta) is CannotTieReason.COUNTRY


def test_what_can_be_bought_is_sold_as_it_is_until_its_supplier_is_paused() -> None:
    sold = as_sold(service(), [other(rate=Decimal("0.5"), stock=3)], PRICING)

    assert (sold.source, sold.span.most) == (None, 10)
    away = sold.sold(frozenset({ACC}))
    assert away.source is not None
    assert (away.id, away.source.id, away.span.most) == (1, 2, 3)
    assert (sold.is_on_sale(frozenset({ACC})), sold.is_paused(frozenset({ACC}))) == (True, False)
    both = frozenset({ACC, HSTOCK})
    assert (sold.is_on_sale(both), sold.is_paused(both)) == (False, True)


@pytest.mark.parametrize(
    "first", [service(stock=0), service(hidden=NotForSaleReason.SERVICE_PAUSED)]
)
def test_what_cannot_be_bought_has_the_name_the_price_and_the_amounts_of_whom_it_should(
    first: Service,
) -> None:
    sold = as_sold(first, [other(rate=Decimal("0.5"), least=2, most=9, stock=7)], PRICING)

    assert (sold.id, sold.listed.name, sold.listed.rate) == (1, "Account 1", Decimal(1))
    assert (sold.span.least, sold.span.most, sold.hidden) == (2, 7, None)
    assert sold.bought.supplier == HSTOCK
    assert sold.is_on_sale()
    assert not sold.is_on_sale(frozenset({HSTOCK}))


@pytest.mark.parametrize(
    "no",
    [
        other(rate=Decimal("1.01")),
        other(stock=0),
        other(hidden=NotForSaleReason.NEGATIVE_MARGIN),
        other(hidden=NotForSaleReason.SERVICE_PAUSED),
        other(kind=Kind.SOCIAL),
        other(basis=None),
    ],
)
def test_what_is_dearer_or_not_to_be_had_stands_in_for_nothing(no: Service) -> None:
    sold = as_sold(service(stock=0), [no], PRICING)

    assert (sold.instead, sold.is_sold_out) == ((), True)


def test_the_first_that_fits_is_taken() -> None:
    others = [other(stock=0), service(3, THIRD, rate=Decimal("0.9")), service(4, THIRD)]

    assert as_sold(service(stock=0), others, PRICING).bought.id == 3


def test_a_shelf_shows_it_and_follows_either_of_them() -> None:
    tied = {ServiceId(one): (ServiceId(1), ServiceId(2)) for one in (1, 2)}
    shelf = Shelf([service(stock=0), other()], {}, PRICING, {}, ties=tied)
    assert shelf.load_offer(ServiceId(1)).service.is_on_sale()
    assert shelf.on_sale == 2

    shelf = shelf.with_service(other(stock=0))
    assert shelf.load_offer(ServiceId(1)).service.is_sold_out
    assert [one.service.is_sold_out for one in shelf.offers(CategoryId(1), Sort.NAME)] == [
        True
    ] * 2

    shelf = shelf.with_service(service(stock=1))
    assert shelf.load_offer(ServiceId(2)).service.is_on_sale()
    assert shelf.find_service(ServiceId(2)) == other(stock=0)


@given(
    st.decimals("0.001", "50", places=3),
    st.decimals("0.001", "50", places=3),
    st.sampled_from([1, 7, 1000]),
    st.sampled_from([1, 7, 1000]),
    st.integers(1, 20),
    st.integers(0, 500),
)
def test_no_quantity_of_a_stand_in_would_have_cost_its_customer_more(
    mine: Decimal, theirs: Decimal, basis: int, their_basis: int, least: int, more: int
) -> None:
    first = service(rate=mine, basis=basis, stock=0)
    second = other(rate=theirs, basis=their_basis, least=least, most=least + more, stock=None)

    sold = as_sold(first, [second], PRICING)

    if sold.source is not None:
        for many in {least, least + more // 2, least + more}:
            asked = PRICING.total(mine, basis, many)
            assert PRICING.total(theirs, their_basis, many) <= asked
