"""The taps of the shelf."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.catalog.listing import Sort
from bot.catalog.wanted.reasons import WatchReason
from bot.chat.kit.taps import Count, Id
from bot.chat.search.taps import FoundOn


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


class OpenFavourites(CallbackData, prefix="f"):
    """What the customer has marked, waits for and has bought."""

    page: Count = 0
    new: bool = False


class MarkFavourite(CallbackData, prefix="fm"):
    """Mark a service, or no more, as `on` says, and show the same page of its card.

    `search` and `found` are those of an `OpenFound` card, which still leads back to where it was
    found.
    """

    service: Id
    on: bool
    page: Count = 0
    search: Id | None = None
    found: FoundOn = 0


class DropFavourite(CallbackData, prefix="fd"):
    """Take a service that is gone off this page of the favourites."""

    service: Id
    page: Count = 0


class WatchService(CallbackData, prefix="fw"):
    """Be told of a service once, or not, as `on` says; the rest as in `MarkFavourite`."""

    service: Id
    reason: WatchReason
    on: bool
    search: Id | None = None
    found: FoundOn = 0


class StopAllWatches(CallbackData, prefix="fs"):
    """Be told of nothing any more."""
