"""What is typed reaches two processes in any order: the newest message wins, one order is one."""

from functools import partial

import pytest

from tests.conversation.human import Human
from tests.conversation.replicas import acts, reach, shared_out, two_processes, work_at_once
from tests.conversation.shop import Shop

pytestmark = pytest.mark.processes


async def test_the_newest_message_wins_whichever_comes_first(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    said = [partial(alice.person.sends, typed) for typed in ("4", "9", "7", "6", "5")]
    updates = acts(shop, *said)
    async with two_processes(shop) as both:
        await reach(shared_out(both, updates[::-1]))
    alice.sees_last("Please check your order", "× 5\n")
    await alice.taps("Pay")
    await shop.works()
    assert await alice.count_orders() == 1
    alice.sees("Aged account × 5")
    assert await shop.proof() == ()


async def test_an_older_message_that_comes_late_changes_nothing(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    (older,) = acts(shop, partial(alice.person.sends, "4"))
    await alice.sends("5")
    before = alice.card.text
    async with two_processes(shop) as both:
        await reach(shared_out(both, [older]))
    assert alice.card.text == before


async def test_pay_and_a_newer_number_at_once_are_at_most_one_order(
    shop: Shop, alice: Human
) -> None:
    for turn in range(4):
        orders = await alice.count_orders()
        await alice.goes_to_confirm(quantity="2")
        wanted = [partial(alice.person.taps, "Pay"), partial(alice.person.sends, "3")]
        updates = acts(shop, *wanted[:: 1 if turn % 2 else -1])
        async with two_processes(shop) as both:
            await reach(shared_out(both, updates))
            await work_at_once(*both)
        assert await alice.count_orders() - orders in {0, 1}
        assert alice.person.unanswered == ()
    assert await shop.proof() == ()
