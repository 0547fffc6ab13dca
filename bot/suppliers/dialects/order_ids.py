"""Which `order` in an answer is an id that can be asked for; what is doubtful is none."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 64
_VISIBLE: Final = re.compile(r"[!-~]{1,64}")
_DIGITS: Final = re.compile(r"[1-9][0-9]{0,63}")
"""Without zeros in front: 023 may be 23 over there, and be somebody else's."""
_HEX: Final = re.compile(r"(?!0{24})[0-9a-f]{24}")
_SIGNED: Final = re.compile(r"[-+]?[0-9]+")
EMPTY_WORDS: Final = frozenset({"null", "none", "nil", "undefined", "nan", "true", "false"})
"""What programs write where there is nothing, in small letters."""


def is_positive_number(order: object) -> bool:
    """A whole number above 0, as a JSON number or its digits as text."""
    if isinstance(order, str):
        return _DIGITS.fullmatch(order) is not None
    return type(order) is int and 0 < order < 10**_LONGEST


def is_word_or_number(order: object) -> bool:
    """The same, or up to 64 visible ASCII characters that are no program's word for nothing.

    Ids of 24 hexadecimal digits may begin with zeros.
    """
    if isinstance(order, str) and _HEX.fullmatch(order):
        return True
    if not isinstance(order, str) or _SIGNED.fullmatch(order):
        return is_positive_number(order)
    return _VISIBLE.fullmatch(order) is not None and order.lower() not in EMPTY_WORDS
