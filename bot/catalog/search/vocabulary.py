"""The words of all names in one language, and which of them a word that was typed may mean."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalog.search.normalise import gram_size

Scores = dict[int, float]
"""By the number of a word, how well it fits: 1 is the very word."""

_LAST: Final = "\U0010ffff"
"""Comes after every letter."""
_AT_ONCE: Final = 2_000
"""Words compared in one call, which lets no other thread run meanwhile."""
_SHORTEST_TYPO: Final = 4
_TWO_TYPOS_FROM: Final = 7
_THREE_TYPOS_FROM: Final = 11
_SHORTEST_BEGINNING_WITH_TYPO: Final = 5
_SHORTEST_INSIDE: Final = 4
_SHORTEST_INSIDE_HANGUL: Final = 2
_LEAST: Final = 0.9
"""What counts less is not looked for misspelt as well."""
_PLAIN: Final = 1.0
_BEGINS, _BY_LENGTH = 0.8, 0.15
_INSIDE: Final = 0.7
_WITH_TYPO, _BEGINS_WITH_TYPO, _BY_TYPO = 0.95, 0.85, 0.6


class Vocabulary:
    """The words of names, sorted; `own` and `above` say which documents have each of them.

    A document has a word of its own, or its categories have it.
    """

    def __init__(self, own: Mapping[str, array[int]], above: Mapping[str, array[int]]) -> None:
        self.words = sorted({*own, *above})
        self.own = [own.get(word) for word in self.words]
        self.above = [above.get(word) for word in self.words]
        self._numbers = {word: number for number, word in enumerate(self.words)}
        self._comparable = [
            word
            for word in self.words
            if len(word) >= _SHORTEST_TYPO - 1 and not word[0].isdigit() and not gram_size(word)
        ]

    def __contains__(self, word: str) -> bool:
        """Whether some name has this very word."""
        return word in self._numbers

    def plainly(self, options: Mapping[str, float]) -> Scores:
        """The very words, and those that begin with one; `options` say what each counts."""
        found: Scores = {}
        for word, counts in options.items():
            number = self._numbers.get(word)
            if number is not None:
                _note(found, number, counts * _PLAIN)
            for longer in self._longer(word):
                share = len(word) / len(self.words[longer])
                _note(found, longer, counts * (_BEGINS + _BY_LENGTH * share))
        return found

    def _longer(self, word: str) -> Iterable[int]:
        """The numbers of the longer words that begin with this one; a digit begins nothing."""
        if len(word) == 1 and word.isascii():
            return ()
        at = bisect_left(self.words, word)
        end = bisect_left(self.words, word + _LAST, lo=at)
        return range(at + 1 if word in self._numbers else at, end)

    def roughly(self, options: Mapping[str, float]) -> Scores:
        """Words with few letters wrong, those that begin so, and those that have it inside."""
        found: Scores = {}
        for word, counts in options.items():
            if counts < _LEAST or word[0].isdigit() or gram_size(word):
                continue
            for other, score in (*self._inside(word), *self._misspelt(word)):
                _note(found, self._numbers[other], counts * score)
        return found

    def _inside(self, word: str) -> Iterator[tuple[str, float]]:
        least = _SHORTEST_INSIDE if word.isascii() else _SHORTEST_INSIDE_HANGUL
        if len(word) >= least:
            yield from ((other, _INSIDE) for other in self._comparable if word in other)

    def _misspelt(self, word: str) -> Iterator[tuple[str, float]]:
        for other, wrong in misspelt(word, self._comparable):
            yield other, _WITH_TYPO - _BY_TYPO * wrong / len(word)
        if len(word) >= _SHORTEST_BEGINNING_WITH_TYPO:
            longer = [other for other in self._alike(word[0]) if len(other) > len(word)]
            for place, wrong in _near(word, [other[: len(word)] for other in longer]):
                yield longer[place], _BEGINS_WITH_TYPO - _BY_TYPO * wrong / len(word)

    def _alike(self, first: str) -> Sequence[str]:
        """The words with this first letter: who types a beginning mostly begins right."""
        at = bisect_left(self._comparable, first)
        return self._comparable[at : bisect_left(self._comparable, first + _LAST, lo=at)]


def misspelt(word: str, among: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Those words of which this one may be a misspelling, and how many letters are wrong."""
    return ((among[place], wrong) for place, wrong in _near(word, among))


def _near(word: str, among: Sequence[str]) -> Iterator[tuple[int, int]]:
    most = _typos_of(word)
    if not most:
        return
    for begin in range(0, len(among), _AT_ONCE):
        part = list(islice(among, begin, begin + _AT_ONCE))
        rows = process.extract(word, part, scorer=OSA.distance, score_cutoff=most, limit=None)
        yield from ((begin + place, int(wrong)) for _, wrong, place in rows)


def _typos_of(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < _SHORTEST_TYPO:
        return 0
    return 1 + (len(word) >= _TWO_TYPOS_FROM) + (len(word) >= _THREE_TYPOS_FROM)


def _note(found: Scores, number: int, score: float) -> None:
    if score > found.get(number, 0.0):
        found[number] = score
