"""The taps about stand-ins, and the numbers that are typed for them."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id


class OpenTies(CallbackData, prefix="ti"):
    """What stands in for what, eight groups a page."""

    needs: ClassVar = Permission.SEE
    page: Count = 0


class OpenTie(CallbackData, prefix="to"):
    """One group of services that stand in for each other, found by one of them."""

    needs: ClassVar = Permission.SEE
    service: Id


class TypeTie(CallbackData, prefix="tt"):
    """Numbers of services to tie are typed next; `service` is the first one, 0 for none."""

    needs: ClassVar = Permission.SHOP
    service: Id = 0


class PutFirst(CallbackData, prefix="tv"):
    """Take a service before the others of its group."""

    needs: ClassVar = Permission.SHOP
    service: Id


class Untie(CallbackData, prefix="tu"):
    """Take a service out of its group; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    service: Id
    sure: bool = False


class TieForm(Form, frozen=True, tag="tie"):
    """The numbers of services to tie are typed; `service` is the first of them, 0 for none."""

    service: int = 0
