"""Ten purchases by taps leave a card and a delivery each, and nothing beside them."""

import pytest

from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.shop import Shop

TEN = 10


async def buys_by_taps(shop: Shop, alice: Human) -> None:
    for label in ("Catalog", "Social", "Aged account", "Buy", "Continue", "Pay"):
        await alice.taps(label)
    await shop.works()
    await shop.passes(seconds=10)


@pytest.mark.parametrize("way", ["from the delivery", "from the order's card"])
async def test_ten_purchases_by_taps_are_at_most_twenty_messages(
    shop: Shop, alice: Human, way: str
) -> None:
    await alice.sends("/start")
    before = len(alice.person.messages) - 1  # the greeting becomes the first card
    for number in range(1, TEN + 1):
        shop.accplanet.plan(completes(2), [f"account-{number}:secret"])
        await buys_by_taps(shop, alice)
        alice.sees(f"account-{number}:secret")
        if number < TEN:
            card = alice.card.message_id
            if way == "from the order's card":
                cards = [one for one in alice.person.messages if f"Order #{number}" in one.text]
                card = cards[0].message_id
            await alice.taps("Home", card)
    assert await alice.count_orders() == TEN
    assert len(alice.person.messages) - before <= 2 * TEN
    assert await shop.proof() == ()
    assert not shop.trouble()
