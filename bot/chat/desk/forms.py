"""What an operator may type about a parked order."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.context import Form


class DeskAttachForm(Form, frozen=True, tag="desk-attach"):
    """The supplier's id of an order in doubt is typed."""

    order: int


class DeskPartForm(Form, frozen=True, tag="desk-part"):
    """How many units of an order in attention were delivered is typed."""

    order: int


FORMS: Final = (DeskAttachForm, DeskPartForm)
