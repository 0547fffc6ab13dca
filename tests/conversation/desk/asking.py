"""How a customer asks for a top-up."""

from tests.conversation.human import Human


async def asks(boris: Human, amount: str = "20") -> None:
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends(amount)
