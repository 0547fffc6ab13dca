"""The address behind a Share button: a link and a few words, whatever script they are in."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from bot.chat.kit.richtext import clean, units

WORDS_AT_MOST: Final = 120
"""In UTF-16 units. A sign takes nine letters of an address at most, and a keyboard holds 10 KB."""
_JOINER: Final = "\u200d"
_TONES: Final = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
_FLAG_TAGS: Final = range(0xE0020, 0xE0080)


def share_address(link: str, words: str) -> str:
    """Where Telegram asks whom to send the link and the words to."""
    said = cut_whole(clean(words), WORDS_AT_MOST)
    return f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(said, safe='')}"


def cut_whole(text: str, most: int) -> str:
    """At most `most` UTF-16 units, cut between two signs as people see them.

    An accent stays on its letter, a family and a flag stay whole.
    """
    if units(text) <= most:
        return text
    kept, room = [], most - 1
    for sign in _signs(text):
        room -= units(sign)
        if room < 0:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + "…"


def _signs(text: str) -> Iterator[str]:
    sign = ""
    for ch in text:
        if sign and not _belongs(sign, ch):
            yield sign
            sign = ""
        sign += ch
    yield sign


def _belongs(sign: str, ch: str) -> bool:
    """Whether the next character is drawn into the sign before it."""
    is_mark = unicodedata.category(ch).startswith("M") or ord(ch) in _TONES
    if is_mark or ch == _JOINER or ord(ch) in _FLAG_TAGS or sign.endswith(_JOINER):
        return True
    return len(sign) == 1 and ord(sign) in _FLAG_LETTERS and ord(ch) in _FLAG_LETTERS
