"""The taps about prices that wait for an operator's word.

A rise's number stands for one rate: once the supplier asks another one, a tap finds nothing.
"""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.taps import Count, Id, Key


class OpenRises(CallbackData, prefix="xl"):
    """Every price that waits."""

    needs: ClassVar = Permission.SEE
    page: Count = 0


class OpenRise(CallbackData, prefix="xo"):
    """One price that waits."""

    needs: ClassVar = Permission.SEE
    rise: Id


class ConfirmPrice(CallbackData, prefix="xc"):
    """Sell one service at its new price."""

    needs: ClassVar = Permission.SUPPLIERS
    rise: Id


class KeepHidden(CallbackData, prefix="xk"):
    """Leave one service hidden until the price returns."""

    needs: ClassVar = Permission.SUPPLIERS
    rise: Id


class ConfirmAll(CallbackData, prefix="xa"):
    """Sell all of a supplier at their new prices, up to the newest rise that was seen."""

    needs: ClassVar = Permission.SUPPLIERS
    supplier: Key
    newest: Id
    sure: bool = False
