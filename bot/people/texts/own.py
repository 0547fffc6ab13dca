"""What an operator says in their own words: which texts there are, and which one a reader gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class TextName(StrEnum):
    """A text that an operator may put into their own words; the value is how they call it."""

    GREETING = "greeting"
    """The first line of the first screen."""
    HELP = "help"
    TERMS = "terms"
    PAY = "pay"
    """How to pay, wherever money is missing."""
    PAUSED = "paused"
    """What stands in Buy's place while something cannot be bought."""
    PINNED = "pinned"
    """One line on top of the first screen and of the catalog; there is none as shipped."""


EVERY: Final = ""
"""The language of words that are for every reader whose own language has none."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """Words as they are kept: `entities` as the chat wrote them down, shown until `until`."""

    text: str
    entities: str = ""
    until: datetime | None = None

    def is_shown(self, now: datetime) -> bool:
        """Whether its time is not over."""
        return self.until is None or now < self.until


Said = Mapping[str, OwnText]
"""One text in each language that it is said in, by the language's code or `EVERY`."""


def say(said: Said, language: str, now: datetime) -> OwnText | None:
    """What a reader gets: their language's words, else those for every one; None for neither.

    Words whose time is over count as none.
    """
    both = (said.get(language), said.get(EVERY))
    return next((one for one in both if one is not None and one.is_shown(now)), None)


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """All own words of the shop by the names of their texts, as of one `version`."""

    by_name: Mapping[str, Said] = field(default_factory=dict)
    version: int = 0

    def find(self, name: str) -> Said:
        """What is said of this in each language; empty where the shipped words stand."""
        return self.by_name.get(name, {})
