"""Words without the HTML that an editor left in them, in time that grows with the length alone."""

from __future__ import annotations

import html
import re
from typing import Final

_MOST_RAW: Final = 200_000
"""How much of a text is looked at, pictures written into it apart."""
_MOST_ESCAPED: Final = 3
"""How often one text may have been escaped."""
_DEEPEST: Final = 30
"""How many tags may stand within each other."""
_PICTURE: Final = re.compile(
    r"data:[a-zA-Z]{1,20}/[a-zA-Z0-9.+-]{1,60}[;,][^\s\"'<>)]*", re.IGNORECASE
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_NAMES: Final = (
    "a|abbr|article|b|big|blockquote|br|center|code|dd|del|div|dl|dt|em|figure|font|h[1-6]|hr|i"
    "|img|ins|label|li|mark|ol|p|pre|q|s|section|small|span|strike|strong|sub|sup|table|tbody|td"
    "|tfoot|th|thead|tr|u|ul"
)
_TAG: Final = re.compile(rf"<(/?)({_NAMES})((?:[\s/][^<>]*)?)>", re.IGNORECASE)
_ESCAPED_TAG: Final = re.compile(rf"&(?:amp;){{0,2}}lt;/?(?:{_NAMES})\b", re.IGNORECASE)
_LINK: Final = re.compile(r"\shref\s*=\s*(\"[^\"<>]*\"|'[^'<>]*')", re.IGNORECASE)
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "big", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small"}
    | {"span", "strike", "strong", "sub", "sup", "u"}
)
_VOID: Final = frozenset({"br", "hr", "img"})
_UNSEEN: Final = (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"))


def plain_words(text: str) -> str:
    """A name as people read it: entities are signs, and tags are gone."""
    unescaped = _unescape(_raw(text))
    return _TAG.sub(lambda tag: "" if tag[2].lower() in _INLINE else " ", unescaped)


def clean_html(text: str, most: int) -> str:
    """A description with its words and tags, cut at `most` only after what is unseen is gone.

    A description whose tags were escaped has them as tags again.
    """
    left = _raw(text)
    if "lt;" in left and not _TAG.search(left) and _ESCAPED_TAG.search(left):
        left = _unescape(left)
    if "<" not in left:
        return left[:most]
    for start, end in _UNSEEN:
        left = _without(left, start, end)
    left = _shallow(left, bare=len(left) > most)
    return left[:most]


def _raw(text: str) -> str:
    """As much of a text as is looked at, without the pictures that are written into it."""
    if "data:" in text or "DATA:" in text:
        text = _PICTURE.sub("", text)
    return text[:_MOST_RAW]


def _sign(entity: re.Match[str]) -> str:
    """What an entity stands for; nothing for a sign that does not exist."""
    return html.unescape(entity[0]).replace("\ufffd", "")


def _unescape(text: str) -> str:
    for _ in range(_MOST_ESCAPED):
        before, text = text, _ENTITY.sub(_sign, text)
        if before == text:
            break
    return text


def _without(text: str, start: str, end: str) -> str:
    """The text without everything from a start to the next end, case aside."""
    lower = text.lower()
    if len(lower) != len(text) or start not in lower:
        return text
    kept, at = [], 0
    while (begins := lower.find(start, at)) >= 0:
        kept.append(text[at:begins])
        ends = lower.find(end, begins)
        if ends < 0:
            at = begins + len(start)
            kept.append(text[begins:at])
            break
        at = ends + len(end)
    return "".join((*kept, text[at:]))


def _shallow(text: str, *, bare: bool) -> str:
    """The text whose tags stand in each other to a bounded depth, without attributes if `bare`."""
    depth = 0

    def shown(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name not in _VOID:
            depth = max(depth + (-1 if tag[1] else 1), 0)
            if depth > _DEEPEST or (tag[1] and depth == _DEEPEST):
                return " "
        return _bare(tag, name) if bare else tag[0]

    return _TAG.sub(shown, text)


def _bare(tag: re.Match[str], name: str) -> str:
    if name == "img":
        return ""
    link = _LINK.search(tag[3]) if name == "a" else None
    return f"<{tag[1]}{name}{f' href={link[1]}' if link else ''}>"
