"""Puts what somebody waited for into words, as far as it is true when it goes out."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.wanted.tell_watchers import WatchMessage
from bot.chat.catalog.watches import came_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.screen import Screen
from bot.chat.outbox.gone import Gone, GoneReason
from bot.chat.translate import Translate


async def watched_screen(translate: Translate, told: WatchMessage, _: Locale) -> Screen:
    """What has come true, by the names that its reader knows. Raises Gone where nothing has."""
    if not told.came:
        raise Gone(GoneReason.NO_LONGER_SO)
    offers = await translate.offers(_.code, [one.offer for one in told.came])
    came = [replace(one, offer=offer) for one, offer in zip(told.came, offers, strict=True)]
    return came_screen(_, came, waits_on=told.waits_on)
