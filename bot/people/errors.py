"""Why a role is not changed."""

from __future__ import annotations

from bot.base.errors import ShopError


class LastOwner(ShopError):
    """Nobody would be left who may give roles."""


class NamedInSettings(ShopError):
    """ADMIN_IDS makes this person an owner, and would again at the next start."""
