"""Categories stand as their suppliers list them: the first supplier's, then what others add."""

from datetime import timedelta

from bot.chat.catalog.icons import with_icon
from sandbox.suppliers import wire_faults
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

_A_WHILE = timedelta(minutes=3)


def names(human: Human, prefix: str = "k:") -> list[str]:
    """The categories of the newest card."""
    rows = [row[0] for row in human.card.keyboard if len(row) == 1]
    opening = [row.text for row in rows if (row.callback_data or "").startswith(prefix)]
    return [label.split(" (")[0].removeprefix(with_icon(label, "")) for label in opening]


async def test_the_suppliers_own_order_is_the_shelfs(shop: Shop, alice: Human) -> None:
    for nth, below in enumerate(("Zebra", "Apple", "Middle")):
        place = {"category": "Social", "subcategory": below}
        shop.accplanet.put(account(40_000 + nth, f"Account {nth}", "1", **place))
    shop.accplanet.services = dict(reversed(shop.accplanet.services.items()))
    await shop.comes_to(_A_WHILE)

    await alice.sends("/catalog")
    assert names(alice) == ["Social", "Games", "Instagram", "Email Accounts"]
    await alice.taps("Social")
    assert names(alice) == ["Middle", "Apple", "Zebra", "Instagram"]

    async with shop.restarted():
        await shop.kiosk.recover()
        await alice.sends("/catalog")
        await alice.taps("Social")
        assert names(alice) == ["Middle", "Apple", "Zebra", "Instagram"], "a restart keeps it"


@on_sqlite
async def test_what_no_supplier_lists_comes_last_by_name(shop: Shop, alice: Human) -> None:
    for nth, category in enumerate(("Zoo", "Birds")):
        shop.accplanet.put(account(40_000 + nth, "Account", "1", category=category))
    await shop.refreshes()
    await alice.sends("/catalog")
    assert names(alice) == ["Social", "Games", "Instagram", "Email Accounts", "Birds", "Zoo"]


@on_sqlite
async def test_an_order_that_cannot_be_read_stays_as_it_was(shop: Shop, alice: Human) -> None:
    for supplier in shop.suppliers:
        supplier.faults.always("categories", wire_faults.error_text("Invalid action"))
    await shop.comes_to(_A_WHILE)
    for supplier in shop.suppliers:
        supplier.faults.clear()
        supplier.faults.always("categories", wire_faults.not_an_object({"categories": []}))
    await shop.comes_to(_A_WHILE)
    await alice.sends("/catalog")
    assert names(alice) == ["Social", "Games", "Instagram", "Email Accounts"]
