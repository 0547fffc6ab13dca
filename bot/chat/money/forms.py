"""What may be typed about credit."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.context import Form


class TopupForm(Form, frozen=True, tag="topup"):
    """The amount of credit to ask the operators for is typed."""


FORMS: Final = (TopupForm,)
