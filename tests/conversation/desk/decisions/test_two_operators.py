"""Of two operators one decides, and the other sees it."""

import pytest

from bot.money.ledger import Wallet
from sandbox.suppliers.timelines import completes
from tests.conversation.desk.decisions.parked import decided, in_doubt
from tests.conversation.human import OLGA, OTTO, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

THREE = ["ann:1", "ben:2", "cid:3"]
FULL = Wallet(free=usd("10"), held=usd("0"))
PAID = Wallet(free=usd("9.64"), held=usd("0"))


@pytest.mark.parametrize(
    "wanted",
    [
        ("Not placed: refund", "Not placed: refund"),
        ("Send again", "Send again"),
        ("Write off", "Send again"),
    ],
)
async def test_of_two_operators_at_the_same_time_one_decides(
    shop: Shop, alice: Human, olga: Human, otto: Human, wanted: tuple[str, str]
) -> None:
    hers, his = wanted
    await in_doubt(shop, alice)
    shop.accplanet.plan(completes(2), THREE)
    await olga.taps(hers)
    await otto.taps(his)
    olga.person.taps("Yes: ")
    otto.person.taps("Yes: ")
    await shop.hears()
    await shop.leaps(5, seconds=2)

    cards = [olga.card.text, otto.card.text]
    assert sum("✅ Done" in card for card in cards) == 1
    assert sum("Nothing was done by this tap" in card for card in cards) == 1
    assert len(await decided(shop)) == 1
    is_again = await decided(shop) in ([(str(OLGA), "send_again")], [(str(OTTO), "send_again")])
    assert shop.accplanet.adds_received == (2 if is_again else 1)
    assert await alice.wallet() == (PAID if is_again else FULL)
    assert await shop.proof() == ()


@on_sqlite
async def test_a_card_from_before_the_decision_shows_what_was_decided(
    shop: Shop, alice: Human, olga: Human, otto: Human
) -> None:
    await in_doubt(shop, alice)
    await olga.taps("Write off")
    await olga.taps("Yes: write off")
    await otto.taps("Not placed: refund")
    otto.sees_last("Nothing was done by this tap", "Order #1: failed", "wrote it off")
    assert not any("Yes" in label for row in otto.card.labels for label in row)
