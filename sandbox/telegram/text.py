"""Text as Telegram counts, cleans and trims it; offsets follow the text through every change."""

from __future__ import annotations

from typing import Any, Final

from sandbox.telegram.refusals import bad_request

Entity = dict[str, Any]

TEXT_MAX: Final = 4096
CAPTION_MAX: Final = 1024
ENTITIES_MAX: Final = 100
"""Formatting beyond so many entities is dropped without a word."""

_DROPPED: Final = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u030a\u0333\u033f")
_TURNING: Final = frozenset("\u200e\u200f")
_JOINS_NOT: Final = "\u200c"
_BREAKS_MAX: Final = 3
"""More lines than this are not left empty in a row, the one that ends counted."""
_TRIMMED: Final = " \n"
_LOOKS_EMPTY: Final = frozenset(
    " \n\u00a0\u1680\u180e\u202f\u205f\u2060\u2800\u3000\ufeff\ufffc"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f",
)


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, the unit of every length and offset in the Bot API."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_well_formed(text: str) -> bool:
    """Whether the text can be encoded at all: a lone surrogate cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def looks_empty(text: str) -> bool:
    """Whether nobody would see anything in the text."""
    return all(char in _LOOKS_EMPTY for char in text)


def tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Clean and trim a text the way Telegram stores it, with its entities moved along.

    Control characters become spaces, direction overrides, carriage returns and some combining
    marks vanish, of a run of direction marks only the last one stays what it was, empty lines
    become fewer, the end is trimmed, and so is the beginning up to the first entity.
    """
    cleaned, moved = _clean(text)
    placed = [
        _spanning(entity, moved[entity["offset"]], moved[entity["offset"] + entity["length"]])
        for entity in entities
    ]
    return _trim(cleaned, placed)


def _clean(text: str) -> tuple[str, list[int]]:
    """Answer the cleaned text, and for each old UTF-16 offset the new one."""
    kept: list[str] = []
    moved: list[int] = []
    at = 0
    for char in text:
        units = utf16_length(char)
        moved.extend(range(at, at + units))
        if char in _DROPPED or (char == "\n" and _are_breaks(kept[-_BREAKS_MAX:])):
            continue
        if char in _TURNING and kept and kept[-1] in _TURNING:
            kept[-1] = _JOINS_NOT
        kept.append(" " if char < " " and char != "\n" else char)
        at += units
    moved.append(at)
    return "".join(kept), moved


def _are_breaks(last: list[str]) -> bool:
    return last == ["\n"] * _BREAKS_MAX


def cleaned(text: str) -> str:
    """A text that has no entities and is not trimmed: what a button copies."""
    return _clean(text)[0]


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    body = text.rstrip(_TRIMMED)
    first = min((entity["offset"] for entity in entities), default=len(body))
    lead = min(len(body) - len(body.lstrip(_TRIMMED)), first)
    body = body[lead:]
    end = utf16_length(body)
    clipped = [
        _spanning(entity, entity["offset"] - lead, entity["offset"] + entity["length"] - lead)
        for entity in entities
    ]
    inside = [
        _spanning(entity, entity["offset"], min(entity["offset"] + entity["length"], end))
        for entity in clipped
    ]
    return body, [entity for entity in inside if entity["length"] > 0][:ENTITIES_MAX]


def _spanning(entity: Entity, start: int, end: int) -> Entity:
    return {**entity, "offset": start, "length": end - start}


def check_text(text: str) -> None:
    """Refuse what does not fit in a message."""
    if looks_empty(text):
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_MAX:
        raise bad_request("message is too long")


def check_caption(text: str) -> None:
    """Refuse what does not fit under a file; an empty caption is none."""
    if utf16_length(text) > CAPTION_MAX:
        raise bad_request("message caption is too long")
