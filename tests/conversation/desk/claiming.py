"""Alice has an order that came, and Olga, Susi and the others are there."""

from __future__ import annotations

from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.shop import Shop


async def came(shop: Shop, alice: Human, quantity: str = "3") -> None:
    """Alice's order is complete and its goods are in her chat."""
    goods = [f"acc{number}:pw" for number in range(int(quantity))]
    shop.accplanet.plan(completes(1), goods)
    await alice.buys(quantity=quantity)
    await shop.works()
    await shop.passes(seconds=3)


async def reports(shop: Shop, alice: Human, *numbers: str, words: str = "No login") -> None:
    """Alice reports that units of her order do not work."""
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    await alice.taps("Problem")
    await alice.taps("It does not work")
    if numbers:
        await alice.taps("None")
        for number in numbers:
            await alice.taps(number)
    await alice.taps("Continue")
    await alice.sends(words)
    await alice.taps("Send the report")
    await shop.works()
