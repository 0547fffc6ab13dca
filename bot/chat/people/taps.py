"""The taps about operators: their roles, and the log of what they did."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission, Role
from bot.chat.kit.taps import Count, Id


class OpenRoles(CallbackData, prefix="dp"):
    """Who runs the shop."""

    needs: ClassVar = Permission.SHOP


class OpenRole(CallbackData, prefix="dy"):
    """One person's role, and the others that they may be given."""

    needs: ClassVar = Permission.SHOP

    customer: Id


class GiveRole(CallbackData, prefix="dw"):
    """Give somebody a role, or take theirs without one; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP

    customer: Id
    role: Role | None
    sure: bool = False


class OpenLog(CallbackData, prefix="di"):
    """Who did what, newest first; with an `actor` what this operator did."""

    needs: ClassVar = Permission.SEE

    actor: Id = 0
    page: Count = 0
