"""An operator decides a parked order once, with a name in the audit log."""

import pytest

from bot.base.errors import TooLate
from bot.base.money import ZERO
from bot.money.ledger import Wallet
from bot.orders import decide
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import FINISHED, Reason, State
from bot.orders.views import OrderView
from tests.orders.deciding import Decide, attach, end_with, keep_polling, not_placed, send_again
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BY, Books, says, usd

FULL = Wallet(usd("10"), ZERO)


OF_DOUBT: list[tuple[Decide, State]] = [
    (attach, State.ACTIVE),
    (not_placed, State.FAILED),
    (send_again, State.QUEUED),
]
OF_ATTENTION: list[tuple[Decide, State]] = [
    (end_with(3), State.COMPLETED),
    (end_with(1), State.PARTIAL),
    (end_with(0), State.CANCELED),
    (keep_polling, State.ACTIVE),
]


@pytest.mark.parametrize(("decide", "to"), OF_DOUBT)
async def test_a_doubt_is_decided_once_of_ten_taps(rich: Books, decide: Decide, to: State) -> None:
    order = (await rich.in_doubt()).order

    outcomes = await all_at_once(*(decide(rich, order) for _ in range(10)))

    assert [outcome.state for outcome in outcomes if isinstance(outcome, OrderView)] == [to]
    assert sum(isinstance(outcome, IllegalMove) for outcome in outcomes) == 9
    assert await rich.state(order) is to
    assert await rich.sql('SELECT actor, "before", "after" FROM audit_log WHERE id > 1') == [
        (BY.actor, "in_doubt", to)
    ]
    assert (await rich.wallet() == FULL) is (to in FINISHED)
    assert await rich.faults() == ()


@pytest.mark.parametrize(("decide", "to"), OF_ATTENTION)
async def test_an_order_that_needs_a_person_is_decided_once_of_ten_taps(
    rich: Books, decide: Decide, to: State
) -> None:
    order = (await rich.needs_person()).order

    outcomes = await all_at_once(*(decide(rich, order) for _ in range(10)))

    assert [outcome.state for outcome in outcomes if isinstance(outcome, OrderView)] == [to]
    assert sum(isinstance(outcome, IllegalMove) for outcome in outcomes) == 9
    assert (await rich.told(ALICE)).count("ended") == (1 if to in FINISHED else 0)
    assert await rich.faults() == ()


@pytest.mark.parametrize(("delivered", "free"), [(3, "7"), (2, "8"), (1, "9"), (0, "10")])
async def test_an_ending_pays_for_what_was_delivered(
    rich: Books, delivered: int, free: str
) -> None:
    order = (await rich.needs_person()).order

    await rich.db.write(decide.end, BY, order, delivered)

    assert await rich.wallet() == Wallet(usd(free), ZERO)


@pytest.mark.parametrize("delivered", [-1, 4])
async def test_an_ending_within_the_quantity_only(rich: Books, delivered: int) -> None:
    order = (await rich.needs_person()).order

    with pytest.raises(ValueError, match="within its quantity"):
        await rich.db.write(decide.end, BY, order, delivered)
    assert await rich.state(order) is State.ATTENTION


@pytest.mark.parametrize("decide", [one for one, _to in OF_DOUBT + OF_ATTENTION])
async def test_an_order_on_its_way_is_nobodys_to_decide(rich: Books, decide: Decide) -> None:
    order = await rich.buys(quantity=3, total="3")
    with pytest.raises(IllegalMove):
        await decide(rich, order)

    sent = await rich.sends()
    with pytest.raises(IllegalMove):
        await decide(rich, order)

    await rich.accepts(sent)
    with pytest.raises(IllegalMove):
        await decide(rich, order)


@pytest.mark.parametrize("decide", [one for one, _to in OF_ATTENTION])
async def test_a_doubt_takes_no_decision_of_an_attention(rich: Books, decide: Decide) -> None:
    order = (await rich.in_doubt()).order

    with pytest.raises((IllegalMove, ValueError)):
        await decide(rich, order)
    assert await rich.state(order) is State.IN_DOUBT


@pytest.mark.parametrize("decide", [not_placed, send_again, attach])
async def test_a_decision_and_a_late_answer_at_the_same_instant_are_one(
    rich: Books, decide: Decide
) -> None:
    sent = await rich.in_doubt()
    other = await rich.another()

    outcomes = await all_at_once(other.accepts(sent, "late"), decide(rich, sent.order))

    answered = await rich.state(sent.order) is State.ACTIVE and isinstance(
        outcomes[1], IllegalMove
    )
    decided = isinstance(outcomes[1], OrderView)
    assert answered is not decided
    assert await rich.faults() == ()


async def test_an_attached_id_that_is_taken_is_refused(rich: Books) -> None:
    service = await rich.stocks()
    await rich.buys(service=service)
    await rich.accepts(await rich.sends(), "found")
    sent = await rich.in_doubt()

    with pytest.raises(TooLate):
        await attach(rich, sent.order)
    assert await rich.state(sent.order) is State.IN_DOUBT


async def test_an_attached_order_is_polled_under_its_id(rich: Books) -> None:
    order = (await rich.in_doubt()).order
    await attach(rich, order)

    due = await rich.polls_one()

    assert (due.order, due.supplier, due.remote) == (order, ACC, "found")
    assert (await rich.hears(due, says("Completed", "a"))).to is State.COMPLETED


async def test_keeping_on_polling_starts_the_grace_again(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed"))
    rich.wait(minutes=2)
    assert await rich.hears(due, says("Completed")) is Reason.GOODS_MISSING

    await keep_polling(rich, due.order)

    again = await rich.polls_one()
    assert await rich.hears(again, says("Completed")) is None
    assert (await rich.hears(again, says("Completed", "a"))).to is State.COMPLETED
