"""Suppliers' names made fit for buttons and texts: one line, visible, not too long."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.chat.kit.richtext import rich, units
from bot.i18n.language import ISOLATE, ISOLATE_END

IN_BUTTON: Final = 64
IN_TEXT: Final = 120
IN_ROW: Final = 28
"""In a row that ends in a price and stock: phones cut long labels, and these must stay visible."""
BEFORE_PRICE: Final = 34
"""In a row that ends in a price alone."""

_TURNING: Final = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
_VISIBLE: Final = frozenset("LNPS")


@lru_cache(maxsize=4096)  # the same names are shown at every tap
def fit(name: str, most: int = IN_TEXT) -> str:
    """The name on one line within `most` UTF-16 units; a dash when nothing of it can be seen.

    Signs that turn the direction of a line are dropped: an unclosed one would turn the screen.
    In a row a wide sign takes the room of two.
    """
    plain = "".join(" " if unicodedata.category(ch) in {"Cc", "Zl", "Zp"} else ch for ch in name)
    line = " ".join(_TURNING.sub("", plain).split())
    if not any(unicodedata.category(ch)[0] in _VISIBLE for ch in line):
        return "—"
    return rich(line).cut(most if most >= IN_BUTTON else min(most, _units_in(line, most))).text


def _units_in(line: str, columns: int) -> int:
    """How many UTF-16 units of a line fill so many columns of a row."""
    filled = 0
    for ch in line:
        columns -= 2 if unicodedata.east_asian_width(ch) in {"W", "F"} else 1
        if columns < 0:
            break
        filled += units(ch)
    return filled


def shorten(label: str, most: int = IN_BUTTON) -> str:
    """A finished label of at most `most` units; an isolate that is cut ends with it."""
    whole = rich(label)
    short = (whole if whole.length <= most else whole.cut(most - 1)).text
    is_open = short.count(ISOLATE) > short.count(ISOLATE_END)
    return short + ISOLATE_END if is_open else short


NOTHING_SEEN: Final = fit("")


def clip(text: str, most: int) -> str:
    """One line of at most `most` units; empty when nothing of it can be seen."""
    return fit(text, most) if text and fit(text, most) != NOTHING_SEEN else ""
