"""What is told of an order answers the order's card, so that one tap leads from it to the card."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.kit.screen import Screen
from bot.orders.views import OrderView


def answering(screen: Screen, order: OrderView) -> Screen:
    """The screen as an answer to the order's card; as it is where no card is in the chat."""
    return replace(screen, reply_to=order.card)
