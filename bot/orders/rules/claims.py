"""What may be wrong with an order, which of its units are meant, and what goes back for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.base.money import ZERO, Money

_SPAN: Final = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_BETWEEN: Final = re.compile(r"[,;\s]+")


class ClaimReason(StrEnum):
    """What a customer says is wrong."""

    DOES_NOT_WORK = "does_not_work"
    WRONG_ITEM = "wrong_item"
    LESS = "less"
    """Less came than was ordered."""
    NOT_ARRIVED = "not_arrived"
    OTHER = "other"


class ClaimState(StrEnum):
    """How a claim stands; all but the first are its end."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    """The customer took it back."""
    SOLVED = "solved"
    """An operator closed it, perhaps with words."""
    MADE_GOOD = "made_good"
    """Every unit that it names was refunded or replaced."""


@dataclass(frozen=True, slots=True)
class Units:
    """Units of an order by their numbers, from 1 on; `spans` are in order, apart, ends included.

    An order may be of a thousand million units, so no number is kept for each of them.
    """

    spans: tuple[tuple[int, int], ...] = ()

    @classmethod
    def all(cls, count: int) -> Units:
        """The first `count` units."""
        return cls(((1, count),)) if count > 0 else cls()

    @classmethod
    def read(cls, text: str) -> Units:
        """Units as they are written down: `1-3,7`. Raises ValueError for anything else."""
        words = [word for word in _BETWEEN.split(text.strip()) if word]
        return cls(tuple(_joined(map(_read_span, words))))

    def __str__(self) -> str:
        """As `read` takes it."""
        return ",".join(_written(*span) for span in self.spans)

    @property
    def count(self) -> int:
        """How many units."""
        return sum(last - first + 1 for first, last in self.spans)

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.spans)

    def __or__(self, other: Units) -> Units:
        return Units(tuple(_joined((*self.spans, *other.spans))))

    def __sub__(self, other: Units) -> Units:
        left = self.spans
        for first, last in other.spans:
            left = tuple(part for span in left for part in _without(span, first, last))
        return Units(left)

    def __and__(self, other: Units) -> Units:
        return self - (self - other)

    def with_unit(self, number: int, *, meant: bool) -> Units:
        """With this unit, or without it."""
        one = Units(((number, number),))
        return self | one if meant else self - one

    def first(self, count: int) -> Units:
        """The `count` units with the smallest numbers."""
        kept, left = [], count
        for begin, end in self.spans:
            if left > 0:
                kept.append((begin, min(end, begin + left - 1)))
                left -= end - begin + 1
        return Units(tuple(kept))


NO_UNITS: Final = Units()


def _read_span(word: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(word)
    first = int(found[1]) if found else 0
    last = int(found[2] or first) if found else 0
    if not 0 < first <= last:
        message = "not the numbers of units"
        raise ValueError(message)
    return first, last


def _written(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that touch as one."""
    begin, end = 0, -1
    for first, last in sorted(spans):
        if first <= end + 1 and begin:
            end = max(end, last)
            continue
        if begin:
            yield begin, end
        begin, end = first, last
    if begin:
        yield begin, end


def _without(span: tuple[int, int], first: int, last: int) -> Iterator[tuple[int, int]]:
    begin, end = span
    if begin < first:
        yield begin, min(end, first - 1)
    if end > last:
        yield max(begin, last + 1), end


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for an order in the end: `captured` for so many `units`.

    `refunded` went back since; a refund is rounded up to `step`.
    """

    captured: Money
    refunded: Money
    units: int
    step: Money

    @property
    def left(self) -> Money:
        """What may still go back."""
        return self.captured - self.refunded

    def refund(self, units: int) -> Money:
        """What goes back for so many units: rounded up, and never more than is left."""
        if self.units <= 0 or units <= 0:
            return ZERO
        share, _ = self.captured.split(min(units, self.units), self.units, self.step)
        return min(share, self.left)
