"""A preview says what the shelf would show, had it been saved."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.money import CENT
from bot.catalog.places.tree import Category, Tree
from bot.catalog.prices.preview import preview_rules
from bot.catalog.prices.rules import PriceRule, Prices, Rules, digest_of
from bot.catalog.pricing import Pricing
from bot.catalog.rules import ShelfRules, ShopPolicy, StoredService, SupplierPricing
from bot.catalog.selection.selection import SHOP, Selection
from bot.catalog.shelf import Shelf
from bot.suppliers.words import PRODUCT_ENTITY, CatalogRow
from tests.catalog.prices.test_rules import rules
from tests.stored_shop import usd

ACC, HST = SupplierName("accplanet"), SupplierName("hstockplus")
MAIL, GAMES = CategoryId(1), CategoryId(2)
LABELS = {MAIL: Category(MAIL, "Mail", None), GAMES: Category(GAMES, "Games", None)}
PRICING = Pricing(Decimal(20), CENT)
READ_AT = datetime(2026, 11, 1, tzinfo=UTC)
SHELF_RULES = ShelfRules(
    {ACC: SupplierPricing(ACC, 1), HST: SupplierPricing(HST, 1000)}, ShopPolicy(PRICING)
)


def stored(number: int, rate: Decimal) -> StoredService:
    row = CatalogRow(
        RemoteId(str(number)), f"s{number}", "c", "", rate, 1, 1000, None,
        entity_type=PRODUCT_ENTITY,
    )  # fmt: skip
    supplier, category = (ACC, HST)[number % 2], (MAIL, GAMES)[number % 3 % 2]
    of_it = ServiceId(number), supplier, row, category, READ_AT
    return StoredService(*of_it, paused=number % 7 == 0, gone=number % 11 == 0)


def shelf_by(kept: Rules, rows: list[StoredService]) -> Shelf:
    prices = Prices(PRICING, kept, Tree(LABELS))
    services = [
        SHELF_RULES.service(row, prices.of(row.id, row.supplier, row.category)) for row in rows
    ]
    return Shelf(services, LABELS, PRICING, {}, prices=prices)


parts = st.sampled_from(
    [SHOP, Selection.supplier(ACC), Selection.category(GAMES), Selection.service(ServiceId(3))]
)
rulesets = st.dictionaries(parts, rules, max_size=3)


@settings(max_examples=50)
@given(
    rulesets,
    rulesets,
    st.lists(st.decimals("0.0001", 100, places=4), min_size=1, max_size=30),
)
def test_a_preview_equals_the_shelf_that_is_built_after_it(
    now: dict[Selection, PriceRule], after: dict[Selection, PriceRule], listed: list[Decimal]
) -> None:
    rows = [stored(number, rate) for number, rate in enumerate(listed, 1)]
    before, then = shelf_by(now, rows), shelf_by(after, rows)
    seen = preview_rules(before, now, after)

    pairs = [(before.find_shown(row.id), then.find_shown(row.id)) for row in rows]
    assert seen.lost == sum(was is not None and will is None for was, will in pairs)
    assert seen.back == sum(was is None and will is not None for was, will in pairs)
    both = [(was, will) for was, will in pairs if was is not None and will is not None]
    moved = 0
    for was, will in both:
        unit, service = max(was.unit, will.unit), will.service
        old, new = (
            one.pricing.total(service.listed.rate, service.basis or 1, unit) for one in (was, will)
        )
        moved += old != new
    assert seen.dearer + seen.cheaper == moved
    assert seen.known == digest_of(now)


def test_the_largest_moves_are_named_by_their_share() -> None:
    rows = [stored(number, Decimal(number)) for number in range(1, 40)]
    after = {
        SHOP: PriceRule(added=usd("1")),
        Selection.service(ServiceId(3)): PriceRule(Decimal(9)),
    }
    seen = preview_rules(shelf_by({}, rows), {}, after)
    assert [move.name for move in seen.moves] == ["s1", "s2", "s39", "s38", "s37"]
    assert seen.lost == 0


def test_what_is_gone_or_without_a_basis_is_not_counted() -> None:
    rows = [stored(11, Decimal(1)), stored(22, Decimal(1))]
    seen = preview_rules(shelf_by({}, rows), {}, {SHOP: PriceRule(Decimal(-50))})
    assert seen.changed == 0
