"""No cell of an export is run by a spreadsheet, or turned into something else."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.money import LARGEST, Money
from bot.desk.exports import cells

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://example.com";"Alice")',
        "=1+1",
        "+49 151 23456789",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "   =1",
        "\u00a0\u200b=1",
        '"=1',
        "'=1",
        "\u201c=1",
        "\uff1d1+1",
        "\uff0b49",
        "\uff0d1",
        "\uff20SUM(A1)",
        "\u2066=1",
        "|calc",
        "%0A=1",
    ],
)
def test_what_begins_like_a_formula_is_text(name: str) -> None:
    assert cells.safe_text(name).startswith("'")


@pytest.mark.parametrize(
    "name",
    [
        "+4915123456789",
        "004915123456789",
        "151 234-56",
        "65e12",
        "2026-11-01",
        "1/2",
        "12345678901234567",
    ],
)
def test_phones_and_long_ids_and_what_looks_like_a_date_are_text(name: str) -> None:
    assert cells.safe_text(name) == f"'{name}"


@pytest.mark.parametrize(
    "name", ["10042", "0", "Alice", "Борис", "أميرة", "小明", "Mail 2019 (aged)", "a-b@c", ""]
)
def test_usual_words_stay_as_they_are(name: str) -> None:
    assert cells.safe_text(name) == name


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d"])
@pytest.mark.parametrize("blank", ["", " ", '"', ' "'])
def test_nothing_begins_where_another_country_parts_its_cells(sign: str, blank: str) -> None:
    for row in csv.reader(StringIO(cells.safe_text(f"Ann;{blank}{sign}cmd()")), delimiter=";"):
        assert not any(cell.strip(' "').startswith(sign) for cell in row)


@given(st.text())
def test_no_text_begins_like_a_formula_or_breaks_a_line(text: str) -> None:
    written = cells.safe_text(text)
    assert not written.startswith(STARTS)
    assert not set(written) & set("\r\n\t\x00")
    [row] = csv.reader(StringIO(cells.lines_of([["1", written]]).decode(), newline=""))
    assert row == ["1", written]


@given(st.integers(-LARGEST, LARGEST))
def test_money_is_exact_to_the_last_unit_and_plain(micros: int) -> None:
    written = cells.plain_money(Money(micros))
    assert Decimal(written) * 1_000_000 == micros
    assert set(written) <= set("-0123456789.")
    assert len(written.partition(".")[2]) >= 2


def test_money_reads_as_people_write_it() -> None:
    amounts = [Money(one) for one in (0, 1_790_000, -500_000, 123, 1_000_000_000_000)]
    assert [cells.plain_money(one) for one in amounts] == [
        "0.00",
        "1.79",
        "-0.50",
        "0.000123",
        "1000000.00",
    ]


def test_a_moment_has_its_zone_and_both_half_past_twos_are_told_apart() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert cells.plain_moment(first, berlin) == "2026-10-25T02:30:00+02:00"
    assert cells.plain_moment(second, berlin) == "2026-10-25T02:30:00+01:00"


def test_an_id_that_a_spreadsheet_would_round_is_text() -> None:
    assert cells.plain_id(12_345) == "12345"
    assert cells.plain_id(2**52) == f"'{2**52}"
    assert cells.plain_id(None) == ""
