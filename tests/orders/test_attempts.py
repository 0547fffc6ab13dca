"""An order leaves once, one at a time for a supplier, and every answer ends in a state."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.errors import TooLate
from bot.base.ids import RemoteId
from bot.base.money import ZERO
from bot.money.ledger import Wallet
from bot.orders import attempts, decide, orphaned_orders
from bot.orders import order_details as records
from bot.orders.kinds import Submission
from bot.orders.rules.moves import Reason, State
from tests.numbers.renting import rents
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BY, HSTOCK, OLGA, Books, listed, usd

SOON = timedelta(seconds=2)
FULL = Wallet(usd("10"), ZERO)
HELD = Wallet(usd("9"), usd("1"))


async def accepted(books: Books, sent: Submission) -> None:
    await books.accepts(sent)


async def refused(books: Books, sent: Submission) -> None:
    await books.db.write(attempts.refused, sent, Reason.REFUSED, "no")


async def not_sent(books: Books, sent: Submission) -> None:
    await books.db.write(attempts.not_sent, sent, SOON, "no route")


async def in_doubt(books: Books, sent: Submission) -> None:
    await books.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")


Answer = Callable[[Books, Submission], Awaitable[None]]
ANSWERS: dict[str, Answer] = {
    "accepted": accepted,
    "refused": refused,
    "not_sent": not_sent,
    "in_doubt": in_doubt,
}
TO = {
    "accepted": State.ACTIVE,
    "refused": State.FAILED,
    "not_sent": State.QUEUED,
    "in_doubt": State.IN_DOUBT,
}


@pytest.mark.parametrize("answer", ANSWERS)
async def test_each_answer_takes_an_order_to_its_state(rich: Books, answer: str) -> None:
    order = await rich.buys()
    sent = await rich.sends()
    assert await rich.state(order) is State.SUBMITTING

    await ANSWERS[answer](rich, sent)

    assert await rich.state(order) is TO[answer]
    assert await rich.wallet() == (FULL if answer == "refused" else HELD)
    details = await rich.db.read(records.find_details, order)
    assert details is not None
    assert [(attempt.number, attempt.outcome) for attempt in details.attempts] == [(1, answer)]
    assert [reading.balance for reading in details.readings] == [Decimal(100)]
    assert await rich.faults() == ()


@pytest.mark.parametrize("late", ANSWERS)
@pytest.mark.parametrize("first", ANSWERS)
async def test_a_late_answer_counts_only_while_the_order_waits_for_it(
    rich: Books, first: str, late: str
) -> None:
    order = await rich.buys()
    sent = await rich.sends()
    await ANSWERS[first](rich, sent)

    await ANSWERS[late](rich, sent)

    waited = first == "in_doubt"
    assert await rich.state(order) is TO[late if waited else first]
    assert await rich.faults() == ()


@pytest.mark.parametrize("late", ANSWERS)
async def test_an_answer_to_an_old_attempt_moves_nothing(rich: Books, late: str) -> None:
    sent = await rich.in_doubt()
    await rich.db.write(decide.send_again, BY, sent.order)
    second = await rich.sends()

    await ANSWERS[late](rich, sent)

    assert second.attempt == 2
    assert await rich.state(sent.order) is State.SUBMITTING
    assert await rich.wallet() == HELD
    told = (await rich.told(OLGA)).count("a-oddity")
    assert told == (1 if late in {"accepted", "refused"} else 0)


async def test_the_same_refusal_from_ten_workers_gives_the_money_back_once(rich: Books) -> None:
    await rich.buys()
    sent = await rich.sends()

    await all_at_once(*(refused(rich, sent) for _ in range(10)))

    assert await rich.wallet() == FULL
    assert (await rich.told(ALICE)).count("ended") == 1


async def test_an_order_that_waits_says_so_once_and_keeps_its_patience(rich: Books) -> None:
    order = await rich.buys()
    queued_at = rich.now
    for _ in range(3):
        await not_sent(rich, await rich.claims())
        rich.wait(seconds=2)
    sent = await rich.sends()
    await not_sent(rich, sent)

    view = await rich.order(order)
    assert view.waiting_until == queued_at + timedelta(minutes=15)
    assert await rich.told(ALICE) == ["credited", "waits"]
    rich.wait(seconds=2)
    assert (await rich.claims()).tries == 4


async def test_patience_over_gives_the_money_back(rich: Books) -> None:
    order = await rich.buys()
    claimed = await rich.claims()

    for _ in range(2):
        await rich.db.write(attempts.give_up, claimed, Reason.PATIENCE_OVER)

    view = await rich.order(order)
    assert (view.state, view.reason) == (State.FAILED, Reason.PATIENCE_OVER)
    assert await rich.wallet() == FULL


async def test_giving_up_does_not_touch_an_order_that_left(rich: Books) -> None:
    order = await rich.buys()
    sent = await rich.sends()

    await rich.db.write(attempts.give_up, sent, Reason.PATIENCE_OVER)

    assert await rich.state(order) is State.SUBMITTING


async def test_a_start_parks_what_was_being_sent_and_a_late_answer_still_counts(
    rich: Books,
) -> None:
    order = await rich.buys()
    sent = await rich.sends()

    parked = [
        await rich.db.write(orphaned_orders.park_interrupted, timedelta(0)) for _ in range(2)
    ]

    view = await rich.order(order)
    assert parked == [1, 0]
    assert (view.state, view.reason) == (State.IN_DOUBT, Reason.INTERRUPTED)
    assert await rich.told(ALICE) == ["credited", "doubt"]
    assert await rich.told(OLGA) == ["a-doubt"]

    assert await rich.accepts(sent)
    view = await rich.order(order)
    assert (view.state, view.reason) == (State.ACTIVE, None)


async def test_a_doubt_is_told_once_to_each(rich: Books) -> None:
    sent = await rich.in_doubt()
    await all_at_once(*(in_doubt(rich, sent) for _ in range(5)))

    assert (await rich.told(ALICE)).count("doubt") == 1
    assert await rich.told(OLGA) == ["a-doubt"]


@pytest.mark.parametrize(
    ("ours", "again"),
    [("same", "same"), ("66f0" * 6, "66F0" * 6), ("66F0" * 6, "66f0" * 6)],
)
async def test_an_id_that_is_already_ours_leaves_the_second_order_in_doubt(
    rich: Books, ours: str, again: str
) -> None:
    service = await rich.stocks()
    first = await rich.buys(service=service)
    assert await rich.accepts(await rich.sends(), ours)
    second = await rich.buys(service=service)

    assert not await rich.accepts(await rich.sends(), again)

    assert await rich.state(first) is State.ACTIVE
    view = await rich.order(second)
    assert (view.state, view.reason) == (State.IN_DOUBT, Reason.ID_ALREADY_OURS)
    assert await rich.faults() == ()


async def test_the_same_id_at_two_suppliers_is_two_orders(rich: Books) -> None:
    await rich.buys(service=await rich.stocks())
    await rich.buys(service=await rich.stocks(listed("h1"), HSTOCK))

    assert await rich.accepts(await rich.sends(ACC), "1")
    assert await rich.accepts(await rich.sends(HSTOCK), "1")


async def test_a_number_and_an_order_of_one_supplier_may_have_the_same_id(rich: Books) -> None:
    [number] = await rents(rich)  # under the id n1
    order = await rich.buys(service=await rich.stocks(supplier=HSTOCK))

    assert await rich.accepts(await rich.sends(HSTOCK), f"n{number}")

    assert await rich.state(order) is State.ACTIVE
    assert (await rich.polls_one(HSTOCK)).remote == f"n{number}"
    assert await rich.faults() == ()


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ("66f0ABCd", "66F0abcD", True),
        ("66f0abcd", "66F0ABCD", True),
        ("123", "123", True),
        ("123", "0123", False),
        ("order-A", "order-a", False),  # no hex, so a letter is a letter
    ],
)
async def test_an_id_of_hex_letters_is_the_same_in_any_case(
    rich: Books, first: str, second: str, *, clash: bool
) -> None:
    await rich.buys()
    await rich.accepts(await rich.sends(), first)
    order = await rich.buys()

    assert await rich.accepts(await rich.sends(), second) is not clash

    assert await rich.state(order) is (State.IN_DOUBT if clash else State.ACTIVE)
    if clash:
        with pytest.raises(TooLate):
            await rich.db.write(decide.attach, BY, order, RemoteId(second))
