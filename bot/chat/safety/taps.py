"""The taps of safe mode."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.taps import Id


class OpenSafeMode(CallbackData, prefix="de"):
    """What safe mode means, and the way to end it."""

    needs: ClassVar = Permission.SHOP


class EndSafeMode(CallbackData, prefix="dz"):
    """Open the shop again after this restore."""

    needs: ClassVar = Permission.SHOP
    mark: Id
    sure: bool = False


class ProveBooks(CallbackData, prefix="tf"):
    """Prove the books now."""

    needs: ClassVar = Permission.SEE
