"""What a listed row is, what its rate is for, and why it may not be sold."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.base.basis import FLAT
from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.base.quantity import Span
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.rules import (
    Service,
    ShelfRules,
    ShopPolicy,
    StoredService,
    SupplierPricing,
    hidden_reason,
)
from bot.suppliers.words import CatalogRow, Kind, NumberId, fold

NAME = SupplierName("accplanet")
ROW = CatalogRow(RemoteId("7"), "Aged account", "Mail", "Gmail", Decimal("0.9"), 1, 100, 50)
PRODUCT = replace(ROW, entity_type="product")
LIKES = replace(ROW, name="Photo likes", category="Instagram", subcategory="", entity_type="")
READ_AT = datetime(2026, 3, 1, tzinfo=UTC)
TERMS = SupplierPricing(NAME, 1)
SHOP = ShopPolicy(Pricing(Decimal(20), Money(10_000)), sell_social=False)


@pytest.mark.parametrize(
    ("overrides", "basis"),
    [
        ({}, 1),
        ({"mail": 10}, 10),
        ({"mail": 10, "gmail": 100}, 100),
        ({"mail": 10, "gmail": 100, "#7": FLAT}, FLAT),
        ({"other": 10, "#8": 5}, 1),
    ],
)
def test_the_closest_rule_names_the_basis(overrides: dict[str, int], basis: int) -> None:
    assert SupplierPricing(NAME, 1, overrides).basis_of(ROW) == basis


@pytest.mark.parametrize(
    ("supplier", "paused", "seen"),
    [
        (NAME, False, None),
        (NAME, True, NotForSaleReason.SERVICE_PAUSED),
        (SupplierName("forgotten"), False, NotForSaleReason.GONE),
        (SupplierName("forgotten"), True, NotForSaleReason.GONE),
    ],
)
def test_a_stored_row_is_a_service_under_the_settings_of_its_supplier(
    supplier: SupplierName, paused: bool, seen: NotForSaleReason | None
) -> None:
    kept = StoredService(ServiceId(3), supplier, PRODUCT, CategoryId(4), READ_AT, paused, False)
    basis = 1 if supplier == NAME else None

    assert ShelfRules({NAME: TERMS}, SHOP).service(kept) == Service(
        ServiceId(3), supplier, PRODUCT, Kind.PRODUCT, basis, CategoryId(4), READ_AT, seen
    )


@pytest.mark.parametrize("paused", [False, True])
def test_a_stored_row_that_the_rules_hide_says_why(paused: bool) -> None:
    row = replace(PRODUCT, problem="no rate")
    kept = StoredService(ServiceId(3), NAME, row, CategoryId(4), READ_AT, paused, False)

    assert ShelfRules({NAME: TERMS}, SHOP).service(kept).hidden is NotForSaleReason.UNREADABLE


def test_without_a_word_from_anyone_the_basis_is_unknown() -> None:
    assert SupplierPricing(NAME, None).basis_of(ROW) is None


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (PRODUCT, Kind.PRODUCT),
        (replace(ROW, entity_type="service"), Kind.SOCIAL),
        (replace(ROW, entity_type=""), Kind.PRODUCT),
        (LIKES, Kind.SOCIAL),
        (replace(ROW, entity_type="", name="Account followers"), Kind.SOCIAL),
        (replace(ROW, entity_type="", name="Thing", category="X", subcategory=""), None),
    ],
)
def test_a_row_is_a_product_by_its_own_mark_or_by_its_words(
    row: CatalogRow, kind: Kind | None
) -> None:
    assert TERMS.kind_of(row) is kind


@pytest.mark.parametrize("key", ["#7", "instagram"])
def test_the_operators_word_makes_a_product_of_anything(key: str) -> None:
    assert replace(TERMS, products=frozenset({key})).kind_of(LIKES) is Kind.PRODUCT


def test_a_dialect_may_say_what_unmarked_rows_are() -> None:
    assert replace(TERMS, unmarked_kind=Kind.SOCIAL).kind_of(ROW) is Kind.SOCIAL


def test_names_are_compared_without_case_and_runs_of_blanks() -> None:
    assert fold("  Gmail \t ACCOUNTS ") == fold("gmail accounts") == "gmail accounts"


@pytest.mark.parametrize(
    ("row", "supplier_pricing", "why"),
    [
        (PRODUCT, TERMS, None),
        (replace(PRODUCT, problem="min above max"), TERMS, NotForSaleReason.UNREADABLE),
        (LIKES, TERMS, NotForSaleReason.SOCIAL_OFF),
        (replace(LIKES, type="Custom Comments"), TERMS, NotForSaleReason.UNSUPPORTED_TYPE),
        (PRODUCT, SupplierPricing(NAME, None), NotForSaleReason.UNKNOWN_BASIS),
        (replace(PRODUCT, rate=Decimal(0)), TERMS, NotForSaleReason.UNREADABLE),
        (replace(PRODUCT, rate=Decimal("1e12"), most=10**9, stock=None), TERMS,
         NotForSaleReason.UNREADABLE),
        (replace(PRODUCT, rate=Decimal("1e30")), SupplierPricing(NAME, FLAT),
        NotForSaleReason.UNREADABLE),
        (replace(PRODUCT, most=10**30, stock=None), TERMS, None),
        (replace(PRODUCT, stock=0), TERMS, None),
    ],
)  # fmt: skip
def test_a_row_is_hidden_for_its_reason(
    row: CatalogRow, supplier_pricing: SupplierPricing, why: NotForSaleReason | None
) -> None:
    assert hidden_reason(row, supplier_pricing, SHOP) is why


def test_social_rows_are_sold_when_the_operator_says_so() -> None:
    assert hidden_reason(LIKES, TERMS, replace(SHOP, sell_social=True)) is None


def test_what_would_be_sold_below_its_cost_is_hidden() -> None:
    losing = ShopPolicy(Pricing(Decimal(-1), Money(10_000)))

    assert hidden_reason(PRODUCT, TERMS, losing) is NotForSaleReason.NEGATIVE_MARGIN


@given(
    st.decimals("-10", "1e20", places=3),
    st.integers(-5, 10**20),
    st.integers(-5, 10**20),
    st.none() | st.integers(0, 10**20),
    st.sampled_from([1, 1000, FLAT]),
)
def test_every_quantity_of_what_is_on_sale_has_a_price(
    rate: Decimal, least: int, most: int, stock: int | None, basis: int
) -> None:
    row = replace(PRODUCT, rate=rate, least=least, most=most, stock=stock)

    if hidden_reason(row, SupplierPricing(NAME, basis), SHOP) is None and not row.span.is_empty:
        for quantity in (row.span.least, row.span.most):
            assert SHOP.pricing.total(rate, basis, quantity) > Money(0)


@pytest.mark.parametrize(
    ("least", "most", "stock", "span"),
    [
        (1, 100, 50, Span(1, 50)), (1, 100, None, Span(1, 100)), (10, 100, 5, Span(10, 5)),
        (0, 100, 50, Span(1, 50)), (1, 10**30, None, Span(1, 10**9 - 1)),
    ],
)  # fmt: skip
def test_the_span_is_the_range_cut_at_the_stock(
    least: int, most: int, stock: int | None, span: Span
) -> None:
    assert replace(ROW, least=least, most=most, stock=stock).span == span


# Numbers

parts = st.text(min_size=1, max_size=9)


@given(parts, parts.filter(lambda country: ":" not in country))
@example("a:b", "ke")
def test_a_numbers_id_reads_back_as_its_project_and_country(project: str, country: str) -> None:
    wanted = NumberId(project, country)

    assert NumberId.find(wanted.remote_id) == wanted


@pytest.mark.parametrize("remote", ["7", "sms", "sms:", "sms:tg", "sms::ke", "sms:tg:", "x:tg:ke"])
def test_an_ordinary_id_is_no_numbers(remote: str) -> None:
    assert NumberId.find(RemoteId(remote)) is None


def test_a_number_is_sold_by_the_piece_whatever_the_rules_for_others_say() -> None:
    row = replace(PRODUCT, remote_id=NumberId("tg", "ke").remote_id)
    supplier_pricing = SupplierPricing(NAME, 1000, {"mail": 10}, frozenset({"mail"}))

    assert (supplier_pricing.basis_of(row), supplier_pricing.kind_of(row)) == (1, Kind.NUMBER)
