"""Topics: what a committed transaction wakes workers by."""

from __future__ import annotations

from typing import Final

from bot.base.ids import SupplierName

HEARTBEAT: Final = "heartbeat"
"""Another process has joined: the others look around at once."""

OUTBOX: Final = "outbox"
"""Messages wait to be sent."""

WATCHES: Final = "watches"
"""What somebody waits for may have come true."""

BROADCASTS: Final = "broadcasts"
"""A broadcast was started, or goes on."""

MENUS: Final = "menus"
"""An operator came, whom Telegram may not have known before, or is another one by now."""

NEW_LANGUAGE: Final = "language"
"""Somebody reads a language that was not in use before."""

TEXTS: Final = "texts"
"""The operator's own words are others now."""
EXPORTS: Final = "exports"
"""An owner has asked for a file of the shop's books."""

LATE_SCREENS: Final = "late screens"
"""A screen that Telegram did not take waits to be shown."""


def submit_topic(supplier: SupplierName) -> str:
    """Orders wait to be sent to this supplier."""
    return f"submit:{supplier}"


def poll_topic(supplier: SupplierName) -> str:
    """Orders at this supplier are due for a reading."""
    return f"poll:{supplier}"


def numbers_topic(supplier: SupplierName) -> str:
    """Rented numbers of this supplier are due for a reading."""
    return f"numbers:{supplier}"
