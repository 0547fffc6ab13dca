"""What was typed, word by word, and what else each word may mean."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from bot.catalog.search.aliases import aliases, is_noise, split_run
from bot.catalog.search.normalise import gram_size, grams_of, normalise, parts_of
from bot.catalog.search.scripts import in_latin
from bot.catalog.search.vocabulary import misspelt

_MOST_WORDS: Final = 24
_GRAM: Final = 0.5
"""What one piece of a run counts beside a whole word."""
_SPELT: Final = 0.95
_BEGUN, _MISSPELT = 0.9, 0.9
_SHORTEST_BEGUN: Final = 3
_SHORTEST_JOINED: Final = 3


@dataclass(frozen=True, slots=True)
class SoughtWord:
    """A word of the query: what it may mean, each with what that counts, and its own weight."""

    options: dict[str, float]
    weight: float = 1.0


def words_of(text: str, known: Container[str]) -> tuple[SoughtWord, ...]:
    """The words of what was typed; `known` are those of the names that are searched."""
    parts = list(_joined(list(parts_of(normalise(text))), known))
    telling = dict.fromkeys(part for part in parts if not is_noise(part)) or parts
    return tuple(islice(_sought(telling, known), _MOST_WORDS))


def _joined(parts: list[str], known: Container[str]) -> Iterator[str]:
    """`tik tok` is one word where it is known as one, and `goldaccount` two."""
    at = 0
    while at < len(parts):
        pair = "".join(parts[at : at + 2])
        if len(parts) > at + 1 and _is_one(pair, parts[at], parts[at + 1], known):
            yield pair
            at += 2
        else:
            yield from _parted(parts[at], known)
            at += 1


def _is_one(pair: str, first: str, second: str, known: Container[str]) -> bool:
    if first.isdigit() and second.isdigit():
        return False
    return pair in aliases() or (pair in known and not (first in known and second in known))


def _parted(part: str, known: Container[str]) -> tuple[str, ...]:
    if part in known or part in aliases() or gram_size(part):
        return (part,)
    for at in range(_SHORTEST_JOINED, len(part) - _SHORTEST_JOINED + 1):
        pair = part[:at], part[at:]
        if all(one in known or one in aliases() for one in pair):
            return pair
    return (part,)


def _sought(parts: Iterable[str], known: Container[str]) -> Iterator[SoughtWord]:
    for part in parts:
        if not gram_size(part):
            yield SoughtWord(_options(part, known))
            continue
        for run in split_run(part):
            if run in aliases():
                meant = dict(aliases()[run])
                grams = grams_of(run)
                yield SoughtWord(meant | (dict.fromkeys(grams, 1.0) if len(grams) == 1 else {}))
            else:
                yield from (SoughtWord({gram: 1.0}, _GRAM) for gram in grams_of(run))


def _options(word: str, known: Container[str]) -> dict[str, float]:
    options = {word: 1.0}
    latin = in_latin(word)
    for written, counts in ((word, 1.0), (latin, _SPELT)):
        options.setdefault(written, counts)
        for meant, weight in _meant(written, is_known=written in known):
            options[meant] = max(options.get(meant, 0.0), weight * counts)
    return {option: counts for option, counts in options.items() if option}


def _meant(word: str, *, is_known: bool) -> Iterator[tuple[str, float]]:
    """What a word is another name of, also one that is begun or misspelt."""
    names = aliases()
    if word in names or is_known or len(word) < _SHORTEST_BEGUN or word.isdigit():
        yield from names.get(word, ())
        return
    for name in _spelt_out():
        if name.startswith(word):
            yield from ((meant, weight * _BEGUN) for meant, weight in names[name])
    for name, wrong in misspelt(word, _spelt_out()):
        counts = _MISSPELT - wrong / len(word) / 2
        yield from ((meant, weight * counts) for meant, weight in names[name])


@cache
def _spelt_out() -> tuple[str, ...]:
    """The aliases that can be begun or misspelt: those of scripts with words."""
    return tuple(one for one in aliases() if len(one) > _SHORTEST_BEGUN and not gram_size(one))
