"""Decimal digits of every script read as 0-9."""

import re
import unicodedata
from typing import Final

_NUMBER: Final = re.compile(r"[0-9]{1,18}")


def western_digits(text: str) -> str:
    """The text in NFKC, decimal digits of any script as 0-9; superscripts stay as they are."""
    kept = "".join(ch if _is_odd(ch) else unicodedata.normalize("NFKC", ch) for ch in text)
    return "".join(str(unicodedata.decimal(ch)) if ch.isdecimal() else ch for ch in kept)


def _is_odd(ch: str) -> bool:
    """Whether it looks like a digit and is not typed as one, such as a superscript."""
    return not ch.isdecimal() and (ch.isdigit() or ch.isnumeric())


def find_number(typed: str | None) -> int | None:
    """A typed order number or count, `#12` and any script's digits included."""
    shown = western_digits(typed or "").strip().removeprefix("#")
    return int(shown) if _NUMBER.fullmatch(shown) else None
