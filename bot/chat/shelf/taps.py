"""The taps about what is hidden by hand, and what is typed for them."""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated, ClassVar

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.base.acts import Permission
from bot.catalog.selection.selection import Selection
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Id

Code = Annotated[str, Field(max_length=40)]
"""A part of the shelf as a tap carries it: a name is too long, so a hash stands for it."""


def code_of(selection: Selection) -> str:
    """A part of the shelf as a tap carries it."""
    named = blake2b(selection.name.encode(errors="replace"), digest_size=6).hexdigest()
    return f"{selection.scope}-{selection.id or named}"


class OpenHidden(CallbackData, prefix="wh"):
    """What is hidden and shown by hand."""

    needs: ClassVar = Permission.SUPPLIERS
    page: Count = 0


class OpenDenied(CallbackData, prefix="wd"):
    """What the shipped list keeps off the shelf."""

    needs: ClassVar = Permission.SUPPLIERS
    page: Count = 0


class TypeSelection(CallbackData, prefix="wt"):
    """What is to be hidden, or shown, is typed next."""

    needs: ClassVar = Permission.SUPPLIERS
    shows: bool


class Look(CallbackData, prefix="wl"):
    """What hiding, or showing, a part of the shelf would change; `what` is its code."""

    needs: ClassVar = Permission.SUPPLIERS
    what: Code
    shows: bool


class Hide(CallbackData, prefix="wi"):
    """Hide a part of the shelf; `sure` once much of it was asked about again."""

    needs: ClassVar = Permission.SUPPLIERS
    what: Code
    sure: bool = False


class Show(CallbackData, prefix="wo"):
    """Show a part of the shelf again."""

    needs: ClassVar = Permission.SUPPLIERS
    what: Code


class Allow(CallbackData, prefix="wa"):
    """Sell what the shipped list keeps off the shelf; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    what: Code
    sure: bool = False


class DropRule(CallbackData, prefix="wr"):
    """Take a rule back; `sure` on the second tap."""

    needs: ClassVar = Permission.SUPPLIERS
    rule: Id
    sure: bool = False


class SelectionForm(Form, frozen=True, tag="shelf-selection"):
    """What is to be hidden or shown is typed; `name` is a pattern whose preview is shown."""

    shows: bool
    name: str = ""
