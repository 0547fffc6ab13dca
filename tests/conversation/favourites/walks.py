"""How a customer comes to a card, and what it offers."""

from __future__ import annotations

from tests.conversation.human import Human
from tests.conversation.shop import Shop

FRESH = "10043"
"""The sandbox's id of the fresh account."""
BACK = "Fresh account is back: $3.00 · 5 in stock"


async def opens(human: Human, service: str = "Fresh account") -> None:
    """From the start to a card, the way a customer walks."""
    await human.sends("/start")
    for label in ("Catalog", "Social", service):
        await human.taps(label)


async def stocks(shop: Shop, stock: int, service: str = FRESH) -> None:
    """A supplier has so many, and the shop reads it."""
    shop.accplanet.services[service].stock = stock
    await shop.refreshes()


async def waits_for(human: Human, service: str = "Fresh account") -> None:
    """The bell on the card of what is sold out."""
    await opens(human, service)
    await human.taps("Tell me when it is back")


def labels(human: Human) -> list[str]:
    """What the buttons of the last message say."""
    return [label for row in human.card.labels for label in row]
