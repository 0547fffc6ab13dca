"""Long rich text cut into pages, between words where it can be."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.richtext import Entity, Rich, units

_MANY: Final = 90
"""Telegram keeps a hundred entities of a message and forgets the rest."""


def pages_of(text: Rich, first: int, later: int) -> tuple[Rich, ...]:
    """The text in pages of at most `first` and then `later` UTF-16 units; one page at least."""
    pages, start, most = [], 0, first
    while start < len(text.text):
        end = _end(text.text, start, most)
        pages.append(part_of(text, start, end))
        start, most = end, later
    shown = tuple(page for page in pages if page.text)
    return shown or (Rich(),)


def _end(text: str, start: int, most: int) -> int:
    """Where the page ends: at the end, after a line, after a word, or in the middle of one."""
    room, at = most, start
    while at < len(text):
        room -= units(text[at])
        if room < 0:
            break
        at += 1
    if at == len(text):
        return at
    half = start + (at - start) // 2
    for sign in ("\n", " "):
        found = text.rfind(sign, half, at)
        if found > start:
            return found + 1
    return max(at, start + 1)


def part_of(text: Rich, start: int, end: int) -> Rich:
    """A part by character positions, without white space at its ends; entities cut with it."""
    raw = text.text[start:end]
    begin = start + len(raw) - len(raw.lstrip())
    shown = text.text[begin:end].rstrip()
    offset, length = units(text.text[:begin]), units(shown)
    inside = (_moved(entity, offset, length) for entity in text.entities)
    return Rich(shown, tuple([entity for entity in inside if entity.length > 0][:_MANY]))


def _moved(entity: Entity, offset: int, length: int) -> Entity:
    begin = max(entity.offset - offset, 0)
    end = min(entity.offset + entity.length - offset, length)
    return Entity(entity.type, begin, end - begin, entity.more)
