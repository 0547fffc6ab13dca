"""The taps of the search, and what may be typed for it."""

from __future__ import annotations

from typing import Annotated, Final

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.catalog.listing import Sort
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id


class OpenSearch(CallbackData, prefix="sq"):
    """What are you looking for?"""

    new: bool = False


class OpenResults(CallbackData, prefix="sr"):
    """A page of what was found; `search` is the id of what was typed."""

    search: Id
    page: Count = 0
    new: bool = False


FoundOn = Annotated[int, Field(ge=0, le=999)]
FAVOURITES: Final = 0
"""In the place of a search's id: the list of favourites, from which a card is opened as well."""


class OpenFound(CallbackData, prefix="sf"):
    """A service card that leads back to the page `found` of the list that it stood on.

    `search` is the id of what was typed, or FAVOURITES.
    """

    service: Id
    search: Id
    found: FoundOn = 0
    page: Count = 0


class OpenFoundCategory(CallbackData, prefix="sc"):
    """A page of a category that leads back to the page `found` of the results."""

    category: Id
    search: Id
    found: FoundOn = 0
    page: Count = 0
    sort: Sort = Sort.PRICE


class SearchForm(Form, frozen=True, tag="search"):
    """The name of something is typed."""

    def ask_again(self) -> OpenSearch:
        """The same step."""
        return OpenSearch()
