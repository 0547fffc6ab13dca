"""A broadcast as customers get it."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.broadcasts.content import Content
from bot.chat.broadcasts.content import words_of
from bot.chat.broadcasts.taps import StopNews
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Button, FileKind, Row, Screen, StoredFile


def broadcast_screen(_: Locale, content: Content, address: str) -> Screen:
    """The message; `address` is that of this bot, behind which deep links stand."""
    photo = StoredFile(content.photo, FileKind.PHOTO) if content.photo else None
    return Screen(words_of(content), link_rows(_, content, address, StopNews()), file=photo)


def link_rows(_: Locale, content: Content, address: str, stop: CallbackData) -> tuple[Row, ...]:
    """The buttons, one a row, and the one that ends news."""
    links = tuple(
        (Button(one.label, url=one.target if one.is_address else f"{address}?start={one.target}"),)
        for one in content.links
    )
    return (*links, (Button(_("🔕 Don't send me news"), stop),))
