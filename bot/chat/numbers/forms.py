"""What may be typed about SMS numbers."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.context import Form


class NumbersSearchForm(Form, frozen=True, tag="numbers"):
    """The name of a service for SMS numbers is typed; `words` are what was searched for last."""

    words: str = ""


FORMS: Final = (NumbersSearchForm,)
