"""Goods, ids and amounts that only look different, or only look the same."""

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.timelines import Stage, never, steps
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite
ANN, BEN = {"login": "ann", "pass": "1"}, {"login": "ben", "pass": "2"}
ANN_ANEW, BEN_ANEW = {"pass": "1", "login": "ann"}, {"pass": "2", "login": "ben"}


def _brought(human: Human, words: str) -> int:
    """How many messages bring this, in their text or in their file."""
    files = [
        message.document.content.decode() for message in human.person.messages if message.document
    ]
    return human.times(words) + sum(words in file for file in files)


@pytest.mark.parametrize(
    ("first", "then"),
    [([ANN, BEN], [ANN_ANEW, BEN_ANEW]), (["ann:1 ", "ben:2\r"], ["ann:1", "ben:2"])],
    ids=["fields in another order", "blanks around"],
)
async def test_two_of_three_written_differently_are_two_of_three(
    shop: Shop, alice: Human, olga: Human, first: list[object], then: list[object]
) -> None:
    growing = Stage(status="In progress", override={"accounts": first})
    done = Stage(status="Completed", override={"accounts": then})
    shop.accplanet.plan(steps((0, growing), (5, done)))
    await alice.buys_unseen()
    await shop.leaps(3, seconds=5)
    await shop.leaps(5, minutes=1)

    assert await shop.state() is State.ATTENTION
    assert (_brought(alice, "ann"), _brought(alice, "ben")) == (1, 1)
    assert await alice.wallet() == Wallet(usd("9.64"), usd("0.36"))
    olga.sees_nothing_of("more was delivered")


@pytest.mark.parametrize("said", [[False] * 3, 3, 0, True], ids=str)
async def test_what_counts_goods_is_none(shop: Shop, alice: Human, said: object) -> None:
    shop.accplanet.plan(steps((0, Stage(status="Completed", override={"accounts": said}))))
    await alice.buys_unseen(quantity=3 if isinstance(said, list) else 1)
    await shop.leaps(3, seconds=5)
    await shop.leaps(5, minutes=1)

    assert await shop.state() is State.ATTENTION
    assert (await alice.wallet()).held > usd("0")


async def test_an_id_with_zeros_in_front_shows_nobody_the_goods_of_another(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await olga.sends(f"/topup {BORIS} 10")
    shop.hstockplus.plan(never())
    await alice.buys_mailboxes("1")
    await shop.works()
    remote = (await shop.details(1)).remote_order
    shop.hstockplus.faults.next("add", reply_faults.order_id(f"00{remote}"))
    await boris.buys_mailboxes("1")
    await shop.works()

    assert await shop.state(2) is State.IN_DOUBT
    assert (await shop.details(2)).order.reason is Reason.ANSWER_LOST
    assert await shop.proof() == ()


async def test_a_balance_in_another_currency_is_no_evidence(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.faults.next("add", wire_faults.server_error(502))
    await alice.buys_unseen()
    await shop.works()
    shop.accplanet.faults.always("balance", reply_faults.currency("EUR"))
    for seconds in (6, 30, 100, 500):
        await shop.leaps(1, seconds=seconds)
    await olga.sends("/order 1")

    olga.sees_last("doubt")
    assert "Likely not placed" not in olga.card.text
    assert await shop.state() is State.IN_DOUBT
