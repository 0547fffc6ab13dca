"""Telegram's HTML: the few tags it knows, and its complaints about everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sandbox.telegram.links import checked_link
from sandbox.telegram.refusals import Refusal, bad_request
from sandbox.telegram.text import Entity, utf16_length

_PLAIN_TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAGS: Final = frozenset((*_PLAIN_TAGS, "a", "tg-emoji", "tg-time"))
_FLAGS: Final = frozenset(("expandable",))
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,5}));?")
_PIECE = re.compile(
    r"""<(?P<end>/?)(?P<name>[^\s>]*)(?P<rest>(?:[^>"']|"[^"]*"|'[^']*')*)(?P<close>>?)"""
)
_ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>]+)(?:\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[\w.\-]+)))?\s*"""
)


@dataclass(frozen=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    """Where its text begins, in UTF-16 units of the result."""
    at: int
    """Where the tag stands in the source, in bytes."""


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Turn HTML into plain text and entities.

    Raises:
        Refusal: `can't parse entities: ...` for tags that are unknown, unclosed or misnested.
    """
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while (start := self._source.find("<", at)) >= 0:
            self._write(_unescaped(self._source[at:start]))
            piece = _PIECE.match(self._source, start)
            if piece is None:  # cannot be: the pattern matches at every "<"
                break
            self._turn(piece)
            at = piece.end()
        self._write(_unescaped(self._source[at:]))
        if self._open:
            tag = self._open[-1].tag
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self._text), self._entities

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._length += utf16_length(text)

    def _turn(self, piece: re.Match[str]) -> None:
        at = len(self._source[: piece.start()].encode())
        if piece["end"]:
            self._finish(piece, at)
        else:
            self._begin(piece, at)

    def _begin(self, piece: re.Match[str], at: int) -> None:
        tag = piece["name"].lower()
        if not piece["close"]:
            raise _cannot_parse(f"Unclosed start tag at byte offset {at}")
        if tag not in _TAGS:
            raise _cannot_parse(f'Unsupported start tag "{tag}" at byte offset {at}')
        attributes = _attributes(tag, piece["rest"], at)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self._open.append(_Open(tag, attributes, self._length, at))

    def _finish(self, piece: re.Match[str], at: int) -> None:
        if not self._open:
            raise _cannot_parse(f"Unexpected end tag at byte offset {at}")
        found = piece["name"].lower()
        if not piece["close"] or piece["rest"].strip():
            raise _cannot_parse(f"Unclosed end tag at byte offset {at}")
        opened = self._open.pop()
        if found and found != opened.tag:
            raise _cannot_parse(
                f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", '
                f'found "</{found}>"',
            )
        length = self._length - opened.offset
        described = _described(opened, self._since(opened.offset))
        if length and described:
            self._entities.append({**described, "offset": opened.offset, "length": length})
        self._merge_code_into_pre()

    def _since(self, offset: int) -> str:
        """Answer the text written since a UTF-16 offset."""
        units = "".join(self._text).encode("utf-16-le")
        return units[offset * 2 :].decode("utf-16-le")

    def _merge_code_into_pre(self) -> None:
        """`<pre><code class="language-x">` is one block with a language, not two entities."""
        if len(self._entities) < 2:  # noqa: PLR2004 - it takes two to merge
            return
        inner, outer = self._entities[-2:]
        same_place = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
        if same_place and {inner["type"], outer["type"]} == {"pre", "code"}:
            language = inner.get("language") or outer.get("language")
            block = {"type": "pre", "offset": outer["offset"], "length": outer["length"]}
            self._entities[-2:] = [block | ({"language": language} if language else {})]


def _attributes(tag: str, rest: str, at: int) -> dict[str, str]:
    found: dict[str, str] = {}
    position = 0
    while rest[position:].strip():
        match = _ATTRIBUTE.match(rest, position)
        if match is None:
            raise _cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
        value = next((match[group] for group in "abc" if match[group] is not None), None)
        name = match["name"].lower()
        if value is None and name not in _FLAGS:
            raise _cannot_parse(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                f"at byte offset {at}",
            )
        found[name] = _unescaped(value or "")
        position = match.end()
    return found


def _described(opened: _Open, text: str) -> Entity | None:
    """Answer type and fields of the entity a tag makes; None when it makes nothing."""
    if opened.tag == "a":
        return _link(opened.attributes.get("href") or text)
    if opened.tag == "tg-emoji":
        return _emoji(opened)
    if opened.tag == "tg-time":
        return _time(opened)
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        return {"type": "expandable_blockquote"}
    language = opened.attributes.get("class", "")
    if opened.tag == "code" and language.startswith("language-"):
        return {"type": "code", "language": language.removeprefix("language-")}
    return {"type": _PLAIN_TAGS[opened.tag]}


def _link(target: str) -> Entity | None:
    """A link that leads nowhere stays plain text, without a complaint."""
    try:
        return {"type": "text_link", "url": checked_link(target)}
    except ValueError:
        return None


def _emoji(opened: _Open) -> Entity:
    number = opened.attributes.get("emoji-id", "")
    if not re.fullmatch(r"[0-9]{1,20}", number):
        raise _cannot_parse("Invalid custom emoji identifier specified")
    return {"type": "custom_emoji", "custom_emoji_id": number}


def _time(opened: _Open) -> Entity:
    unix = opened.attributes.get("unix", "")
    if not re.fullmatch(r"[0-9]{1,10}", unix):
        raise _cannot_parse(f"Invalid unix time specified at byte offset {opened.at}")
    shown = opened.attributes.get("format")
    return {"type": "date_time", "unix_time": int(unix)} | (
        {"date_time_format": shown} if shown else {}
    )


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    """Only four names are known; any other reference stays as it was written."""
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    is_character = 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode
    return chr(code) if is_character else match[0]


def _cannot_parse(words: str) -> Refusal:
    return bad_request(f"can't parse entities: {words}")
