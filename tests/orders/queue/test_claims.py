"""An order leaves once, one at a time for a supplier, and a second time only in a name."""

from datetime import timedelta

import pytest

from bot.orders import attempts, decide, submit
from bot.orders.kinds import Submission
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import State
from tests.races import all_at_once
from tests.stored_shop import ACC, BY, HSTOCK, HUNDRED, Books, listed


async def sends_in_vain(books: Books) -> None:
    """One attempt that never left; the order is due again."""
    await books.db.write(attempts.not_sent, await books.sends(), timedelta(seconds=2), "no route")
    books.wait(seconds=2)


async def test_an_order_is_claimed_by_one_of_many_workers(rich: Books) -> None:
    await rich.buys()
    other = await rich.another()

    claims = await all_at_once(
        *((rich, other)[turn % 2].db.write(submit.claim, ACC) for turn in range(10))
    )

    assert sum(isinstance(claim, Submission) for claim in claims) == 1
    assert claims.count(None) == 9


async def test_adds_to_one_supplier_leave_one_at_a_time(rich: Books) -> None:
    service = await rich.stocks()
    first = await rich.buys(service=service)
    second = await rich.buys(service=service)
    sent = await rich.sends()

    assert await rich.db.write(submit.claim, ACC) is None

    await rich.accepts(sent)
    assert (sent.order, (await rich.claims()).order) == (first, second)


async def test_of_two_processes_that_claimed_only_one_sends_at_a_time(rich: Books) -> None:
    service = await rich.stocks()
    for _ in range(2):
        await rich.buys(service=service)
    other = await rich.another()
    mine, theirs = await rich.claims(), await other.claims()

    begun = await all_at_once(
        rich.db.write(attempts.begin, mine, HUNDRED),
        other.db.write(attempts.begin, theirs, HUNDRED),
    )

    (sent,) = [one for one in begun if isinstance(one, Submission)]
    assert begun.count(None) == 1
    await rich.accepts(sent)
    rest = await rich.sends()
    assert {sent.order, rest.order} == {mine.order, theirs.order}


async def test_a_lane_is_free_again_when_its_sender_died(rich: Books) -> None:
    service = await rich.stocks()
    await rich.buys(service=service)
    second = await rich.buys(service=service)
    await rich.sends()
    rich.wait(minutes=3)

    assert (await rich.claims()).order == second


async def test_each_supplier_has_a_lane_of_its_own(rich: Books) -> None:
    await rich.buys(service=await rich.stocks())
    await rich.buys(service=await rich.stocks(listed("h1"), HSTOCK))

    assert (await rich.sends(ACC)).supplier == ACC
    assert (await rich.sends(HSTOCK)).supplier == HSTOCK


async def test_a_begun_order_cannot_begin_again(rich: Books) -> None:
    await rich.buys()
    claimed = await rich.claims()

    begun = await all_at_once(
        *(rich.db.write(attempts.begin, claimed, HUNDRED) for _ in range(10))
    )

    assert sum(isinstance(one, Submission) for one in begun) == 1
    assert await rich.sql("SELECT number FROM attempts") == [(1,)]


async def test_a_doubtful_order_is_not_sent_again_without_a_name(rich: Books) -> None:
    sent = await rich.in_doubt()
    await rich.db.write(decide.send_again, BY, sent.order)
    await rich.sql("UPDATE orders SET sender = ''")
    claimed = await rich.claims()

    with pytest.raises(IllegalMove):
        await rich.db.write(attempts.begin, claimed, HUNDRED)
    assert await rich.sql("SELECT count(*) FROM attempts") == [(1,)]


async def test_a_name_allows_one_more_attempt_that_may_arrive(rich: Books) -> None:
    sent = await rich.in_doubt()
    await rich.db.write(decide.send_again, BY, sent.order)

    second = await rich.sends()

    assert second.attempt == 2
    assert await rich.sql('SELECT number, "by" FROM attempts ORDER BY number') == [
        (1, ""),
        (2, BY.actor),
    ]
    assert await rich.sql("SELECT sender FROM orders") == [("",)]


async def test_a_name_is_not_used_up_by_an_attempt_that_never_left(rich: Books) -> None:
    sent = await rich.in_doubt()
    await rich.db.write(decide.send_again, BY, sent.order)
    await sends_in_vain(rich)

    third = await rich.sends()

    assert third.attempt == 3
    await rich.accepts(third)
    assert await rich.state(sent.order) is State.ACTIVE


async def test_an_attempt_that_never_left_is_repeated_without_a_name(rich: Books) -> None:
    await rich.buys()
    await sends_in_vain(rich)

    assert (await rich.sends()).attempt == 2
