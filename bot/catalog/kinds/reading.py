"""A name cut into its segments, with what each phrase in it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.catalog.kinds.phrases import BEGINNINGS, LONGEST_PHRASE, SIGNS, Sign

_LONGEST: Final = 300
_BORDER: Final = re.compile(r"[^\w\s+&'’.#%*$-]+|\s[-–—+]+\s")
_WORD: Final = re.compile(r"[^\W_]+")
_COUNT: Final = re.compile(r"[0-9]{1,9}(k|m|kk|к)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase of a name with its sign and the segment it stands in."""

    sign: Sign
    text: str
    segment: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All phrases of a text, in their order."""

    marks: tuple[Mark, ...]

    def places(self, *signs: Sign) -> tuple[int, ...]:
        """Where phrases with one of these signs stand."""
        return tuple(place for place, mark in enumerate(self.marks) if mark.sign in signs)

    def has(self, *signs: Sign) -> bool:
        """Whether any phrase has one of these signs."""
        return any(mark.sign in signs for mark in self.marks)

    def beside(self, place: int, step: int) -> Mark | None:
        """The phrase beside one, within its segment."""
        other = place + step
        if not 0 <= other < len(self.marks):
            return None
        beside = self.marks[other]
        return beside if beside.segment == self.marks[place].segment else None

    def is_counted(self, place: int) -> bool:
        """Whether work is only said of goods: with 1000 followers, 2k+ real friends."""
        first, second = self.beside(place, -1), self.beside(place, -2)
        if first is None:
            return False
        if first.sign in (Sign.COUNT, Sign.WITH):
            return True
        return (
            first.sign is Sign.OTHER
            and second is not None
            and second.sign in (Sign.COUNT, Sign.WITH)
        )

    def is_together(self, first: int, last: int) -> bool:
        """Whether two phrases stand in one segment, and nothing between them parts them."""
        parting = (Sign.WITH, Sign.COUNT)
        between = self.marks[first + 1 : last]
        same = self.marks[first].segment == self.marks[last].segment
        return same and all(mark.sign not in parting for mark in between)


def read_names(*texts: str) -> Reading:
    """The phrases of several texts, one behind the other; only the beginning of a long one."""
    segments = [words for text in texts for words in _segments(text)]
    return Reading(
        tuple(mark for number, words in enumerate(segments) for mark in _marks(words, number))
    )


def _segments(text: str) -> list[list[str]]:
    cut = text[:_LONGEST].casefold().replace("e-mail", "email")
    return [_WORD.findall(piece) for piece in _BORDER.split(cut)]


def _marks(words: list[str], segment: int) -> Iterator[Mark]:
    """The longest phrases first, each word in one of them."""
    place = 0
    while place < len(words):
        length = _length_at(words, place)
        phrase = tuple(words[place : place + length])
        yield Mark(_sign(phrase), " ".join(phrase), segment)
        place += length


def _length_at(words: list[str], place: int) -> int:
    if words[place] not in BEGINNINGS:
        return 1
    for length in range(LONGEST_PHRASE, 1, -1):
        if tuple(words[place : place + length]) in SIGNS:
            return min(length, len(words) - place)
    return 1


def _sign(phrase: tuple[str, ...]) -> Sign:
    if phrase in SIGNS:
        return SIGNS[phrase]
    return Sign.COUNT if _COUNT.fullmatch(phrase[0]) else Sign.OTHER
