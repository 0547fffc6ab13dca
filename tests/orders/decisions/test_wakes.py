"""A decision wakes the workers it makes work for, and those of no other supplier."""

import pytest

from bot.base.topics import poll_topic, submit_topic
from bot.orders import decide
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from tests.orders.deciding import Decide, end_with, keep_polling, not_placed, send_again, take_over
from tests.stored_shop import ACC, BY, HSTOCK, Books

TOPICS = [make(supplier) for make in (submit_topic, poll_topic) for supplier in (ACC, HSTOCK)]


@pytest.mark.parametrize(
    ("decide", "woken"),
    [
        (send_again, [submit_topic(ACC)]),
        (not_placed, []),
        (keep_polling, [poll_topic(ACC)]),
        (end_with(1), []),
    ],
)
async def test_who_has_work_after_a_decision_is_woken(
    rich: Books, decide: Decide, woken: list[str]
) -> None:
    doubted = decide in (send_again, not_placed)
    order = (await rich.in_doubt() if doubted else await rich.needs_person()).order
    events = {topic: rich.db.waker.event(topic) for topic in TOPICS}
    for event in events.values():
        event.clear()

    await decide(rich, order)

    assert [topic for topic in TOPICS if events[topic].is_set()] == woken


@pytest.mark.parametrize(
    ("decide", "to"),
    [
        (send_again, State.QUEUED),
        (not_placed, State.FAILED),
        (keep_polling, State.ACTIVE),
        (end_with(0), State.CANCELED),
        (end_with(1), State.COMPLETED),
        (take_over, State.ATTENTION),
    ],
)
async def test_a_decision_that_comes_too_late_says_where_its_order_was_to_go(
    rich: Books, decide: Decide, to: State
) -> None:
    order = await rich.buys()

    with pytest.raises(IllegalMove) as refusal:
        await decide(rich, order)

    assert (refusal.value.order, refusal.value.to) == (order, to)


async def test_orders_that_are_followed_again_are_due_at_once_with_a_clean_slate(
    rich: Books,
) -> None:
    due = await rich.needs_person()
    await rich.sql("UPDATE orders SET misses = 7, finished_since = 5")
    rich.wait(minutes=3)
    event = rich.db.waker.event(poll_topic(ACC))
    event.clear()

    other = rich.db.write(decide.keep_polling_all, BY, ACC, Reason.GOODS_MISSING)
    assert await other == 0
    found = rich.db.write(decide.keep_polling_all, BY, ACC, Reason.TROUBLE_STATUS)
    assert await found == 1

    assert event.is_set()
    assert (await rich.order(due.order)).reason is None
    assert await rich.sql("SELECT misses, finished_since FROM orders") == [(0, None)]
    assert (await rich.polls_one()).order == due.order
