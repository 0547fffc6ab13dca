"""Reads the hints of a name: each word is looked up once, whatever was written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from bot.catalog.hiding.denied import WORDS, Hint
from bot.catalog.search.normalise import gram_size, normalise

_LONGEST: Final = 300
"""Characters of a name that are looked at."""
_BORDER: Final = re.compile(r"[,|()\[\];:•·!?~→»«【】（），、]+|\s[-–—+]+\s")
_NEAR: Final = 2
"""How many words further a word counts that turns or attaches another."""
_TURNED: Final = frozenset({Hint.IDENTITY, Hint.CHECKED})
_Phrase = tuple[str, ...]


class _Phrases:
    """The phrases of the list by their first words; those of scripts without blanks apart."""

    def __init__(self) -> None:
        self.whole: dict[str, list[tuple[_Phrase, Hint]]] = defaultdict(list)
        self.begun: dict[str, list[tuple[_Phrase, Hint]]] = defaultdict(list)
        self.inside: list[tuple[str, Hint]] = []
        for hint, line in WORDS.items():
            for phrase in line.split(","):
                self._add(phrase.split(), hint)
        self.lengths = sorted({len(stem) for stem in self.begun})

    def _add(self, spelled: list[str], hint: Hint) -> None:
        words = [
            normalise(word.rstrip("*")) + ("*" if word.endswith("*") else "") for word in spelled
        ]
        first, rest = words[0], tuple(words[1:])
        if not rest and gram_size(first):
            self.inside.append((first, hint))
        elif first.endswith("*"):
            self.begun[first[:-1]].append((rest, hint))
        else:
            self.whole[first].append((rest, hint))

    def beginning(self, word: str) -> Iterator[tuple[_Phrase, Hint]]:
        """The phrases that may begin with a word, without their first one."""
        yield from self.whole.get(word, ())
        for length in self.lengths:
            if length > len(word):
                break
            yield from self.begun.get(word[:length], ())


_PHRASES: Final = _Phrases()


def read_hints(text: str) -> frozenset[Hint]:
    """What a name says, but for what it turns into the opposite or only attaches to the goods."""
    found = frozenset[Hint]()
    for segment in _BORDER.split(text[:_LONGEST]):
        found |= _read_segment(normalise(segment, _LONGEST).split())
    return found


def _read_segment(words: list[str]) -> frozenset[Hint]:
    places = [frozenset(_hints_at(words, place)) for place in range(len(words))]
    kept: set[Hint] = set()
    is_tool = False
    for place, hints in enumerate(places):
        before = _together(places[max(0, place - _NEAR) : place])
        behind = _together(places[place + 1 : place + 1 + _NEAR])
        dropped = set[Hint]()
        if Hint.NOT in before or Hint.NEEDLESS in behind:
            dropped |= _TURNED
        if Hint.LINKED in before:
            dropped.add(Hint.BANK)
        if is_tool or Hint.TOOL in behind or Hint.YOURS in before:
            dropped |= {Hint.ACCOUNT, Hint.CHECKED}
        kept |= hints - dropped
        is_tool = is_tool or (Hint.FOR in hints and Hint.TOOL in _together(places[:place]))
    return frozenset(kept)


def _together(places: Iterable[frozenset[Hint]]) -> frozenset[Hint]:
    return frozenset().union(*places)


def _hints_at(words: list[str], place: int) -> Iterator[Hint]:
    word = words[place]
    for rest, hint in _PHRASES.beginning(word):
        behind = words[place + 1 : place + 1 + len(rest)]
        if len(behind) == len(rest) and all(map(_is_word, rest, behind)):
            yield hint
    if gram_size(word):
        yield from _hints_inside(word)


def _is_word(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _hints_inside(run: str) -> Iterator[Hint]:
    """Words inside of a run of a script without blanks."""
    for wanted, hint in _PHRASES.inside:
        at = run.find(wanted)
        if at >= 0 and not (hint in _TURNED and _is_turned(run[:at])):
            yield hint


def _is_turned(before: str) -> bool:
    return any(hint is Hint.NOT and before.endswith(word) for word, hint in _PHRASES.inside)
