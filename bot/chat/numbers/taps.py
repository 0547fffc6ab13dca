"""The taps of rented numbers, and what may be typed about them."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.catalog.listing import Sort
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id, Key


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


class ListOffers(CallbackData, prefix="eo"):
    """The countries of one project that have the typed name, or what is dearer in them.

    `found` keeps to what was searched for, `more` leaves out the cheapest of each country.
    """

    project: Key
    page: Count = 0
    sort: Sort = Sort.PRICE
    more: bool = False
    found: bool = False


class RentNumber(CallbackData, prefix="r"):
    """The confirm card for so many numbers of this service and country."""

    service: Id
    quantity: Count = 1
    new: bool = False


class ReuseNumber(CallbackData, prefix="z"):
    """The confirm card for the phone of an earlier order."""

    order: Id
    new: bool = False


class NumbersSearchForm(Form, frozen=True, tag="numbers"):
    """The name of a service for SMS numbers is typed; `words` are what was searched for last."""

    words: str = ""

    def ask_again(self) -> CallbackData:
        """The same step."""
        return OpenNumbers(found=bool(self.words))


class CountrySearchForm(Form, frozen=True, tag="countries"):
    """The name of a country for a project's numbers is typed; `words` were searched for last."""

    project: str
    words: str = ""

    def ask_again(self) -> CallbackData:
        """The same step, with all countries."""
        return OpenCountries(project=self.project)
