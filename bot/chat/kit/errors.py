"""What wordings of errors are made of; each noun has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich

Wording = Callable[[Locale, Any], Rich]
"""What a customer reads of an error: what happened to the money first, then what to do next."""
Wordings = Mapping[type[BaseException], Wording]
Text = Callable[[Locale], str]


def plain(text: Text) -> Wording:
    """The same words whatever the error carries."""
    return lambda _, error: Rich(text(_))


LATER: Final = plain(
    lambda _: _("Nothing was charged. The shop cannot do this right now; please try again later.")
)
