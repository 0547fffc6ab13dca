"""A price by a rule is what its definition says, and no price is below its cost and margin."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.basis import FLAT, Basis
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.base.money import CENT, MICRO, ZERO, Money
from bot.catalog.places.tree import EVERYBODY, Category, Tree
from bot.catalog.prices.rules import NO_RULE, PriceRule, Prices, digest_of, with_rule
from bot.catalog.pricing import Pricing, expected_cost
from bot.catalog.selection.selection import SHOP, Selection
from tests.stored_shop import usd

ACC, HST = SupplierName("accplanet"), SupplierName("hstockplus")
MAIL, GMAIL, GAMES = CategoryId(1), CategoryId(2), CategoryId(3)
LABELS = {
    MAIL: Category(MAIL, "Mail", None),
    GMAIL: Category(GMAIL, "Gmail", MAIL),
    GAMES: Category(GAMES, "Games", None),
}
TREE = Tree(LABELS)
SETTINGS = Pricing(Decimal(20), CENT)
ONE = ServiceId(7)

amounts = st.integers(0, 10**9).map(Money)
percents = st.decimals("-99.99", 10_000, places=4)
steps = st.integers(1, 500).map(lambda many: Money(many * CENT.micros))
rules = st.builds(
    PriceRule,
    st.none() | percents,
    st.none(),
    st.none() | amounts,
    st.none() | steps,
) | st.builds(PriceRule, st.none(), st.none() | amounts, st.none() | amounts, st.none() | steps)
rates = st.decimals("0.0001", 10_000, places=4)
bases = st.sampled_from([1, 10, 1000, FLAT])
quantities = st.integers(1, 100_000)
bits = st.lists(rules, min_size=5, max_size=5)


def whole(amount: Money) -> Fraction:
    return Fraction(amount.micros, MICRO)


def exact(pricing: Pricing, rate: Decimal, basis: Basis, quantity: int) -> Fraction:
    """The definition, in fractions."""
    units = Fraction(1) if basis == FLAT else Fraction(quantity, basis)
    price = Fraction(rate) * (1 + Fraction(pricing.markup_percent) / 100) + whole(pricing.added)
    if pricing.least_margin is not None:
        price = max(price, Fraction(rate) + whole(pricing.least_margin))
    return price * units


@given(rules, rates, bases, quantities)
def test_a_total_is_the_smallest_step_that_is_not_below_the_definition(
    rule: PriceRule, rate: Decimal, basis: Basis, quantity: int
) -> None:
    pricing = rule.over(SETTINGS)
    total = pricing.total(rate, basis, quantity)
    over = total.micros - exact(pricing, rate, basis, quantity) * MICRO
    assert total.is_in_steps(pricing.step)
    assert 0 <= over < pricing.step.micros


@given(rules, rates, bases, quantities)
def test_no_total_is_below_cost_and_the_least_margin(
    rule: PriceRule, rate: Decimal, basis: Basis, quantity: int
) -> None:
    pricing = rule.over(SETTINGS)
    total, cost = (
        pricing.total(rate, basis, quantity),
        expected_cost(rate, basis, quantity),
    )
    if pricing.pays_for_itself(rate):
        assert total >= cost
    if pricing.least_margin is not None:
        units = Fraction(1) if basis == FLAT else Fraction(quantity, basis)
        least = (Fraction(rate) + whole(pricing.least_margin)) * units
        assert pricing.pays_for_itself(rate)
        assert whole(total) >= least


@given(rules, rates, bases, quantities, quantities)
def test_more_never_costs_less_by_a_rule(
    rule: PriceRule, rate: Decimal, basis: Basis, one: int, other: int
) -> None:
    pricing, (fewer, more) = rule.over(SETTINGS), sorted((one, other))
    assert pricing.total(rate, basis, fewer) <= pricing.total(rate, basis, more)


@pytest.mark.parametrize(
    ("basis", "quantity", "total"),
    [(1, 3, "4.5"), (1000, 3000, "4.5"), (1000, 1, "0.01"), (FLAT, 3, "1.5")],
)
def test_an_amount_is_for_as_many_pieces_as_the_suppliers_price_is(
    basis: Basis, quantity: int, total: str
) -> None:
    pricing = PriceRule(added=usd("0.5")).over(SETTINGS)
    assert pricing.total(Decimal(1), basis, quantity) == usd(total)


@given(bits)
def test_the_narrowest_rule_that_says_a_part_wins(five: list[PriceRule]) -> None:
    parts = [
        Selection.service(ONE), Selection.category(GMAIL), Selection.category(MAIL),
        Selection.supplier(ACC), SHOP,
    ]  # fmt: skip
    kept = {one: rule for one, rule in zip(parts, five, strict=True) if rule}
    found = Prices(SETTINGS, kept, TREE).of(ONE, ACC, GMAIL)

    marked = next((it for it in five if it.percent is not None or it.added is not None), NO_RULE)
    margins = (it.least_margin for it in five if it.least_margin is not None)
    stepped = (it.step for it in five if it.step is not None)
    if marked is NO_RULE:
        assert (found.markup_percent, found.added) == (Decimal(20), ZERO)
    else:
        assert found.markup_percent == (marked.percent or 0)
        assert found.added == (marked.added or ZERO)
    assert found.least_margin == next(margins, None)
    assert found.step == next(stepped, CENT)


def test_rules_of_others_do_not_count() -> None:
    kept = {
        Selection.supplier(HST): PriceRule(percent=Decimal(1)),
        Selection.category(GAMES): PriceRule(percent=Decimal(2)),
        Selection.service(ServiceId(8)): PriceRule(percent=Decimal(3)),
    }
    prices = Prices(SETTINGS, kept, TREE)
    assert prices.of(ONE, ACC, GMAIL) == SETTINGS
    assert prices.of(ONE, HST, GMAIL).markup_percent == 1
    assert prices.of(ONE, HST, GAMES).markup_percent == 2
    assert prices.of(ServiceId(8), HST, GAMES).markup_percent == 3


def test_services_by_the_same_rules_share_their_pricing() -> None:
    kept = {SHOP: PriceRule(percent=Decimal(1)), Selection.category(GMAIL): PriceRule(step=CENT)}
    prices = Prices(SETTINGS, kept, TREE)
    assert prices.of(ONE, ACC, GMAIL) is prices.of(ServiceId(8), HST, MAIL)


def test_a_rule_follows_its_category_where_it_was_renamed_or_merged() -> None:
    renamed = CategoryId(9)
    labels = {**LABELS, renamed: replace(LABELS[GMAIL], id=renamed, name="Google")}
    kept = {Selection.category(GMAIL): PriceRule(percent=Decimal(5))}
    moved = Tree(labels, {(GMAIL, EVERYBODY): renamed})
    assert Prices(SETTINGS, kept, moved).of(ONE, ACC, GMAIL).markup_percent == 5
    assert Prices(SETTINGS, kept, moved).find_stored(Selection.category(renamed)) in kept

    merged = Tree(LABELS, {(GAMES, EVERYBODY): MAIL})
    both = {
        Selection.category(MAIL): PriceRule(percent=Decimal(6)),
        Selection.category(GAMES): PriceRule(percent=Decimal(7)),
    }
    prices = Prices(SETTINGS, both, merged)
    assert prices.of(ONE, ACC, GAMES).markup_percent == 6, "of two, the one that is still shown"


real = st.dictionaries(st.sampled_from([SHOP, Selection.supplier(ACC)]), rules.filter(bool))


@given(real, real)
def test_the_mark_of_all_rules_tells_each_change(
    before: dict[Selection, PriceRule], after: dict[Selection, PriceRule]
) -> None:
    assert (digest_of(before) == digest_of(after)) is (before == after)


@given(real, rules)
def test_an_empty_rule_is_none(kept: dict[Selection, PriceRule], rule: PriceRule) -> None:
    changed = with_rule(kept, SHOP, rule)
    assert changed.get(SHOP, NO_RULE) == rule
    assert SHOP not in with_rule(changed, SHOP, NO_RULE)
