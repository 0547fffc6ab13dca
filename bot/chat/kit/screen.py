"""A screen is text and buttons as plain facts, made by pure functions and shown by `present`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from aiogram.filters.callback_data import CallbackData

from bot.chat.kit.richtext import Rich

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: exactly one of `tap`, `url`, `copy` and `share` says what it does.

    `copy` is at most 256 characters; `share` is the text that inline mode is opened with.
    """

    label: str
    tap: CallbackData | None = None
    url: str | None = None
    copy: str | None = None
    share: str | None = None
    style: Style | None = None


Row = tuple[Button, ...]
_ARROWS: Final = {"⏮": "⏭", "◀": "▶", "▶": "◀", "⏭": "⏮"}


@dataclass(frozen=True, slots=True)
class Document:
    """A small text file beside a message; the screen's text is its caption (1,024 units)."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Screen:
    """What a chat shows: at most 4,096 UTF-16 units of text and 100 buttons, 8 a row."""

    text: Rich
    rows: tuple[Row, ...] = ()
    document: Document | None = None

    def turned(self, *, rtl: bool) -> Screen:
        """For a reader from right to left: what comes first stands on the right.

        Telegram lays buttons out from left to right in every language.
        """
        return replace(self, rows=tuple(map(_turned, self.rows))) if rtl else self


def _turned(row: Row) -> Row:
    return tuple(
        replace(button, label=_ARROWS.get(button.label, button.label)) for button in reversed(row)
    )
