"""What stands in the cells of an export: exact, and nothing that a spreadsheet would run or turn.

A text that begins like a formula, or that a spreadsheet would take for a number or a date, gets an
apostrophe before it: that is how spreadsheets are told that something is text.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from io import StringIO
from typing import Final

from bot.base.money import MICRO, Money

BOM: Final = "\ufeff"
"""Says to spreadsheets that the file is UTF-8."""
_MARK: Final = "'"
_FORMULA: Final = frozenset("=+-@|%")
"""What begins a formula or a command, after whatever stands before it and is not seen."""
_QUOTES: Final = frozenset("'\"`´\u2018\u2019\u201c\u201d\u00ab\u00bb\uff07\uff02")
_LIKE_NUMBER: Final = re.compile(r"[-+(]?[0-9][-+0-9.,:/()eE ]*")
"""A phone, a long id, a date: a spreadsheet would turn it into a number of its own."""
_SHORT_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,10}")
_LONGEST_ID: Final = 11
"""Digits of a number that a spreadsheet shows as it is."""
_AFTER_SEPARATOR: Final = re.compile(r"([;,|]\s*)(?=[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where the spreadsheet of another country would begin a new cell."""
_CENTS: Final = 2


def safe_text(text: str) -> str:
    """Somebody's words as a spreadsheet may read them: signs that are not seen become blanks."""
    shown = "".join(" " if _is_control(sign) else sign for sign in text)
    apart = _AFTER_SEPARATOR.sub(rf"\1{_MARK}", shown)
    is_turned = _LIKE_NUMBER.fullmatch(unicodedata.normalize("NFKC", shown))
    if _begins_formula(text) or (is_turned and not _SHORT_NUMBER.fullmatch(shown)):
        return f"{_MARK}{apart}"
    return apart


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}


def _begins_formula(text: str) -> bool:
    """Whether it begins like a formula; a tab or a line's end at the beginning does as well."""
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    for sign in unicodedata.normalize("NFKC", text):
        is_seen = not (sign.isspace() or unicodedata.category(sign)[0] in "CZ")
        if is_seen and sign not in _QUOTES:
            return sign in _FORMULA
    return False


def plain_id(number: int | None) -> str:
    """An id; one that a spreadsheet would round is text."""
    if number is None:
        return ""
    written = str(number)
    return written if len(written) <= _LONGEST_ID else f"{_MARK}{written}"


def plain_money(amount: Money) -> str:
    """`1234.50`, with up to six decimals where the amount has them; exact, and nothing grouped."""
    whole, micros = divmod(abs(amount.micros), MICRO)
    fraction = f"{micros:06}".rstrip("0").ljust(_CENTS, "0")
    return f"{'-' if amount.micros < 0 else ''}{whole}.{fraction}"


def plain_decimal(number: Decimal | None) -> str:
    """A supplier's own number, exact."""
    return "" if number is None else f"{number:f}"


def plain_moment(moment: datetime | None, zone: tzinfo) -> str:
    """`2026-11-27T18:30:00+01:00`, in the shop's time zone."""
    return "" if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")


def lines_of(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as lines of a CSV file. Source: RFC 4180."""
    lines = StringIO(newline="")
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return lines.getvalue().encode()


def header_of(columns: Sequence[str]) -> bytes:
    """What a file begins with."""
    return BOM.encode() + lines_of([columns])
