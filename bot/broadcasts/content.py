"""What a broadcast says and whom it is for, as they are stored."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

import msgspec

MOST_LINKS: Final = 6
LONGEST_LABEL: Final = 40


class Mark(msgspec.Struct, frozen=True):
    """One of Telegram's entities; `offset` and `length` in UTF-16 units, `more` the rest."""

    type: str
    offset: int
    length: int
    more: dict[str, Any] = {}


class Link(msgspec.Struct, frozen=True):
    """A button. `target` is a deep link's payload (`s_12`, `c_3`) or an https address."""

    label: str
    target: str

    @property
    def is_address(self) -> bool:
        """Whether it leads out of this bot's own chat."""
        return ":" in self.target


class Content(msgspec.Struct, frozen=True):
    """The words with their entities, a picture by Telegram's id of it, and the buttons."""

    text: str
    marks: tuple[Mark, ...] = ()
    photo: str = ""
    links: tuple[Link, ...] = ()

    @property
    def mark(self) -> str:
        """The same for the same words and picture, whatever the buttons."""
        return blake2b(f"{self.photo}\n{self.text}".encode(), digest_size=16).hexdigest()


class Segment(msgspec.Struct, frozen=True):
    """Whom it is for: all that is set has to be true of a customer; nothing set is everybody.

    `active_days` looks at when they were last here, `categories` holds one category with all
    below it, `above` is in millionths of the shop's currency. `bought` is its name for the card.
    """

    languages: tuple[str, ...] = ()
    active_days: int = 0
    service: int = 0
    categories: tuple[int, ...] = ()
    bought: str = ""
    above: int | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether nothing is asked of a customer."""
        return self == Segment()


_CONTENTS: Final = msgspec.json.Decoder(Content)
_SEGMENTS: Final = msgspec.json.Decoder(Segment)


def encode(part: Content | Segment) -> str:
    """As it is stored."""
    return msgspec.json.encode(part).decode()


def decode_content(text: str) -> Content:
    """What a broadcast says. Raises msgspec.DecodeError."""
    return _CONTENTS.decode(text)


def decode_segment(text: str) -> Segment:
    """Whom it is for. Raises msgspec.DecodeError."""
    return _SEGMENTS.decode(text)
