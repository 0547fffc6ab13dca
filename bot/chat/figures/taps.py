"""The taps of the shop's figures (prefixes that start with `y`), and the form for other days."""

from __future__ import annotations

from typing import Annotated, ClassVar

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.desk.stats.read import MOST_DAYS

DAY, WEEK, MONTH = 1, 7, 30
Length = Annotated[int, Field(ge=1, le=MOST_DAYS)]
Last = Annotated[int, Field(ge=0, le=3_000_000)]


class OpenStats(CallbackData, prefix="ys"):
    """So many days up to the `last`, numbered as by `date.toordinal`; 0 is today."""

    needs: ClassVar = Permission.SEE
    days: Length = WEEK
    last: Last = 0
    new: bool = False


class OpenStatsDetails(CallbackData, prefix="yd"):
    """The suppliers and services of these days, one by one."""

    needs: ClassVar = Permission.SEE
    days: Length
    last: Last


class TypePeriod(CallbackData, prefix="yp"):
    """Other days are typed next."""

    needs: ClassVar = Permission.SEE


class PeriodForm(Form, frozen=True, tag="stats-period"):
    """The days whose figures are wanted are typed."""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypePeriod()
