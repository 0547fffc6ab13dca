"""The taps of the topics and the languages."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData


class Topic(StrEnum):
    """The pages behind Help; the value travels in taps."""

    HELP = "h"
    TERMS = "t"
    PRIVACY = "p"
    SUPPORT = "s"
    PAYSUPPORT = "y"


class OpenLanguages(CallbackData, prefix="l"):
    """The choice of language."""


class ChooseLanguage(CallbackData, prefix="m"):
    """This language, by its code."""

    code: str


class OpenTopic(CallbackData, prefix="b"):
    """Help and the pages behind it."""

    topic: Topic = Topic.HELP


class OpenDeskHelp(CallbackData, prefix="ha"):
    """What an operator may send, with an example of each."""
