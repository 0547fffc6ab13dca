"""Two suppliers that list the same, and Olga who ties what they list, in a test's words."""

from typing import Any

from bot.base.ids import ServiceId
from sandbox.suppliers.services import SandboxService
from tests.conversation.human import Human
from tests.conversation.services import account
from tests.conversation.shop import Shop

OTHER = "Old mail account"
"""What hstockplus calls it."""


def other(rate: str = "0.09", number: int = 90, **more: Any) -> SandboxService:
    """The same account, as hstockplus lists it."""
    return account(
        number, OTHER, rate, **{"category": "Email Accounts", "subcategory": "", **more}
    )


def service_of(shop: Shop, name: str = "Aged account") -> ServiceId:
    """Our number of a service."""
    known = shop.kiosk.shop.shelf.now.services()
    return next(one.id for one in known if one.listed.name == name)


async def lists(shop: Shop, *rows: SandboxService) -> None:
    """hstockplus lists these too."""
    for row in rows:
        shop.hstockplus.put(row)
    await shop.refreshes()


async def ties(shop: Shop, olga: Human, *names: str) -> None:
    """Olga ties what both list."""
    numbers = " ".join(f"#{service_of(shop, name)}" for name in names or ("Aged account", OTHER))
    await olga.sends(f"/tie {numbers}")
    olga.sees_last("✅ Tied.")


async def is_tied(shop: Shop, olga: Human, rate: str = "0.09", **more: Any) -> None:
    """Both list the same account, and it is tied."""
    await lists(shop, other(rate, **more))
    await ties(shop, olga)
