"""What a service is: no name of a list of hundreds is taken for the wrong kind."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.ids import RemoteId, SupplierName
from bot.base.money import Money
from bot.catalog.errors import NotForSaleReason
from bot.catalog.pricing import Pricing
from bot.catalog.rules import ShopPolicy, SupplierPricing, hidden_reason
from bot.suppliers.words import PRODUCT_ENTITY, CatalogRow, Kind

LIST = Path(__file__).with_name("names_of_services.txt")
ROW = CatalogRow(RemoteId("7"), "Thing", "Other", "", Decimal("0.9"), 1, 100, 50)
PRICING = SupplierPricing(SupplierName("third"), 1)
OPEN = ShopPolicy(Pricing(Decimal(20), Money(10_000)), sell_social=True)
UNCLEAR = "unclear"


@dataclass(frozen=True)
class Listed:
    """A name of the list, with the kind that a person gave it."""

    kind: str
    row: CatalogRow


def listed() -> Iterator[Listed]:
    kind = category = subcategory = ""
    for line in LIST.read_text(encoding="utf-8").splitlines():
        name = line.strip()
        if name.startswith("["):
            kind, _, shelf = name[1:].partition("] ")
            category, _, subcategory = shelf.partition(" > ")
        elif name and not name.startswith("#"):
            yield Listed(kind, replace(ROW, name=name, category=category, subcategory=subcategory))


NAMES = tuple(listed())


def said(row: CatalogRow) -> str:
    return PRICING.kind_of(row) or UNCLEAR


def test_the_list_is_long_enough_to_mean_something() -> None:
    assert len(NAMES) >= 500
    assert set(Counter(one.kind for one in NAMES)) == {Kind.PRODUCT, Kind.SOCIAL, UNCLEAR}


def test_no_name_is_taken_for_the_wrong_kind() -> None:
    wrong = [
        f"{said(one.row)} instead of {one.kind}: {one.row.category} > {one.row.name}"
        for one in NAMES
        if said(one.row) not in (one.kind, UNCLEAR)
    ]

    assert wrong == []


@pytest.mark.parametrize("kind", [Kind.PRODUCT, Kind.SOCIAL])
def test_nearly_all_clear_names_are_understood(kind: Kind) -> None:
    ours = [one for one in NAMES if one.kind == kind]
    unclear = [one.row.name for one in ours if said(one.row) == UNCLEAR]

    assert len(unclear) * 10 <= len(ours), unclear


def test_what_is_unclear_is_hidden_until_the_operator_decides() -> None:
    for one in NAMES:
        if one.kind == UNCLEAR:
            assert hidden_reason(one.row, PRICING, OPEN) is NotForSaleReason.UNKNOWN_KIND


@pytest.mark.parametrize("key", ["#7", "other", "sub"])
@pytest.mark.parametrize("kind", [Kind.PRODUCT, Kind.SOCIAL])
def test_the_operator_decides_about_a_service_or_a_whole_category(key: str, kind: Kind) -> None:
    products = frozenset({key} if kind is Kind.PRODUCT else ())
    socials = frozenset({key} if kind is Kind.SOCIAL else ())
    row = replace(ROW, subcategory="Sub")

    assert replace(PRICING, products=products, socials=socials).kind_of(row) is kind


def test_the_closest_decision_counts_and_one_in_both_lists_asks_for_a_link() -> None:
    both = frozenset({"other", "#8"})
    ours = replace(PRICING, products=both | {"#7"}, socials=both)

    assert ours.kind_of(ROW) is Kind.PRODUCT
    assert ours.kind_of(replace(ROW, remote_id=RemoteId("8"))) is Kind.SOCIAL


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (replace(ROW, entity_type=PRODUCT_ENTITY), Kind.PRODUCT),
        (replace(ROW, entity_type="Service"), Kind.SOCIAL),
        (replace(ROW, type="Custom Comments"), Kind.SOCIAL),
        (replace(ROW, type="Poll"), Kind.SOCIAL),
    ],
)
def test_the_suppliers_own_mark_counts_before_every_word(row: CatalogRow, kind: Kind) -> None:
    decided = replace(
        PRICING,
        products=frozenset({"#7"} if kind is Kind.SOCIAL else ()),
        socials=frozenset({"#7"} if kind is Kind.PRODUCT else ()),
    )

    assert decided.kind_of(replace(row, name="Instagram account followers")) is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Instagram followers", Kind.SOCIAL),
        ("Account recovery", None),
        ("Rare thing", Kind.PRODUCT),
    ],
)
def test_a_supplier_of_accounts_sells_no_work_without_a_link(name: str, kind: Kind | None) -> None:
    accounts_alone = replace(PRICING, unmarked_kind=Kind.PRODUCT)

    assert accounts_alone.kind_of(replace(ROW, name=name)) is kind


WORK = ("followers", "views", "visits", "reach", "boost", "likes", "subscribers", "members")


@given(st.sampled_from(NAMES), st.sampled_from(WORK))
def test_goods_beside_work_are_never_sold_without_a_link(one: Listed, work: str) -> None:
    row = replace(one.row, name=f"{work} {one.row.name}", category="", subcategory="")

    assert PRICING.kind_of(row) is not Kind.PRODUCT


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_is_read(name: str, category: str) -> None:
    PRICING.kind_of(replace(ROW, name=name, category=category))
