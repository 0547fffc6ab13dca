from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from babel.numbers import get_decimal_symbol
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.language import (
    LANGUAGES,
    babel_locale,
    format_datetime,
    format_money,
    format_number,
    isolate,
    relative_time,
)

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("micros", "currency", "locale", "written"),
    [
        (9_900_000, "USD", "en", "$9.90"),
        (0, "USD", "en", "$0.00"),
        (125, "USD", "en", "$0.000125"),
        (9_990_500, "USD", "en", "$9.9905"),
        (-2_410_000, "USD", "en", "−$2.41"),
        (1_234_567_890_000, "EUR", "de", "1.234.567,89\xa0€"),
        (100_000_000, "JPY", "ja", "￥100"),
        (100_500_000, "JPY", "ja", "￥100.5"),
        (2**63 - 1, "USD", "en", "$9,223,372,036,854.775807"),
    ],
)
def test_money_shows_its_usual_digits_and_more_only_where_it_has_them(
    micros: int, currency: str, locale: str, written: str
) -> None:
    assert format_money(micros, currency, locale) == written


@given(micros=st.integers(-(2**63) + 1, 2**63 - 1), locale=st.sampled_from(list(LANGUAGES)))
def test_no_amount_is_ever_rounded_in_any_language(micros: int, locale: str) -> None:
    written = format_money(micros, "USD", locale)
    point = get_decimal_symbol(babel_locale(locale))
    bare = "".join(c for c in written if c.isdigit() or c in {point, "−"})

    assert Decimal(bare.replace(point, ".").replace("−", "-")) == Decimal(micros).scaleb(-6)


def test_two_amounts_of_different_digits_do_not_disturb_each_other() -> None:
    assert format_money(125, "USD", "fr") == "0,000125\xa0$US"
    assert format_money(1_000_000, "USD", "fr") == "1,00\xa0$US"


def test_numbers_are_exact() -> None:
    assert format_number(1_234_567, "de") == "1.234.567"
    assert format_number(Decimal("0.123456789"), "en") == "0.123456789"


def test_a_moment_says_that_it_is_utc() -> None:
    assert format_datetime(NOON, "en").replace("\u202f", " ") == "Mar 1, 2026, 12:00:00 PM UTC"


@pytest.mark.parametrize(
    ("span", "locale", "written"),
    [
        (timedelta(minutes=5), "en", "in 5 minutes"),
        (timedelta(minutes=52), "en", "in 52 minutes"),
        (-timedelta(hours=2), "en", "2 hours ago"),
        (timedelta(minutes=4), "ru", "через 4 минуты"),
    ],
)
def test_a_time_is_told_from_now(span: timedelta, locale: str, written: str) -> None:
    assert relative_time(NOON + span, NOON, locale) == written


def test_every_language_writes_everything() -> None:
    for code in LANGUAGES:
        assert format_datetime(NOON, code).endswith("UTC")
        assert relative_time(NOON + timedelta(minutes=3), NOON, code)


@given(st.text())
def test_an_isolated_text_closes_what_it_opens(text: str) -> None:
    isolated = isolate(text)

    assert isolated.count("\u2068") == isolated.count("\u2069") == 1
    assert not set(isolated) & set("\u202a\u202b\u202d\u202e\u2066\u2067")
