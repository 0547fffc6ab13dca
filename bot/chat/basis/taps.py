"""The taps about bases and calibrations, and what is typed for them.

A category of 0 stands for all of a supplier. A basis is a number or `flat`, empty for what the
settings say.
"""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id, Key


class OpenBases(CallbackData, prefix="jl"):
    """Every supplier, with how its rates are read."""

    needs: ClassVar = Permission.SEE


class OpenBasesOf(CallbackData, prefix="js"):
    """The categories of a supplier, with how their rates are read."""

    needs: ClassVar = Permission.SEE
    supplier: Key
    page: Count = 0


class OpenBasis(CallbackData, prefix="jg"):
    """One category of a supplier, or all of it."""

    needs: ClassVar = Permission.SEE
    supplier: Key
    category: Id = 0


class TypeBasis(CallbackData, prefix="jn"):
    """The number of units is typed next."""

    needs: ClassVar = Permission.SHOP
    supplier: Key
    category: Id


class SetBasis(CallbackData, prefix="jp"):
    """Set a basis for a category or a whole supplier; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    supplier: Key
    category: Id
    basis: Key
    sure: bool = False


class SetServiceBasis(CallbackData, prefix="bv"):
    """Set a basis for one service alone; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    service: Id
    basis: Key
    sure: bool = False


class OpenTrials(CallbackData, prefix="bc"):
    """What could be ordered to find out what a rate is for."""

    needs: ClassVar = Permission.SHOP
    supplier: Key
    category: Id
    page: Count = 0


class OpenTrial(CallbackData, prefix="jb"):
    """What an order of a service would cost, and what it would tell."""

    needs: ClassVar = Permission.SHOP
    service: Id


class PlaceTrial(CallbackData, prefix="jx"):
    """Place one order, for so many micro-units at most; `sure` on the second tap.

    `seen` is how many calibrations of the supplier there were when the card was drawn.
    """

    needs: ClassVar = Permission.SHOP
    service: Id
    most: Id
    seen: Count
    sure: bool = False


class OpenResult(CallbackData, prefix="jf"):
    """What an order has found out."""

    needs: ClassVar = Permission.SEE
    order: Id


class BasisForm(Form, frozen=True, tag="basis"):
    """How many units a rate is for is typed."""

    supplier: str
    category: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeBasis(supplier=self.supplier, category=self.category)


class TrialLinkForm(Form, frozen=True, tag="basis-link"):
    """The link of an order is typed, which is placed with it."""

    service: int
    most: int
    seen: int

    def ask_again(self) -> CallbackData:
        """The same step."""
        return PlaceTrial(service=self.service, most=self.most, seen=self.seen, sure=True)
