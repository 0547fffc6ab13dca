"""From an empty chat to delivered goods, over real HTTP, on both databases."""

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import completes, grows
from tests.conversation.human import Human
from tests.conversation.shop import Shop
from tests.stored_shop import usd


async def test_an_account_is_bought_and_arrives_in_the_chat(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(2), ["ann:1", "ben:2", "cid:3"])
    await alice.goes_to_confirm()
    alice.sees_last("Aged account", "$0.36", "$10.00", "$9.64")
    await alice.taps("Pay")
    await shop.works()
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))

    await shop.passes(seconds=4)
    alice.sees("ann:1", "ben:2", "cid:3")
    assert await shop.state() is State.COMPLETED
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0"))
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_goods_that_come_one_by_one_are_delivered_once_each(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(grows(3), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await shop.passes(seconds=15)

    for goods in ("ann:1", "ben:2", "cid:3"):
        assert alice.chat.count(goods) == 1
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()
