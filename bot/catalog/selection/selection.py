"""A part of the shelf that an operator names, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.base.digits import western_digits
from bot.base.ids import CategoryId, ServiceId, SupplierName
from bot.suppliers.words import fold

LONGEST: Final = 120
"""Characters of a name or pattern; more were never typed by hand."""
ANY: Final = "*"
_QUOTES: Final = {'"': '"', "'": "'", "“": "”", "„": "“”", "«": "»", "‘": "’"}
_SERVICE: Final = re.compile(r"#\s*([0-9]{1,19})")
_SHOP: Final = "shop"


class Scope(StrEnum):
    """How much of the shelf is named, from all of it to one service."""

    SHOP = "shop"
    SUPPLIER = "supplier"
    CATEGORY = "category"
    SERVICE = "service"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True, order=True)
class Selection:
    """A part of the shelf: `name` is a supplier's or a pattern, `id` a category's or service's."""

    scope: Scope
    name: str = ""
    id: int = 0

    @classmethod
    def supplier(cls, name: SupplierName) -> Selection:
        """All that one supplier lists."""
        return cls(Scope.SUPPLIER, name)

    @classmethod
    def category(cls, category: CategoryId) -> Selection:
        """What is shown in a category and below it."""
        return cls(Scope.CATEGORY, id=category)

    @classmethod
    def service(cls, service: ServiceId) -> Selection:
        """One service."""
        return cls(Scope.SERVICE, id=service)

    @classmethod
    def pattern(cls, pattern: str) -> Selection:
        """The services whose English name fits; `*` stands for any letters or none."""
        return cls(Scope.PATTERN, " ".join(pattern.split()))


SHOP: Final = Selection(Scope.SHOP)


def cut_quoted(text: str) -> tuple[str, str] | None:
    """What stands between the quotes that a text begins with, and the rest; None without any."""
    typed = text.strip()
    closing = _QUOTES.get(typed[:1], "")
    ends = [at for at in range(1, len(typed)) if typed[at] in closing]
    if not ends:
        return None
    return typed[1 : ends[0]].strip(), typed[ends[0] + 1 :].strip()


def unquoted(text: str) -> str:
    """The text without the quotes around it, if there are any."""
    cut = cut_quoted(text)
    return text.strip() if cut is None or cut[1] else cut[0]


def is_shop(words: str) -> bool:
    """Whether the words mean the whole shop."""
    return fold(words) == _SHOP


def service_id(words: str) -> ServiceId | None:
    """The service that `#12` names, in digits of any script."""
    found = _SERVICE.fullmatch(western_digits(words[:LONGEST]).strip())
    return None if found is None else ServiceId(int(found[1]))


def is_pattern(words: str) -> bool:
    """Whether the words stand for every name that fits them."""
    return ANY in words


def fits(pattern: str, name: str) -> bool:
    """Whether a whole name fits a pattern; case and blanks do not matter.

    It takes time in step with the length of the name, whatever the pattern is.
    """
    return fits_folded(fold(pattern), fold(name))


def fits_folded(pattern: str, written: str) -> bool:
    """The same for a pattern and a name that are folded already."""
    first, *rest = pattern.split(ANY)
    if not rest:
        return written == first
    *middle, last = rest
    if not written.startswith(first) or len(written) < len(first) + len(last):
        return False
    inner = written[len(first) : len(written) - len(last)]
    return written.endswith(last) and _in_turn(middle, inner)


def _in_turn(parts: Iterable[str], text: str) -> bool:
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True
