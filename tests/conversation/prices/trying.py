"""The way from the desk to an order that finds a basis."""

from tests.conversation.human import Human

LEAST = 10
GOODS = [f"box{n}:pw" for n in range(LEAST)]


async def to_category(olga: Human) -> None:
    """From the desk to the category whose basis nobody has said."""
    await olga.sends("/desk")
    await olga.taps("What rates are for")
    await olga.taps("hstockplus")
    await olga.taps("Fresh Mail")


async def to_card(olga: Human) -> None:
    """From there to the card that says what the order will cost."""
    await to_category(olga)
    await olga.taps("🧪 Find out with one order")
    await olga.taps("Fresh mail × 10")


async def places(olga: Human) -> None:
    """The card, and both taps."""
    await to_card(olga)
    await olga.taps("🧪 Place one order · up to $50.00")
    await olga.taps("🧪 Place one order · up to $50.00")
