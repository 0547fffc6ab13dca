"""The index: every shown name by its words, built once and then only read."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bot.catalog.search.aliases import aliases, split_run
from bot.catalog.search.normalise import gram_size, grams_of, normalise, parts_of
from bot.catalog.search.query import SoughtWord, words_of
from bot.catalog.search.vocabulary import Scores, Vocabulary

_LONGEST_NAME: Final = 200
_ABOVE: Final = 0.85
"""What a word of its categories counts beside one of the name itself."""
_UNKNOWN: Final = 0.3
"""What a word weighs that fits no name at all."""
_COVERED: Final = 0.05
"""What it counts that hardly anything else stands in a name."""
_FOUND: Final = 0.9
"""Where a word fits a name so well, its misspellings are not looked for."""
_REST_EVERY: Final = 200

Named = tuple[Sequence[str], Sequence[str]]
"""The names of a document itself, and those of the categories above it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The names of all documents in one language; `lengths` counts the words of each."""

    vocabulary: Vocabulary
    lengths: array[int]


@dataclass(slots=True)
class _Reader:
    """Cuts names into the words that they are found by; most words come again and again."""

    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def words(self, name: str) -> Iterator[str]:
        parts = tuple(parts_of(normalise(name, _LONGEST_NAME)))
        for part in parts:
            yield from self._of(part)
        for first, second in pairwise(parts):
            yield from _named_by(first + second)

    def _of(self, part: str) -> tuple[str, ...]:
        found = self.known.get(part)
        if found is None:
            found = self.known[part] = tuple(_found_by(part))
        return found


def _found_by(part: str) -> Iterator[str]:
    for run in split_run(part) if gram_size(part) else (part,):
        yield from _named_by(run)
    yield from grams_of(part) if gram_size(part) else (part,)


def _named_by(written: str) -> Iterator[str]:
    """What is called so; what is only akin to it is found when it is typed."""
    return (word for word, counts in aliases().get(written, ()) if counts > _ABOVE)


def build_layer(documents: Iterable[Named], rest: Callable[[], None]) -> Layer:
    """Read all names; `rest` is called now and then, so that other threads are not delayed."""
    own: dict[str, array[int]] = defaultdict(lambda: array("I"))
    above: dict[str, array[int]] = defaultdict(lambda: array("I"))
    reader, lengths = _Reader(), array("H")
    for number, (names, categories) in enumerate(documents):
        if number % _REST_EVERY == 0:
            rest()
        words = {word for name in names for word in reader.words(name)}
        for word in words:
            own[word].append(number)
        for word in {word for name in categories for word in reader.words(name)} - words:
            above[word].append(number)
        lengths.append(min(len(words), 1000))
    return Layer(Vocabulary(own, above), lengths)


class _Known:
    """The words of several layers together."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._layers = layers

    def __contains__(self, word: object) -> bool:
        return any(str(word) in layer.vocabulary for layer in self._layers)


def sought_in(layers: Sequence[Layer], text: str) -> tuple[SoughtWord, ...]:
    """The words of what was typed; two are one where a name has them as one."""
    return words_of(text, _Known(layers))


def fit_of(layers: Sequence[Layer], word: SoughtWord) -> dict[int, float]:
    """How well documents fit one word of it."""
    found = [layer.vocabulary.plainly(word.options) for layer in layers]
    if max((score for scores in found for score in scores.values()), default=0.0) < _FOUND:
        rough = (layer.vocabulary.roughly(word.options) for layer in layers)
        found = [more | plain for plain, more in zip(found, rough, strict=True)]
    rows = [
        row
        for layer, scores in zip(layers, found, strict=True)
        for row in _postings(layer.vocabulary, scores)
    ]
    rows.sort(key=lambda row: row[0])
    fits: dict[int, float] = {}
    for score, documents in rows:  # what fits better overwrites what fits worse
        fits.update(dict.fromkeys(documents, score))
    return fits


def _postings(vocabulary: Vocabulary, scores: Scores) -> Iterator[tuple[float, array[int]]]:
    for number, score in scores.items():
        own, above = vocabulary.own[number], vocabulary.above[number]
        if own is not None:
            yield score, own
        if above is not None:
            yield score * _ABOVE, above


def rank(
    layers: Sequence[Layer], sought: Sequence[SoughtWord], fits: Sequence[dict[int, float]]
) -> dict[int, float]:
    """How well documents fit all words together: 1 where every word is there.

    `fits` is `fit_of` for each word.
    """
    weights = [
        word.weight * (1.0 if fit else _UNKNOWN) for word, fit in zip(sought, fits, strict=True)
    ]
    whole = sum(weights)
    if not whole:
        return {}
    total: dict[int, float] = {}
    for weight, fit in zip(weights, fits, strict=True):
        share = weight / whole
        for document, score in fit.items():
            total[document] = total.get(document, 0.0) + share * score
    count = sum(word.weight for word in sought)
    lengths = layers[0].lengths
    return {
        document: score + _COVERED * min(1.0, count / (lengths[document] or 1))
        for document, score in total.items()
    }
