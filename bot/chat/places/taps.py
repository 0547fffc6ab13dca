"""The taps about places of categories, and the names that are typed for them."""

from __future__ import annotations

from enum import StrEnum
from hashlib import blake2b
from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.base.ids import SupplierName
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Id, Key


class OpenPlaces(CallbackData, prefix="gc"):
    """A category at the desk."""

    needs: ClassVar = Permission.SHOP
    category: Id


class TypeApart(CallbackData, prefix="ga"):
    """The name under which one supplier's part is kept apart is typed next."""

    needs: ClassVar = Permission.SHOP
    category: Id
    supplier: Key


class TypeMerge(CallbackData, prefix="gm"):
    """The category into which this one is merged is typed next, or chosen."""

    needs: ClassVar = Permission.SHOP
    category: Id


class MergeInto(CallbackData, prefix="gi"):
    """Merge a category into another; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    category: Id
    into: Id
    sure: bool = False


class TypeName(CallbackData, prefix="gn"):
    """A category's own name is typed next."""

    needs: ClassVar = Permission.SHOP
    category: Id


class PutBack(CallbackData, prefix="gb"):
    """Show again where it is listed what was moved to `shown`; `sure` on the second tap."""

    needs: ClassVar = Permission.SHOP
    category: Id
    supplier: Key
    shown: Id
    sure: bool = False


class OpenNames(CallbackData, prefix="gl"):
    """The languages that a category may have a name of its own in."""

    needs: ClassVar = Permission.SHOP
    category: Id


class TypeNameIn(CallbackData, prefix="gt"):
    """A category's own name in one language is typed next."""

    needs: ClassVar = Permission.SHOP
    category: Id
    code: Key


class DropNameIn(CallbackData, prefix="gd"):
    """Call a category in one language as before."""

    needs: ClassVar = Permission.SHOP
    category: Id
    code: Key


class TypeIcon(CallbackData, prefix="ge"):
    """A category's own icon is typed next."""

    needs: ClassVar = Permission.SHOP
    category: Id


class DropIcon(CallbackData, prefix="gf"):
    """Take a category's own icon away."""

    needs: ClassVar = Permission.SHOP
    category: Id


class Step(StrEnum):
    """Where a category moves among its neighbours; the value travels in taps."""

    TOP = "t"
    UP = "u"
    DOWN = "d"
    BACK = "b"
    """All of them to their suppliers' order."""


class MoveCategory(CallbackData, prefix="gv"):
    """Move a category among its neighbours."""

    needs: ClassVar = Permission.SHOP
    category: Id
    step: Step


class NameInForm(Form, frozen=True, tag="places-name-in"):
    """A category's own name in one language is typed."""

    category: int
    code: str


class IconForm(Form, frozen=True, tag="places-icon"):
    """A category's own icon is typed."""

    category: int


class ApartForm(Form, frozen=True, tag="places-apart"):
    """The name under which one supplier's part is kept apart is typed."""

    category: int
    supplier: str


class MergeForm(Form, frozen=True, tag="places-merge"):
    """The name of the category into which this one is merged is typed."""

    category: int


class NameForm(Form, frozen=True, tag="places-name"):
    """A category's own name is typed."""

    category: int


def key_of(supplier: SupplierName) -> str:
    """A supplier as a tap carries it, because its name may be longer; empty for all of them."""
    if not supplier:
        return ""
    return blake2b(supplier.encode(errors="replace"), digest_size=6).hexdigest()
