"""How an operator's words are read: for which language, until when, and whether they fit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum
from typing import Final

from bot.base.errors import ShopError
from bot.people.texts.own import TextName

LONGEST: Final = {
    TextName.GREETING: 1500,
    TextName.HELP: 3500,
    TextName.TERMS: 3500,
    TextName.PAY: 1500,
    TextName.PAUSED: 300,
    TextName.PINNED: 150,
}
"""UTF-16 units that leave room for all else on the fullest screen that the text stands on."""
_UNTIL: Final = re.compile(
    r"until\s+([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{1,2}:[0-9]{2}))?(?:\s+|$)", re.IGNORECASE
)


class BadTextReason(StrEnum):
    """Why words are not taken."""

    EMPTY = "empty"
    LONG = "long"
    LANGUAGE = "language"
    """They are for a language that the shop does not speak."""
    LINES = "lines"
    """One line is asked for."""
    TIME = "time"
    """The end is no time, or over already."""


@dataclass(eq=False)
class BadText(ShopError):
    """Nothing was changed: `length` units where `most` fit, or a `language` that is not ours."""

    reason: BadTextReason
    length: int = 0
    most: int = 0
    language: str = ""


def check_words(name: TextName, text: str, length: int) -> None:
    """Let words pass that fit their screen; `length` in UTF-16 units, as shown. Raises BadText."""
    if not any(sign.isprintable() and not sign.isspace() for sign in text):
        raise BadText(BadTextReason.EMPTY)
    most = LONGEST[name]
    if length > most:
        raise BadText(BadTextReason.LONG, length=length, most=most)
    if name is TextName.PINNED and len(text.splitlines()) > 1:
        raise BadText(BadTextReason.LINES)


def read_until(text: str, now: datetime, zone: tzinfo) -> tuple[datetime | None, int]:
    """The end that the words begin with, `until 2026-12-01 18:00`, and how many signs say it.

    A day alone is meant to its end. Without an end: None, 0. Raises BadText.
    """
    found = _UNTIL.match(text)
    if found is None:
        return None, 0
    try:
        end = datetime.fromisoformat(f"{found[1]}T{(found[2] or '23:59').zfill(5)}")
        until = end.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadText(BadTextReason.TIME) from None
    if until <= now:
        raise BadText(BadTextReason.TIME)
    return until, found.end()
