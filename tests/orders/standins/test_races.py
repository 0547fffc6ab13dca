"""Whoever acts at once, dies or wakes up late: what was handed on is sent once."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.orders import attempts, orphaned_orders, read
from bot.orders.kinds import Submission
from bot.orders.rules.moves import Reason, State
from bot.orders.standins.rows import Handover, note_handover
from tests.orders.standins.tied import FULL, HELD, tied
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, HSTOCK, HUNDRED, Books, usd


async def test_whoever_had_claimed_it_before_sends_it_nowhere(rich: Books) -> None:
    alices = await tied(rich, "0.7")
    frozen = await rich.claims()
    rich.wait(minutes=2)
    await alices.is_refused(ACC)

    assert await rich.db.write(attempts.begin, frozen, HUNDRED) is None
    await rich.db.write(attempts.give_up, frozen, Reason.SUPPLIER_UNAVAILABLE)

    assert (await alices.row())[:2] == ("queued", HSTOCK)
    assert await rich.accepts(await rich.sends(HSTOCK))


async def test_a_refusal_that_is_written_twice_hands_it_on_once(rich: Books) -> None:
    alices, other = await tied(rich, "0.7", "0.6"), await rich.another()
    sent = await rich.sends()

    await all_at_once(
        *(
            books.db.write(attempts.refused, sent, Reason.REFUSED, "no")
            for books in (rich, other, rich, other)
        )
    )

    assert (await alices.row())[:2] == ("queued", HSTOCK)
    assert len(await alices.left()) == 1


async def test_a_refusal_heard_again_after_the_other_took_it_changes_nothing(
    rich: Books,
) -> None:
    alices = await tied(rich, "0.7", "0.6")
    sent = await rich.sends()
    await rich.db.write(attempts.refused, sent, Reason.REFUSED, "no")
    assert await rich.accepts(await rich.sends(HSTOCK))

    await rich.db.write(attempts.refused, sent, Reason.REFUSED, "no")

    assert (await alices.row())[:2] == ("active", HSTOCK)
    assert await rich.wallet() == HELD


async def test_who_dies_before_the_refusal_is_written_leaves_a_doubt_that_stays(
    rich: Books,
) -> None:
    alices = await tied(rich, "0.7")
    sent = await rich.sends()
    rich.wait(minutes=5)
    await rich.db.write(orphaned_orders.park_interrupted, timedelta(minutes=1))

    await rich.db.write(attempts.refused, sent, Reason.REFUSED, "no")  # it lived after all

    assert (await alices.row())[:2] == ("failed", ACC)
    assert await alices.left() == []
    assert await rich.wallet() == FULL


async def test_a_customer_and_a_refusal_at_once_end_it_in_one_way(rich: Books) -> None:
    alices, other = await tied(rich, "0.7"), await rich.another()
    claimed = await rich.claims()

    await all_at_once(
        rich.db.write(attempts.give_up, claimed, Reason.SUPPLIER_UNAVAILABLE),
        other.db.write(read.cancel, ALICE, alices.order),
    )

    assert await rich.state(alices.order) is State.FAILED
    assert await rich.wallet() == FULL
    assert await rich.faults() == ()


async def test_two_processes_send_what_was_handed_on_once(rich: Books) -> None:
    alices, other = await tied(rich, "0.7"), await rich.another()
    await alices.is_refused(ACC)
    first = await rich.claims(HSTOCK)
    rich.wait(minutes=2)
    second = await other.claims(HSTOCK)

    begun = await all_at_once(
        rich.db.write(attempts.begin, first, HUNDRED),
        other.db.write(attempts.begin, second, HUNDRED),
    )

    assert sum(isinstance(one, Submission) for one in begun) == 1


async def test_a_service_is_left_once_even_if_somebody_forgot_to_ask(rich: Books) -> None:
    alices = await tied(rich, "0.7")
    left = Handover(alices.services[0].id, ACC, usd("0.9"), Reason.REFUSED, 1)
    await rich.db.write(note_handover, alices.order, left)

    with pytest.raises(IntegrityError):
        await rich.db.write(note_handover, alices.order, left)
