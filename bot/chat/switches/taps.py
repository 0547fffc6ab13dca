"""The taps of the switches, and the words that are typed for customers."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Key


class OpenSwitches(CallbackData, prefix="swa"):
    """What is sold and what is switched off."""

    needs: ClassVar = Permission.SUPPLIERS


class SwitchOff(CallbackData, prefix="swf"):
    """Sell nothing of this; `sure` on the second tap."""

    needs: ClassVar = Permission.SUPPLIERS
    what: Key = ""
    sure: bool = False


class SwitchOn(CallbackData, prefix="swn"):
    """Sell it again."""

    needs: ClassVar = Permission.SUPPLIERS
    what: Key = ""


class TypeOffWords(CallbackData, prefix="sww"):
    """What customers read while this is off is typed next."""

    needs: ClassVar = Permission.SUPPLIERS
    what: Key = ""


class DropOffWords(CallbackData, prefix="swd"):
    """Let customers read the usual words while this is off."""

    needs: ClassVar = Permission.SUPPLIERS
    what: Key = ""


class OffWordsForm(Form, frozen=True, tag="off-words"):
    """What customers read while this is off is typed."""

    what: str

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeOffWords(what=self.what)
