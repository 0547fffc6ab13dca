"""Supplier HTML as readable text with entities: safe, never raising, whatever was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, Final

import nh3

from bot.chat.kit.richtext import Entity, Rich, clean, units

_LONGEST: Final = 30_000
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_KINDS: Final = {
    **dict.fromkeys(("b", "strong", *_HEADINGS, "th"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "del", "strike"), "strikethrough"),
    **{tag: tag for tag in ("code", "pre", "blockquote")},
    "a": "text_link",
}
_PARAGRAPHS: Final = frozenset({"p", *_HEADINGS, "blockquote", "pre"})
_BLOCKS: Final = _PARAGRAPHS | {"div", "ul", "ol", "li", "tr", "table", "dl", "dt", "dd", "hr"}
_CELLS: Final = frozenset({"td", "th"})
_VERBATIM: Final = frozenset({"code", "pre"})
_ALONE: Final = frozenset({"br", "hr", "img", "wbr", "p", "li"})
"""Tags that are often not closed: they do not count as being around what follows."""
_TAGS: Final = set(_KINDS) | _BLOCKS | _CELLS | {"br"}
_LAID_OUT: Final = re.compile(r"<\s*(br|p|div|li|tr|h[1-6])\b", re.IGNORECASE)
_DEEPEST: Final = 4
"""Lists within lists are shown as if they went no deeper: an indent costs room on each line."""
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[\s/][^<>]*)?>")
_NESTED_AT_MOST: Final = 30
"""Deeper tags are left out: reading them takes the square of their depth."""
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=256)  # a few popular services make up most of the taps
def readable(html: str) -> Rich:
    """The text a person would read, with bold, lists, headings and http(s) or tg links.

    Plain text passes as it is, its line breaks kept.
    """
    source = _BIDI.sub("", clean(html[:_LONGEST]))
    if not _LAID_OUT.search(source):
        source = source.strip().replace("\n", "<br>")
    safe = nh3.clean(
        _flattened(source),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "tg"},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    return reader.read()


def _flattened(source: str) -> str:
    """The text with no tag inside of too many others."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _ALONE:
            return tag[0]
        if tag[1]:
            depth = max(0, depth - 1)
            return tag[0] if depth < _NESTED_AT_MOST else ""
        depth += 1
        return tag[0] if depth <= _NESTED_AT_MOST else ""

    return _TAG.sub(kept, source)


@dataclass(slots=True)
class _Open:
    """A styled tag that is open; `start` is set by the first text in it."""

    tag: str
    kind: str
    more: tuple[tuple[str, Any], ...] = ()
    start: int | None = None


class _Reader(HTMLParser):
    """Collects text and entities; line breaks and spaces are owed until more text comes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._at = 0
        self._lines_owed = 0
        self._space_owed = False
        self._open: list[_Open] = []
        self._lists: list[int | None] = []
        self._entities: list[Entity] = []

    def read(self) -> Rich:
        """Everything fed so far; tags that were never closed end here."""
        while self._open:
            self._close(self._open[-1])
        entities = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return Rich("".join(self._written), tuple(entities))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Owe the lines of a block, and open a style."""
        self._lay_out(tag)
        if tag == "li":
            self._write(self._bullet())
        elif tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        if tag in _KINDS:
            self._open_style(tag, dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """Close the style, and owe the lines of a block."""
        for style in reversed(self._open):
            if style.tag == tag:
                self._close(style)
                break
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag in _BLOCKS:
            self._owe(2 if tag in _PARAGRAPHS else 1)

    def handle_data(self, data: str) -> None:
        """Write text; outside `pre` its white space counts as one space."""
        if any(style.kind == "pre" for style in self._open):
            self._write(data)
            return
        text = _SPACES.sub(" ", data)
        if text.startswith(" "):
            self._space_owed = True
        if text.strip(" "):
            self._write(text.strip(" "))
            self._space_owed = text.endswith(" ")

    def _lay_out(self, tag: str) -> None:
        if tag == "br":
            self._lines_owed = min(2, self._lines_owed + 1)
        elif tag in _BLOCKS:
            self._owe(2 if tag in _PARAGRAPHS else 1)
        elif tag in _CELLS and not self._lines_owed:
            self._space_owed = True

    def _owe(self, lines: int) -> None:
        self._lines_owed = max(self._lines_owed, lines)

    def _bullet(self) -> str:
        indent = "  " * min(len(self._lists) - 1, _DEEPEST)
        if not self._lists or self._lists[-1] is None:
            return f"{indent}• "
        self._lists[-1] += 1
        return f"{indent}{self._lists[-1]}. "

    def _open_style(self, tag: str, href: str) -> None:
        kind = _KINDS[tag]
        inside = {style.kind for style in self._open}
        if kind in inside or inside & _VERBATIM:
            return
        if kind == "text_link":
            if href.startswith(("http://", "https://", "tg://")):
                self._open.append(_Open(tag, kind, (("url", href),)))
            return
        self._open.append(_Open(tag, kind))

    def _close(self, style: _Open) -> None:
        self._open.remove(style)
        if style.start is not None and self._at > style.start:
            self._entities.append(
                Entity(style.kind, style.start, self._at - style.start, style.more)
            )

    def _write(self, text: str) -> None:
        if self._at:
            self._put("\n" * self._lines_owed or " " * self._space_owed)
        self._lines_owed, self._space_owed = 0, False
        for style in self._open:
            if style.start is None:
                style.start = self._at
        self._put(text)

    def _put(self, text: str) -> None:
        self._written.append(text)
        self._at += units(text)
