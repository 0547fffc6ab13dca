"""Puts the progress of a broadcast on the card of who watches it."""

from __future__ import annotations

from bot.base.errors import NotYours
from bot.broadcasts.read import load_broadcast
from bot.chat.broadcasts.shown import progress_of
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.outbox.gone import Gone, GoneReason
from bot.db.database import Database


async def broadcast_card_screen(db: Database, broadcast: int, _: Locale) -> Screen:
    """How far it is now. Raises Gone where it was forgotten."""
    try:
        found = await db.read(load_broadcast, broadcast)
    except NotYours:
        raise Gone(GoneReason.NO_LONGER_SO) from None
    return await progress_of(db, _, found)
