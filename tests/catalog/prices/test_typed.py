"""What an operator types is a rule, or is refused for a reason that can be said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.money import CENT, MICRO, Money
from bot.catalog.prices.errors import BadPrice, BadPriceReason
from bot.catalog.prices.rules import NO_RULE, PriceRule
from bot.catalog.prices.typed import OFF, RulePart, in_full, read_rule, split_command
from tests.catalog.prices.test_rules import amounts, percents, steps
from tests.stored_shop import usd

TWENTY = PriceRule(percent=Decimal(20))


@pytest.mark.parametrize(
    ("typed", "what", "rule"),
    [
        ("Email 20%", "Email", "20%"),
        ("Email Accounts +0.50 min 0.10", "Email Accounts", "+0.50 min 0.10"),
        ('"Email > Gmail" off', "Email > Gmail", "off"),
        ("#12 20 %", "#12", "20 %"),
        ("shop ٢٠٪", "shop", "20%"),
        ("shop −5%", "shop", "-5%"),
        ("shop min off step 0.05", "shop", "min off step 0.05"),
        ("shop NaN%", "shop", "NaN%"),
        ("shop 20", "shop", "20"),
        ("Steam", "Steam", ""),
        ("", "", ""),
    ],
)
def test_a_command_is_parted_into_what_and_how_much(typed: str, what: str, rule: str) -> None:
    assert split_command(typed) == (what, rule)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("20%", PriceRule(percent=Decimal(20))),
        ("12,5%", PriceRule(percent=Decimal("12.5"))),
        ("+0.50", PriceRule(added=usd("0.5"))),
        ("min 0", PriceRule(percent=Decimal(20), least_margin=Money(0))),
        ("STEP 0.05", PriceRule(percent=Decimal(20), step=usd("0.05"))),
        ("30% min 1 step 2", PriceRule(Decimal(30), None, usd("1"), usd("2"))),
        ("off", NO_RULE),
        ("min off", TWENTY),
    ],
)
def test_what_is_typed_takes_the_place_of_its_part(typed: str, rule: PriceRule) -> None:
    assert read_rule(typed, TWENTY, CENT) == rule


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("-100%", BadPriceReason.PERCENT),
        ("-1000%", BadPriceReason.PERCENT),
        ("10000.01%", BadPriceReason.PERCENT),
        ("1000000000%", BadPriceReason.PERCENT),
        ("1e9%", BadPriceReason.UNREADABLE),
        ("NaN%", BadPriceReason.UNREADABLE),
        ("+inf", BadPriceReason.UNREADABLE),
        ("+-5", BadPriceReason.UNREADABLE),
        ("-0.50", BadPriceReason.WITHOUT_UNIT),
        ("20", BadPriceReason.WITHOUT_UNIT),
        ("+1.000", BadPriceReason.UNCLEAR),
        ("20% +1", BadPriceReason.TWO_MARKUPS),
        ("20% off", BadPriceReason.TWICE),
        ("min 1 min 2", BadPriceReason.TWICE),
        ("+2000000000", BadPriceReason.AMOUNT),
        ("step 0", BadPriceReason.STEP),
        ("step 0.015", BadPriceReason.STEP),
        ("+0.10 min 0.50", BadPriceReason.MARGIN_ABOVE_AMOUNT),
        ("", BadPriceReason.UNREADABLE),
        ("20% of it", BadPriceReason.UNREADABLE),
        ("%", BadPriceReason.UNREADABLE),
        ("x" * 5_000, BadPriceReason.UNREADABLE),
        ("+" + "9" * 300, BadPriceReason.UNREADABLE),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, reason: BadPriceReason) -> None:
    with pytest.raises(BadPrice) as refused:
        read_rule(typed, NO_RULE, CENT)
    assert refused.value.reason is reason


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_rule_or_refused(text: str) -> None:
    split_command(text)
    for part in RulePart:
        try:
            read_rule(in_full(text, part), NO_RULE, CENT, ",")
        except BadPrice:
            continue


@given(
    st.none() | percents,
    st.none() | amounts.map(lambda one: Money(one.micros * 7)),
    st.none() | amounts,
    st.none() | steps,
)
def test_a_rule_is_read_back_as_the_log_keeps_it(
    percent: Decimal | None, added: Money | None, least: Money | None, step: Money | None
) -> None:
    added = None if percent is not None else added
    least = None if added is not None and least is not None and least > added else least
    rule = PriceRule(percent, added, least, step)
    assert read_rule(rule.spelled() or OFF, NO_RULE, Money(1)) == rule
    assert "e" not in rule.spelled().replace("step", "").lower()


@pytest.mark.parametrize(
    ("typed", "part", "full"),
    [
        ("20", RulePart.PERCENT, "20%"),
        ("0.5", RulePart.ADDED, "+0.5"),
        ("+0.5", RulePart.ADDED, "+0.5"),
        ("0.1", RulePart.LEAST, "min 0.1"),
        ("0.05", RulePart.STEP, "step 0.05"),
        ("off", RulePart.STEP, "step off"),
        ("off", RulePart.PERCENT, "off"),
        ("20% min 1", RulePart.STEP, "20% min 1"),
    ],
)
def test_a_part_that_is_asked_for_needs_no_sign(typed: str, part: RulePart, full: str) -> None:
    assert in_full(typed, part) == full


def test_amounts_are_whole_micro_units() -> None:
    rule = read_rule("+0.000001", NO_RULE, CENT)
    assert rule.added == Money(1)
    assert Money(MICRO) == usd("1")
