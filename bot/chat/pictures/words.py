"""Words that the picture and the text of figures share."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.chat.kit.locale import Locale
from bot.desk.stats.read import Line

_MOST_PERCENT: Final = 9_999
_PERCENT: Final = 100


def growth(now: int, before: int) -> int | None:
    """By how many percent something is more than it was; None where there was nothing."""
    if before <= 0:
        return None
    return max(-_MOST_PERCENT, min(_MOST_PERCENT, (now - before) * _PERCENT // before))


def line_name(line: Line) -> str:
    """A supplier's name; a service's, or its number where it is listed no more."""
    if line.service is None:
        return line.supplier
    return line.name or f"#{line.service}"


def time_words(_: Locale, span: timedelta | None) -> str:
    """How long something took at most; a dash where nothing was delivered."""
    return "—" if span is None else _.duration(span)
