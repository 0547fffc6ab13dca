"""The commands that Telegram lists beside the text field, in one reader's language."""

from __future__ import annotations

from aiogram.types import BotCommand

from bot.chat.voice import Voice


def customer_commands(_: Voice, *, numbers: bool) -> list[BotCommand]:
    """What every customer may send; each works at any step. `numbers` where they are sold."""
    told = {
        "start": _("Open the shop"),
        "catalog": _("What is on sale"),
        "numbers": _("Receive a code by SMS"),
        "orders": _("Your orders"),
        "wallet": _("Your balance and movements"),
        "language": _("Choose your language"),
        "help": _("How it works"),
        "support": _("Write to us"),
        "paysupport": _("Help with payments"),
        "terms": _("Terms"),
        "privacy": _("Privacy"),
    }
    shown = {name: text for name, text in told.items() if numbers or name != "numbers"}
    return [BotCommand(command=name, description=text) for name, text in shown.items()]
