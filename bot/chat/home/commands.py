"""What customers can send: the answer to a command that nobody knows."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.chat.home.home import Ways, lost_screen
from bot.chat.home.menu import list_customer_commands
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import join
from bot.chat.kit.screen import Screen, footer


def commands_screen(_: Locale, ways: Ways, back: CallbackData | None = None) -> Screen:
    """Every command with its line, above the menu; `back` leads to a step that is open instead."""
    commands = list_customer_commands(numbers=ways.numbers)
    lines = (join([_.iso(f"/{one.name}"), one.text(_)], "  ") for one in commands)
    text = join([_("I did not understand that. This is what you can send:"), *lines])
    rows = lost_screen(_, ways).rows if back is None else (footer(_, back),)
    return Screen(text, rows)
