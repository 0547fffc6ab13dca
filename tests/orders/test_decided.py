"""What a decision leaves behind: a line of history, a name, a clean order, and one message."""

from datetime import timedelta

import pytest

from bot.base.ids import OrderId
from bot.numbers import poll
from bot.orders import attempts, decide
from bot.orders import order_details as records
from bot.orders.order_details import Event
from bot.orders.poll import claim
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.orders.settle import unknown_to_supplier
from bot.orders.views import RentalState
from bot.outbox.notices import OrderEnded
from bot.outbox.store import decode
from tests.numbers.renting import sells_numbers
from tests.orders.deciding import (
    FOUND,
    Decide,
    attach,
    end_with,
    keep_polling,
    send_again,
    write_off,
)
from tests.stored_shop import ACC, ALICE, BY, HSTOCK, Books


async def events(books: Books, order: OrderId) -> tuple[Event, ...]:
    details = await books.db.read(records.find_details, order)
    assert details is not None
    return details.events


async def ended_notices(books: Books) -> list[object]:
    """What alice is told of ends."""
    rows = await books.sql(f"SELECT notice FROM outbox WHERE chat = {ALICE}")  # noqa: S608 - a number
    return [one for one in (decode(row[0]) for row in rows) if isinstance(one, OrderEnded)]


@pytest.mark.parametrize(
    ("decide", "to", "note", "reason"),
    [
        (attach, State.ACTIVE, "found", None),
        (write_off, State.FAILED, "written_off", Reason.WRITTEN_OFF),
        (send_again, State.QUEUED, "send again", None),
        (keep_polling, State.ACTIVE, "keep asking", None),
        (end_with(3), State.COMPLETED, "operator_decided", Reason.OPERATOR_DECIDED),
    ],
)
async def test_a_decision_is_a_line_of_history_with_its_name_and_takes_the_reason_away(
    rich: Books, decide: Decide, to: State, note: str, reason: Reason | None
) -> None:
    doubted = decide in (attach, write_off, send_again)
    order = (await rich.in_doubt() if doubted else await rich.needs_person()).order
    rich.wait(minutes=3)

    view = await decide(rich, order)

    assert (view.state, view.reason) == (to, reason)
    assert (await events(rich, order))[-1] == Event(rich.now, to, note, BY.actor)
    ended = [OrderEnded(order)] if to in {State.FAILED, State.COMPLETED} else []
    assert await ended_notices(rich) == ended


async def test_an_order_sent_again_starts_anew_under_the_operators_name(rich: Books) -> None:
    await rich.buys()
    await rich.db.write(attempts.not_sent, await rich.claims(), timedelta(0), "no line")
    sent = await rich.sends()
    assert sent.tries > 0
    await rich.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")

    await send_again(rich, sent.order)
    again = await rich.sends()

    assert again.tries == 0
    details = await rich.db.read(records.find_details, sent.order)
    assert details is not None
    assert [attempt.by for attempt in details.attempts] == ["", BY.actor]


async def test_strange_answers_are_counted_anew_when_a_person_goes_on_asking(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(20):
        rich.wait(seconds=20)
        await rich.db.write(unknown_to_supplier, due, rich.now)
    assert await rich.state(due.order) is State.ATTENTION

    await keep_polling(rich, due.order)

    assert await rich.misses(due.order) == 0


async def test_the_same_id_at_another_supplier_or_another_id_here_is_no_hindrance(
    rich: Books,
) -> None:
    here = await rich.stocks()
    there = await rich.stocks(supplier=HSTOCK)
    for service, supplier, remote in ((here, ACC, "other"), (there, HSTOCK, FOUND)):
        await rich.buys(service=service)
        await rich.accepts(await rich.sends(supplier), remote)
    order = (await rich.in_doubt()).order

    assert (await attach(rich, order)).state is State.ACTIVE


async def test_an_attached_order_is_asked_about_at_once_and_rents_no_number(rich: Books) -> None:
    order = (await rich.in_doubt()).order
    rich.wait(minutes=3)

    await attach(rich, order)

    assert (await rich.polls_one()).order == order
    assert await rich.sql("SELECT order_id FROM rentals") == []


async def test_an_attached_number_is_watched_as_a_number_from_when_it_left(rich: Books) -> None:
    [service] = await sells_numbers(rich)
    await rich.buys(service=service)
    sent, left_at = await rich.sends(HSTOCK), rich.now
    await rich.db.write(attempts.in_doubt, sent, Reason.ANSWER_LOST, "timeout")
    rich.wait(minutes=3)

    view = await attach(rich, sent.order)

    assert view.rental is not None
    assert (view.rental.phone, view.rental.state) == ("", RentalState.WAITING)
    assert view.rental.rented_at == left_at
    assert await rich.db.write(claim, HSTOCK, 5) == ()
    [due] = await rich.db.write(poll.claim, HSTOCK, 5)
    assert (due.order, due.remote) == (sent.order, FOUND)


@pytest.mark.parametrize("delivered", [0, 1, 3])
async def test_what_the_operator_counted_is_what_the_order_says(
    rich: Books, delivered: int
) -> None:
    order = (await rich.needs_person()).order

    view = await rich.db.write(decide.end, BY, order, delivered)

    assert view.delivered == delivered


async def test_a_refused_decision_says_of_which_order_and_where_it_was_to_go(rich: Books) -> None:
    order = await rich.buys()

    with pytest.raises(IllegalMove) as refusal:
        await attach(rich, order)

    assert (refusal.value.order, refusal.value.to) == (order, State.ACTIVE)
