"""Text with entities, built from parts: never parsed, never escaped, never too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from bot.i18n.language import ISOLATE, ISOLATE_END

LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
"""Of a message with a file."""
_TWO_UNITS_ABOVE: Final = 0xFFFF
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_ISOLATED: Final = re.compile(f"{ISOLATE}[^{ISOLATE_END}]*{ISOLATE_END}?")
_STRONG: Final = frozenset({"L", "R", "AL"})
_RIGHT: Final = "\u200f"
_KEPT: Final = frozenset({"code", "pre"})
_PLACE: Final = re.compile(r"\{(\w+)\}")


def clean(text: str) -> str:
    """The text without what Telegram refuses: lone surrogates and NUL."""
    if text.isascii() and "\x00" not in text:
        return text
    return _SURROGATES.sub("\ufffd", text).replace("\x00", "")


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True, slots=True)
class Entity:
    """One of Telegram's entities; `offset` and `length` in UTF-16 units, `more` the rest."""

    type: str
    offset: int
    length: int
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.offset + self.length

    def shifted(self, by: int) -> Entity:
        """The same entity further on."""
        return Entity(self.type, self.offset + by, self.length, self.more)


@dataclass(frozen=True, slots=True)
class Rich:
    """A text and its entities."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def __add__(self, other: Rich | str) -> Rich:
        more = rich(other)
        by = units(self.text)
        moved = tuple(entity.shifted(by) for entity in more.entities)
        return Rich(self.text + more.text, self.entities + moved)

    @property
    def length(self) -> int:
        """In UTF-16 units."""
        return units(self.text)

    def cut(self, most: int, ellipsis: str = "…") -> Rich:
        """At most `most` UTF-16 units, never through a surrogate pair; entities cut with it."""
        if self.length <= most:
            return self
        room, kept = most - units(ellipsis), []
        for ch in self.text:
            room -= 2 if ord(ch) > _TWO_UNITS_ABOVE else 1
            if room < 0:
                break
            kept.append(ch)
        text = "".join(kept)
        end = units(text)
        inside = (entity for entity in self.entities if entity.offset < end)
        cut = tuple(
            Entity(
                entity.type, entity.offset, min(entity.length, end - entity.offset), entity.more
            )
            for entity in inside
        )
        return Rich(text + ellipsis, cut)

    def from_right(self, most: int = LONGEST_TEXT) -> Rich:
        """For a reader from right to left: lines that isolates leave undecided begin on the right.

        A line of isolates alone has no direction of its own and would stand on the left. What is
        code or goods stays as it is, and so does a text that would become longer than `most`.
        """
        starts = [at for at, line in self._lines() if _is_undecided(line)]
        marks = [at for at in starts if not self._is_code(at)]
        if not marks or self.length + len(marks) > most:
            return self
        lines = (f"{_RIGHT}{line}" if at in marks else line for at, line in self._lines())
        return Rich("\n".join(lines), tuple(_moved(one, marks) for one in self.entities))

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Each line with where it begins."""
        at = 0
        for line in self.text.split("\n"):
            yield at, line
            at += units(line) + 1

    def _is_code(self, at: int) -> bool:
        return any(
            one.type in _KEPT and one.offset < at < one.offset + one.length
            for one in self.entities
        )


def _is_undecided(line: str) -> bool:
    """Whether a line with isolates begins with one, or has no word of its own from the right."""
    if ISOLATE not in line or line.startswith(ISOLATE):
        return line.startswith(ISOLATE)
    kinds = map(unicodedata.bidirectional, _ISOLATED.sub("", line))
    return next((kind for kind in kinds if kind in _STRONG), "L") == "L"


def _moved(entity: Entity, marks: list[int]) -> Entity:
    """The entity around the same words, with a sign more at each of these places."""
    end = entity.offset + entity.length
    before = sum(at <= entity.offset for at in marks)
    inside = sum(entity.offset < at < end for at in marks)
    return Entity(entity.type, entity.offset + before, entity.length + inside, entity.more)


def rich(part: Rich | str) -> Rich:
    """A part as Rich; plain text is cleaned."""
    return part if isinstance(part, Rich) else Rich(clean(part))


def styled(kind: str, part: Rich | str, **more: Any) -> Rich:
    """The part under one more entity (`bold`, `code`, `pre`, `italic`, `date_time` ...)."""
    inner = rich(part)
    if not inner.text:
        return inner
    outer = Entity(kind, 0, inner.length, tuple(sorted(more.items())))
    return Rich(inner.text, (outer, *inner.entities))


def bold(part: Rich | str) -> Rich:
    """In bold."""
    return styled("bold", part)


def code(part: Rich | str) -> Rich:
    """Monospaced; a tap copies it."""
    return styled("code", part)


def fill(template: str, parts: Mapping[str, Rich | str] | None = None, **more: Rich | str) -> Rich:
    """A translated sentence with its `{places}` filled; an unknown place stays as it is."""
    known, built = {**(parts or {}), **more}, _Builder()
    for words, place in _pieces(template):
        built.add(words)
        if place:
            built.add(known.get(place, f"{{{place}}}"))
    return built.done()


def fill_rich(words: Rich, places: Mapping[str, str]) -> Rich:
    """Somebody's own words with their `{places}` filled; formatting stays where it was."""
    found = [one for one in _PLACE.finditer(words.text) if one[1] in places]
    if not found:
        return words
    spans = [
        (units(words.text[: one.start()]), units(one[0]), clean(places[one[1]])) for one in found
    ]
    text = _PLACE.sub(lambda one: clean(places.get(one[1], one[0])), words.text)
    return Rich(text, tuple(_stretched(one, spans) for one in words.entities))


def _stretched(entity: Entity, spans: list[tuple[int, int, str]]) -> Entity:
    """The entity around the same words, with these places of so many units filled."""

    def moved(at: int) -> int:
        grown = sum(units(filled) - long for begin, long, filled in spans if begin + long <= at)
        within = next((at - begin for begin, long, _ in spans if begin < at < begin + long), 0)
        return at + grown - within

    begin, end = moved(entity.offset), moved(entity.offset + entity.length)
    return Entity(entity.type, begin, end - begin, entity.more)


def fill_plain(template: str, parts: Mapping[str, str]) -> str:
    """The same for a text that has no entities, such as a button's."""
    return clean(
        "".join(
            words + parts.get(place, f"{{{place}}}") if place else words
            for words, place in _pieces(template)
        )
    )


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """Words and the place behind them, in turn; the last words have none."""
    found, at = [], 0
    for place in _PLACE.finditer(template):
        found.append((template[at : place.start()], place[1]))
        at = place.end()
    return (*found, (template[at:], ""))


def join(parts: Iterable[Rich | str], between: str = "\n") -> Rich:
    """The parts that are not empty, in a row."""
    built = _Builder()
    for part in parts:
        shown = rich(part)
        if shown.text:
            built.add(between if built.texts else "")
            built.add(shown)
    return built.done()


@dataclass(slots=True)
class _Builder:
    """Puts parts in a row without copying what is there at each of them."""

    texts: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    at: int = 0

    def add(self, part: Rich | str) -> None:
        shown = rich(part)
        if shown.text:
            self.texts.append(shown.text)
            self.entities += [entity.shifted(self.at) for entity in shown.entities]
            self.at += shown.length

    def done(self) -> Rich:
        return Rich("".join(self.texts), tuple(self.entities))
