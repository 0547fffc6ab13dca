"""A quantity is a whole number in the service's range, typed in any script or preset."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.base.digits import western_digits
from bot.base.errors import ShopError

LARGEST: Final = 10**9 - 1
"""More than nine digits are never a quantity, whatever a supplier lists."""
_AROUND: Final = " \t\r\n\u00a0\u200e\u200f\u061c\u2066\u2067\u2068\u2069"
"""Blanks and direction marks, which right-to-left keyboards put around numbers."""
_PLAIN = re.compile(r"[0-9]{1,9}")
_FRACTION = re.compile(r"[0-9]+[.,\u066b][0-9]*")
_GROUPED = re.compile(
    r"[1-9][0-9]{0,2}(?P<sign>[,.'\u2019\u066c \u00a0\u202f])(?:[0-9]{2,3}(?P=sign))*[0-9]{3}"
)
"""Digits in groups: the last one of three, those before it of two in India."""
_BETWEEN: Final = frozenset("'\u2019\u066c \u00a0\u202f")
"""Signs that stand between groups of digits and nowhere else in a number."""
_LOOSE = re.compile(r"[-+−]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Span:
    """The quantities that can be bought now, both ends included; empty when `least > most`."""

    least: int
    most: int

    def __contains__(self, quantity: int) -> bool:
        return self.least <= quantity <= self.most

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be bought: sold out, or the stock is below the minimum."""
        return self.least > self.most


class QuantityRefusal(StrEnum):
    """Why a typed text is no quantity; the chat has a sentence for each."""

    NOT_A_NUMBER = "not_a_number"
    FRACTION = "fraction"
    UNCLEAR = "unclear"
    NEGATIVE = "negative"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"


@dataclass(eq=False)
class BadQuantity(ShopError):
    """A quantity that cannot be bought, with the range that can.

    `readings` are the quantities that an unclear text may mean.
    """

    why: QuantityRefusal
    least: int
    most: int
    readings: tuple[int, ...] = ()


def parse_quantity(text: str, span: Span, sign: str = "") -> int:
    """Read a quantity in any script's digits; `1.5`, `-1`, `1_000`, `1e9` raise BadQuantity.

    `sign` is what the reader's language puts between groups of digits. Where `,` or `.` may as
    well begin a fraction, nothing is guessed: `1.000` is a thousand for a reader of German alone.
    """
    shown = western_digits(text).strip(_AROUND)
    if grouped := _GROUPED.fullmatch(shown):
        between = grouped["sign"]
        if between not in _BETWEEN | {sign} and shown.count(between) == 1:
            readings = _readings(*shown.split(between))
            raise BadQuantity(QuantityRefusal.UNCLEAR, span.least, span.most, readings)
        shown = shown.replace(between, "")
    if not _PLAIN.fullmatch(shown):
        raise BadQuantity(_why_not(shown), span.least, span.most)
    return checked(int(shown), span)


def checked(quantity: int, span: Span) -> int:
    """The quantity itself when it is inside the span. Raises BadQuantity."""
    if quantity < span.least:
        raise BadQuantity(QuantityRefusal.TOO_FEW, span.least, span.most)
    if quantity > span.most:
        raise BadQuantity(QuantityRefusal.TOO_MANY, span.least, span.most)
    return quantity


def _readings(whole: str, rest: str) -> tuple[int, ...]:
    """A number in groups, and the one before the mark where nothing but noughts follows it."""
    return (int(whole + rest), int(whole)) if not rest.strip("0") else (int(whole + rest),)


def _why_not(shown: str) -> QuantityRefusal:
    if _FRACTION.fullmatch(shown):
        return QuantityRefusal.FRACTION
    if not _LOOSE.fullmatch(shown):
        return QuantityRefusal.NOT_A_NUMBER
    if shown[0] in "-−":
        return QuantityRefusal.NEGATIVE
    return QuantityRefusal.NOT_A_NUMBER if shown[0] == "+" else QuantityRefusal.TOO_MANY


def presets(span: Span, affordable: int) -> tuple[int, ...]:
    """Up to five quantities worth a button: the minimum, round steps, and the most one can afford.

    `affordable` is the largest quantity that the customer's credit pays for, 0 when none.
    """
    if span.is_empty:
        return ()
    most = min(span.most, affordable) if affordable >= span.least else span.most
    steps = (base * 10**power for power in range(9) for base in (1, 2, 5))
    round_steps = [step for step in steps if span.least < step < most]
    chosen = {span.least, most, *_spread(round_steps, 3)}
    return tuple(sorted(chosen))


def _spread(steps: list[int], count: int) -> list[int]:
    """At most `count` of the steps, evenly spread and never the same twice."""
    if len(steps) <= count:
        return steps
    return [steps[(index * (len(steps) - 1)) // (count - 1)] for index in range(count)]
