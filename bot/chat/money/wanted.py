"""The name of what a top-up is wanted for."""

from __future__ import annotations

from bot.catalog.shelf import CurrentShelf
from bot.chat.translate import Translate
from bot.money.topup import Wanted


async def find_name(
    shelf: CurrentShelf, translate: Translate, language: str, wanted: Wanted | None
) -> str | None:
    """It in a reader's language; None for nothing, and for what the shelf no longer has."""
    offer = None if wanted is None else shelf.now.find_offer(wanted.service)
    if offer is None:
        return None
    return (await translate.offer(language, offer)).service.listed.name
