"""The taps of safe mode."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.chat.kit.taps import Id


class OpenSafeMode(CallbackData, prefix="de"):
    """What safe mode means, and the way to end it."""


class EndSafeMode(CallbackData, prefix="dz"):
    """Open the shop again after this restore."""

    mark: Id
    sure: bool = False
