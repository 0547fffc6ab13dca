"""How an operator saves a price rule, and what a customer reads of a price."""

from tests.conversation.human import Human


async def saves(olga: Human, command: str) -> None:
    await olga.sends(command)
    await olga.taps("Save")
    olga.sees_last("✅ Saved.")


async def price_seen(human: Human, service: str = "Aged account") -> str:
    """The line of the card that says what it costs."""
    await human.sends("/start")
    await human.taps("Catalog")
    await human.finds_account(service)
    return next(line for line in human.card.text.splitlines() if line.startswith("Price: "))
