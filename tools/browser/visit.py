"""Walks through the shop that the tests and the screenshots share: a start, credit, a purchase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tools.browser.phone import Phone

CANVA: Final = ("Digital goods", "Subscriptions", "Canva Pro")
"""A cheap service of AccPlanet that delivers by itself, with the shelves it stands on."""


async def opens_the_shop(phone: Phone) -> None:
    """Start the bot and wait for its greeting."""
    await phone.shows_up()
    await phone.starts()
    await phone.sees("Welcome to Kiosk!")


async def is_given_credit(customer: Phone, operator: Phone, amount: str) -> None:
    """The operator types a top-up, and the customer hears of it."""
    await operator.says(f"/topup {customer.person} {amount}")
    await customer.sees(f"${amount}.00 was added to your balance.")


async def picks(customer: Phone, path: Sequence[str] = CANVA) -> None:
    """From the greeting to the card on which the purchase is confirmed."""
    await customer.taps("🛍 Catalog")
    for label in path:
        await customer.taps(label)
    await customer.taps("🛒 Buy")
    await customer.taps("Continue")
    await customer.sees("Please check your order")


async def buys(customer: Phone, path: Sequence[str] = CANVA) -> None:
    """From the greeting to a paid order, by taps alone."""
    await picks(customer, path)
    await customer.taps("✅ Pay")
