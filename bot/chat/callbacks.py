"""Every tap of a customer as a type: short prefixes, ids only, at most 64 bytes.

`new` says that the tap opens a new message: the card it sits on is kept as it is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.domain.shelf import Sort

Id = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""What a database can hold: a forged id beyond that is no tap of ours."""
Count = Annotated[int, Field(ge=0, le=10**9)]
Key = Annotated[str, Field(max_length=16)]


class Topic(StrEnum):
    """The pages behind Help; the value travels in taps."""

    HELP = "h"
    TERMS = "t"
    PRIVACY = "p"
    SUPPORT = "s"
    PAYSUPPORT = "y"


class Stay(CallbackData, prefix="n"):
    """A label that looks like a button, such as `2/5`."""


class OpenHome(CallbackData, prefix="h"):
    """The first screen."""

    new: bool = False


class OpenCatalog(CallbackData, prefix="c"):
    """The top of the shelf."""

    page: Count = 0
    new: bool = False


class OpenCategory(CallbackData, prefix="k"):
    """One category; pages run over its subcategories and then its services."""

    category: Id
    page: Count = 0
    sort: Sort = Sort.PRICE


class OpenService(CallbackData, prefix="s"):
    """A service card; `page` counts the pages of its description from 0."""

    service: Id
    page: Count = 0
    new: bool = False


class PickQuantity(CallbackData, prefix="q"):
    """The quantity step; 0 stands for the service's own minimum."""

    service: Id
    quantity: Count = 0
    new: bool = False


class TakeQuantity(CallbackData, prefix="t"):
    """This quantity it is: on to the link, or to the confirm card."""

    service: Id
    quantity: Count


class Confirm(CallbackData, prefix="y"):
    """Buy what the quote says."""

    quote: Id


class AskTopup(CallbackData, prefix="u"):
    """Ask the operators for what this quote lacks."""

    quote: Id


class TypeTopup(CallbackData, prefix="v"):
    """Ask the operators for an amount that is typed next."""


class OpenOrders(CallbackData, prefix="o"):
    """The customer's orders."""

    page: Count = 0
    only_open: bool = False
    new: bool = False


class OpenOrder(CallbackData, prefix="i"):
    """One order as a card."""

    order: Id
    new: bool = False


class ShowGoods(CallbackData, prefix="g"):
    """The goods of an order, as new messages."""

    order: Id


class ReportProblem(CallbackData, prefix="p"):
    """Tell the operators that something is wrong with an order."""

    order: Id


class CancelOrder(CallbackData, prefix="x"):
    """End an order that has not left yet; `live` when tapped on the order's own card."""

    order: Id
    live: bool = False


class OpenWallet(CallbackData, prefix="w"):
    """Credit and its movements."""

    new: bool = False


class OpenLanguages(CallbackData, prefix="l"):
    """The choice of language."""


class ChooseLanguage(CallbackData, prefix="m"):
    """This language, by its code."""

    code: str


class OpenTopic(CallbackData, prefix="b"):
    """Help and the pages behind it."""

    topic: Topic = Topic.HELP


class OpenNumbers(CallbackData, prefix="a"):
    """The services that codes are received for; `found` keeps to what was searched for."""

    page: Count = 0
    found: bool = False
    new: bool = False


class OpenCountries(CallbackData, prefix="e"):
    """The countries in which codes of one project can be received; `project` is its key."""

    project: Key
    page: Count = 0
    sort: Sort = Sort.PRICE
    new: bool = False


class RentNumber(CallbackData, prefix="r"):
    """The confirm card for so many numbers of this service and country."""

    service: Id
    quantity: Count = 1
    new: bool = False


class ReuseNumber(CallbackData, prefix="z"):
    """The confirm card for the phone of an earlier order."""

    order: Id
    new: bool = False
