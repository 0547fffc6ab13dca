"""Orders that wait for an operator's decision."""

from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.shop import Shop

THREE = ["ann:1", "ben:2", "cid:3"]


async def in_doubt(shop: Shop, alice: Human) -> None:
    """The supplier took the order and nobody heard of it."""
    shop.accplanet.plan(completes(2), THREE)
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    assert await shop.state() is State.IN_DOUBT


async def decided(shop: Shop) -> list[tuple[str, str]]:
    """Who did what to the order."""
    acts = await shop.acts_audited()
    return [(actor, act) for actor, act, subject in acts if subject == "order:1"]
