"""The taps of the shelf."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from bot.catalog.shelf import Sort
from bot.chat.kit.taps import Count, Id


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
