"""What waits to be sent is called off, and many orders of one cause are decided at once."""

import pytest

from bot.base.acts import Act, Role
from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId
from bot.money.ledger import Wallet
from bot.orders import decide, order_details
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from tests.stored_shop import ACC, ALICE, BY, HSTOCK, Books, says, usd

STRANGER = Act(CustomerId(4711), Role.OWNER, "cmd:none")
CAUSE = (ACC, Reason.TROUBLE_STATUS)
AT_ONCE = 100
FULL = Wallet(usd("10"), usd("0"))


async def _in_trouble(books: Books, count: int) -> list[OrderId]:
    orders = []
    for _ in range(count):
        due = await books.has_active()
        await books.hears(due, says("Failed"))
        orders.append(due.order)
    return orders


async def _audited(books: Books) -> list[tuple[str, str]]:
    rows = await books.sql("SELECT action, subject FROM audit_log WHERE id > 1 ORDER BY id")
    return [(action, subject) for action, subject in rows]


async def test_a_queued_order_is_sent_no_more_and_its_money_is_back(rich: Books) -> None:
    order = await rich.buys()

    view = await rich.db.write(decide.call_off, BY, order)

    assert (view.state, view.reason) == (State.FAILED, Reason.OPERATOR_DECIDED)
    assert await rich.wallet() == FULL
    assert await _audited(rich) == [("call_off", f"order:{order}")]
    details = await rich.db.read(order_details.find_details, order)
    assert details is not None
    assert details.events[-1].actor == BY.actor
    with pytest.raises(IllegalMove):
        await rich.db.write(decide.call_off, BY, order)


async def test_one_that_may_have_arrived_is_in_doubt_again_and_its_money_is_held(
    rich: Books,
) -> None:
    sent = await rich.in_doubt()
    await rich.db.write(decide.send_again, BY, sent.order)

    view = await rich.db.write(decide.call_off, BY, sent.order)

    assert (view.state, view.reason) == (State.IN_DOUBT, Reason.OPERATOR_DECIDED)
    assert (await rich.wallet()).held == view.total


async def test_only_what_waits_to_be_sent_is_called_off_and_only_by_operators(
    rich: Books,
) -> None:
    due = await rich.has_active()
    with pytest.raises(IllegalMove):
        await rich.db.write(decide.call_off, BY, due.order)
    waits = await rich.buys()
    with pytest.raises(NotYours):
        await rich.db.write(decide.call_off, STRANGER, waits)
    assert await rich.state(waits) is State.QUEUED


async def test_all_of_one_cause_end_with_their_money_back(rich: Books) -> None:
    orders = await _in_trouble(rich, 3)
    other = await rich.in_doubt()

    assert await rich.db.write(decide.cancel_all, BY, *CAUSE) == 3

    assert [await rich.state(order) for order in orders] == [State.CANCELED] * 3
    assert await rich.state(other.order) is State.IN_DOUBT
    assert await _audited(rich) == [("end 0", f"order:{order}") for order in orders]
    assert await rich.db.write(decide.cancel_all, BY, *CAUSE) == 0
    assert await rich.faults() == ()


async def test_what_has_brought_something_is_decided_by_itself(rich: Books) -> None:
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("In progress", "a"))
    await rich.hears(due, says("Failed", "a"))
    [clean] = await _in_trouble(rich, 1)

    assert await rich.db.write(decide.cancel_all, BY, *CAUSE) == 1

    assert await rich.state(due.order) is State.ATTENTION
    assert await rich.state(clean) is State.CANCELED


async def test_no_more_are_decided_than_were_meant_the_oldest_first(rich: Books) -> None:
    orders = await _in_trouble(rich, 3)

    assert await rich.db.write(decide.cancel_all, BY, *CAUSE, 2) == 2
    assert [await rich.state(order) for order in orders] == [
        State.CANCELED,
        State.CANCELED,
        State.ATTENTION,
    ]
    assert await rich.db.write(decide.keep_polling_all, BY, *CAUSE, 1) == 1
    assert await rich.state(orders[2]) is State.ACTIVE


@pytest.mark.long
@pytest.mark.parametrize("books_url", ["sqlite"], indirect=True)
async def test_many_are_decided_in_short_transactions_until_there_are_no_more(
    rich: Books,
) -> None:
    await rich.has(ALICE, "200")
    await _in_trouble(rich, AT_ONCE + 3)
    assert await rich.db.write(decide.cancel_all, BY, *CAUSE) == AT_ONCE

    await _in_trouble(rich, AT_ONCE)

    assert (
        await decide.decide_all(rich.db, decide.cancel_all, BY, CAUSE, AT_ONCE + 2) == AT_ONCE + 2
    )
    assert await decide.decide_all(rich.db, decide.cancel_all, BY, CAUSE, AT_ONCE) == 1
    assert await decide.decide_all(rich.db, decide.cancel_all, BY, CAUSE, AT_ONCE) == 0


async def test_nothing_is_decided_for_another_supplier_or_a_stranger(
    rich: Books,
) -> None:
    [order] = await _in_trouble(rich, 1)

    assert await rich.db.write(decide.cancel_all, BY, HSTOCK, Reason.TROUBLE_STATUS) == 0
    assert await rich.db.write(decide.cancel_all, BY, ACC, Reason.GOODS_MISSING) == 0
    with pytest.raises(NotYours):
        await rich.db.write(decide.cancel_all, STRANGER, *CAUSE)
    assert await rich.state(order) is State.ATTENTION
