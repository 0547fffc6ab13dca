"""What is replaced costs nothing, goes its way like any order, and is missed when it fails."""

from dataclasses import replace

import pytest

from bot.base.errors import TooLate
from bot.base.money import ZERO
from bot.catalog import standing
from bot.catalog.errors import NotForSale
from bot.orders import attempts, decide
from bot.orders.attempts import day_cost
from bot.orders.rules.claims import ClaimState
from bot.orders.rules.moves import Reason, State
from bot.outbox.notices import SupplierCause
from tests.orders.claims.claiming import (
    came,
    claim_of,
    claims,
    refunds,
    remedies_of,
    replaces,
)
from tests.stored_shop import ACC, ALICE, OLGA, Books, says, usd


async def test_a_replacement_is_an_order_for_nothing_that_is_linked_and_delivered(
    rich: Books,
) -> None:
    order = await came(rich)
    claim, wallet = await claims(rich, order, "1,3"), await rich.wallet()

    new = await replaces(rich, claim)

    assert (await claim_of(rich, claim)).state is ClaimState.MADE_GOOD
    view = await rich.order(new)
    assert (view.total, view.quantity, view.replaces) == (ZERO, 2, order)
    assert await rich.wallet() == wallet
    assert await rich.accepts(await rich.sends())
    assert await rich.db.read(day_cost, ACC) == usd("0.9") + usd("1.8")
    await rich.hears(await rich.polls_one(), says("Completed", "new:1", "new:2"))
    assert await rich.state(new) is State.COMPLETED
    assert await rich.goods(new) == [("new:1", "new:2")]
    assert (await rich.told(ALICE))[-1] == "goods"
    assert await rich.wallet() == wallet
    assert await rich.faults() == ()


async def test_what_was_canceled_is_not_replaced_as_its_money_went_back(rich: Books) -> None:
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("Canceled", "a"))
    claim = await claims(rich, due.order)

    with pytest.raises(TooLate):
        await replaces(rich, claim)


async def test_a_replacement_happens_once(rich: Books) -> None:
    claim = await claims(rich, await came(rich))
    await replaces(rich, claim)

    with pytest.raises(TooLate):
        await replaces(rich, claim)
    with pytest.raises(TooLate):
        await refunds(rich, claim, seen=1)


async def test_what_is_not_for_sale_is_not_ordered_again(rich: Books) -> None:
    claim = await claims(rich, await came(rich))
    await rich.db.write(standing.pause, ACC, SupplierCause.WALLET)

    with pytest.raises(NotForSale):
        await replaces(rich, claim)
    assert (await claim_of(rich, claim)).state is ClaimState.OPEN


@pytest.mark.parametrize("status", ["Canceled", "Partial"])
async def test_a_claim_is_open_again_when_its_replacement_does_not_come(
    rich: Books, status: str
) -> None:
    order = await came(rich)
    claim = await claims(rich, order, "1,3")
    await replaces(rich, claim)
    assert await rich.accepts(await rich.sends())
    delivered = ("new:1",) if status == "Partial" else ()
    told = (await rich.told(OLGA)).count("a-claim")

    await rich.hears(await rich.polls_one(), says(status, *delivered, remains=2 - len(delivered)))

    assert (await claim_of(rich, claim)).state is ClaimState.OPEN
    assert (await rich.told(OLGA)).count("a-claim") == told + 1
    left = usd("1") if delivered else usd("2")
    assert await refunds(rich, claim, seen=1) == left
    assert (await claim_of(rich, claim)).state is ClaimState.MADE_GOOD
    assert await rich.faults() == ()


async def test_a_refused_or_written_off_replacement_is_missed_as_well(rich: Books) -> None:
    order = await came(rich)
    claim = await claims(rich, order, "2")
    await replaces(rich, claim, cost="0.9")
    await rich.db.write(attempts.refused, await rich.sends(), Reason.OUT_OF_STOCK, "none")
    assert (await claim_of(rich, claim)).state is ClaimState.OPEN

    again = await replaces(rich, claim, seen=1, cost="0.9")
    sent = await rich.sends()
    await rich.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")
    await rich.db.write(decide.fail_order, rich.act(), again, Reason.NOT_PLACED)

    assert (await claim_of(rich, claim)).state is ClaimState.OPEN
    assert [str(one.units) for one in await remedies_of(rich, order)] == ["", ""]
    assert await rich.faults() == ()


async def test_a_replacement_can_be_claimed_and_replaced_in_its_turn(rich: Books) -> None:
    first = await came(rich, 1, "1")
    second = await replaces(rich, await claims(rich, first), cost="0.9")
    assert await rich.accepts(await rich.sends())
    await rich.hears(await rich.polls_one(), says("Completed", "new:1"))
    claim = await claims(rich, second)

    with pytest.raises(TooLate):
        await refunds(rich, claim)
    third = await replaces(rich, claim, cost="0.9")

    assert (await rich.order(third)).replaces == second
    assert await rich.faults() == ()


async def test_a_replacement_takes_no_room_of_what_a_customer_may_have_under_way(
    rich: Books,
) -> None:
    claim = await claims(rich, await came(rich))
    await replaces(rich, claim)
    rich.db.settings = replace(rich.db.settings, most_orders=1)

    assert await rich.buys()
