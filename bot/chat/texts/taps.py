"""The taps about the operator's own words, and what is typed of them."""

from __future__ import annotations

from typing import ClassVar

from aiogram.filters.callback_data import CallbackData

from bot.base.acts import Permission
from bot.chat.kit.forms import Form
from bot.chat.kit.taps import Count, Key
from bot.people.texts.own import EVERY, TextName


class OpenTexts(CallbackData, prefix="txa"):
    """All texts that may be put into own words."""

    needs: ClassVar = Permission.SHOP


class OpenText(CallbackData, prefix="txo"):
    """One text, with what is said in which language."""

    needs: ClassVar = Permission.SHOP
    name: TextName


class TypeText(CallbackData, prefix="txt"):
    """The words for this language, or for every other one, are typed next."""

    needs: ClassVar = Permission.SHOP
    name: TextName
    language: Key = EVERY


class SaveText(CallbackData, prefix="txs"):
    """Have customers read the words that are shown as a preview."""

    needs: ClassVar = Permission.SHOP


class EndText(CallbackData, prefix="txe"):
    """Show the words of the preview for so many days; 0 for as long as they are not changed."""

    needs: ClassVar = Permission.SHOP
    days: Count


class SayToAll(CallbackData, prefix="txl"):
    """Mean the words of the preview for every language that has none of its own."""

    needs: ClassVar = Permission.SHOP


class ResetText(CallbackData, prefix="txr"):
    """Say it in the shipped words again; in one language, or with `*` in all."""

    needs: ClassVar = Permission.SHOP
    name: TextName
    language: Key = "*"
    sure: bool = False


class TextForm(Form, frozen=True, tag="own-text"):
    """Words are typed; `said` is what is shown as a preview, with its formatting and its end.

    `until` is in seconds since 1970, 0 for none. `is_plainer` where formatting could not be kept.
    """

    name: TextName
    language: str
    said: str = ""
    entities: str = ""
    until: int = 0
    is_plainer: bool = False

    def ask_again(self) -> CallbackData:
        """The same step."""
        return TypeText(name=self.name, language=self.language)
