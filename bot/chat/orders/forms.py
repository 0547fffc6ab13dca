"""What may be typed on the way to an order."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.context import Form


class QuantityForm(Form, frozen=True, tag="quantity"):
    """A quantity of a service is typed."""

    service: int


class LinkForm(Form, frozen=True, tag="link"):
    """The link of a social service is typed; the quantity has been chosen."""

    service: int
    quantity: int


FORMS: Final = (QuantityForm, LinkForm)
