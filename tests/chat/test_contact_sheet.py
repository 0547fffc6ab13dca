"""The contact sheet can be drawn: its samples are facts that every screen of today can show."""

from __future__ import annotations

import pytest

from bot.chat.kit.locale import Locale
from tests.chat.limits import fits
from tools.contact_sheet.draw import SHEETS


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_screen_of_a_sheet_can_be_shown(locale: Locale, sheet: str) -> None:
    shown = list(SHEETS[sheet](locale))
    assert len(shown) > 2
    for title, screen in shown:
        fits(screen)
        assert "{" not in screen.text.text, title
        assert screen.rows, title
