"""The ways to a confirm card at each supplier."""

from collections.abc import Awaitable, Callable

import pytest

from tests.conversation.human import Human


async def to_mailboxes(alice: Human) -> None:
    await alice.sends("/start")
    for label in ("Catalog", "Email Accounts", "Mailbox", "Buy"):
        await alice.taps(label)
    await alice.sends("3")


async def to_accounts(alice: Human) -> None:
    await alice.goes_to_confirm()


Way = tuple[Callable[[Human], Awaitable[None]], str, str]
WALKS = pytest.mark.parametrize(
    "way",
    [(to_accounts, "accplanet", "10042"), (to_mailboxes, "hstockplus", "77")],
    ids=["accplanet", "hstockplus"],
)
