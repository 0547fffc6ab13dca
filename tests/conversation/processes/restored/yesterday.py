"""A day in the life of a shop, and the copy that was taken before it."""

import asyncio
from pathlib import Path

from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes, never
from tests.conversation.aftermath import copied, goes_on_for_days
from tests.conversation.human import Human
from tests.conversation.shop import Shop

ANN, BEN, CID = (["ann:1", "ann:2", "ann:3"], ["ben:1", "ben:2", "ben:3"], ["cid:1", "cid:2"])
WAITED, SENDING, UNDER_WAY, LOST = 2, 3, 1, 4
"""The orders by number: as the copy knows them, and the one that it does not know."""


async def lives_through_a_day(shop: Shop, alice: Human, file: Path) -> None:
    """A copy is taken with one order under way, one waiting and one on the wire; all end well."""
    shop.accplanet.plan(never(), ANN)
    await alice.buys()
    await shop.works()
    await shop.sites["accplanet"].refuse_newcomers()
    shop.accplanet.plan(completes(2), BEN)
    await alice.buys()
    await shop.works()
    shop.hstockplus.plan(completes(2), CID)
    await alice.buys_mailboxes("2")
    shop.hstockplus.faults.next("add", wire_faults.hang())
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(shop.works())
        await shop.hstockplus.faults.somebody_hangs()
        await copied(shop, file)
        shop.hstockplus.faults.release()
    await shop.sites["accplanet"].come_back()
    await shop.passes(minutes=2)
    next(iter(shop.accplanet.orders.values())).complete()
    await alice.buys()
    await shop.passes(hours=1)
    assert [await shop.state(one) for one in (1, 2, 3, 4)] == [State.COMPLETED] * 4
    await goes_on_for_days(shop, 1)


async def opens_again(operator: Human) -> None:
    await operator.sends("/desk")
    for label in ("Safe mode", "Open the shop again", "Yes: open the shop"):
        await operator.taps(label)
