"""The taps of the shop's figures (prefixes that start with `y`), and the form for other days."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Id

DAY, WEEK, MONTH = 1, 7, 30


class OpenStats(CallbackData, prefix="zs"):
    """So many days up to the `last`, numbered as by `date.toordinal`; 0 is today."""

    needs: ClassVar = Permission.SEE
    days: Id = WEEK
    last: Id = 0
    new: bool = False


class OpenStatsDetails(CallbackData, prefix="zd"):
    """The suppliers and services of these days, one by one."""

    needs: ClassVar = Permission.SEE
    days: Id
    last: Id


class TypePeriod(CallbackData, prefix="yp"):
    """Other days are typed next."""

    needs: ClassVar = Permission.SEE


class PeriodForm(Form, frozen=True, tag="stats-period"):
    """The days whose figures are wanted are typed."""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypePeriod()
