"""The look-ups of the last minute: the same pages are opened again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.domain.translation import Words

_KEPT_FOR: Final = timedelta(minutes=1)
"""What another process has read meanwhile is seen after so long."""
_KEPT_AT_MOST: Final = 1_000
_LONGEST: Final = 4_000
"""Characters of a look-up that is kept: with all that are kept, some megabytes at worst."""


@dataclass(slots=True)
class RecentWords:
    """Words by what was asked for, the longest unused forgotten first."""

    _kept: OrderedDict[Hashable, tuple[datetime, Words]] = field(default_factory=OrderedDict)

    def find(self, asked: Hashable, now: datetime) -> Words | None:
        """The words, None when they are not kept or no longer fresh."""
        until, words = self._kept.get(asked, (now, None))
        if now >= until:
            return None
        self._kept.move_to_end(asked)
        return words

    def keep(self, asked: Hashable, words: Words, now: datetime) -> None:
        """Keep what was looked up, unless it is large."""
        if words.size > _LONGEST:
            return
        self._kept[asked] = now + _KEPT_FOR, words
        self._kept.move_to_end(asked)
        while len(self._kept) > _KEPT_AT_MOST:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Something new was written."""
        self._kept.clear()
