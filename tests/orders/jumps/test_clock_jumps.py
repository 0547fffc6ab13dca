"""A clock that jumps for a moment makes nobody wait, and ends nothing of what goes on."""

from datetime import timedelta

import pytest

from bot.orders import attempts, orphaned_orders, poll, submit
from bot.orders.attempts import SENDING_LEASE
from bot.orders.collect_evidence import (
    DueReading,
    claim_readings,
    note_reading,
    reading_failed,
)
from bot.orders.rules.errors import QuoteExpired
from bot.orders.rules.moves import Reason, State
from bot.outbox.tell import Alerts, begin_alert, is_alert_known, is_seen_since, needs_heartbeat
from tests.orders.active import two
from tests.outbox.queued import CREDITED, claim, tell
from tests.stored_shop import ACC, ALICE, HUNDRED, Books, says

JUMPS = pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(hours=1)])


@JUMPS
async def test_what_was_planned_by_a_clock_ahead_is_read_once_it_is_right(
    rich: Books, ahead: timedelta
) -> None:
    first, second = await two(rich)
    rich.clock.turn(ahead)
    await rich.hears(first, says("In progress"))
    await rich.db.write(poll.missed, second, rich.now + timedelta(minutes=10))
    rich.clock.turn(-ahead)

    due = await rich.db.write(poll.claim, ACC, 5)

    assert {one.order for one in due} == {first.order, second.order}
    assert await rich.db.write(poll.claim, ACC, 5) == ()  # leased again, as ever


async def test_what_is_planned_soon_is_waited_for(rich: Books) -> None:
    due = await rich.has_active()
    await rich.db.write(poll.missed, due, rich.now + timedelta(minutes=11))

    assert await rich.db.write(poll.claim, ACC, 5) == ()


@JUMPS
async def test_an_order_that_a_clock_ahead_has_queued_leaves_and_has_its_whole_patience(
    rich: Books, ahead: timedelta
) -> None:
    rich.clock.turn(ahead)
    await rich.buys()
    claimed = await rich.claims()
    await rich.db.write(attempts.not_sent, claimed, timedelta(minutes=1), "not sent")
    rich.clock.turn(-ahead)

    assert (await rich.claims()).queued_at == rich.now


@JUMPS
async def test_an_order_sent_by_a_clock_ahead_is_parked_and_blocks_no_other(
    rich: Books, ahead: timedelta
) -> None:
    rich.clock.turn(ahead)
    order = await rich.buys()
    sent = await rich.sends()
    other = await rich.buys()
    assert await rich.db.write(submit.claim, ACC) is None  # one at a time
    rich.clock.turn(-ahead)

    assert (await rich.claims()).order == other
    assert await rich.db.write(orphaned_orders.park_interrupted, SENDING_LEASE) == 1
    assert (await rich.order(order)).reason is Reason.INTERRUPTED
    assert await rich.accepts(sent)
    assert await rich.state(order) is State.ACTIVE


async def test_a_replica_whose_clock_is_seconds_ahead_is_left_to_its_sending(rich: Books) -> None:
    rich.wait(seconds=9)
    order = await rich.buys()
    await rich.sends()
    await rich.buys()
    rich.wait(seconds=-9)

    assert await rich.db.write(submit.claim, ACC) is None
    assert await rich.db.write(orphaned_orders.park_interrupted, SENDING_LEASE) == 0
    assert await rich.state(order) is State.SUBMITTING


@JUMPS
async def test_a_chat_that_a_clock_ahead_has_closed_is_open(rich: Books, ahead: timedelta) -> None:
    await rich.sql("DELETE FROM outbox")
    await tell(rich, ALICE, "before")
    rich.clock.turn(ahead)
    await tell(rich, ALICE, "meanwhile")
    assert len(await claim(rich)) == 1  # and its process dies
    rich.clock.turn(-ahead)

    [row] = await claim(rich)

    assert row.notice == CREDITED


@JUMPS
async def test_missing_goods_that_a_clock_ahead_has_noted_are_missing_for_long(
    rich: Books, ahead: timedelta
) -> None:
    due = await rich.has_active()
    rich.clock.turn(ahead)
    assert await rich.hears(due, says("Completed")) is None
    rich.clock.turn(-ahead)

    assert await rich.hears(due, says("Completed")) is Reason.GOODS_MISSING


@JUMPS
async def test_an_alert_noted_by_a_clock_ahead_lasts_no_longer_than_its_cause(
    rich: Books, ahead: timedelta
) -> None:
    before = rich.now
    rich.clock.turn(ahead)
    await rich.db.write(begin_alert, "cause", CREDITED)
    rich.clock.turn(-ahead)

    assert await rich.db.read(needs_heartbeat, "cause")
    assert not await rich.db.read(is_seen_since, "cause", before)
    await Alerts(rich.db).begin("cause", CREDITED)  # it still lasts
    assert not await rich.db.read(needs_heartbeat, "cause")
    rich.clock.turn(ahead)
    await Alerts(rich.db).end("cause", None)
    rich.clock.turn(-ahead)
    assert not await rich.db.read(is_alert_known, "cause", timedelta(minutes=5), on=True)


async def test_a_jump_of_the_clock_takes_no_two_readings_of_evidence_at_once(rich: Books) -> None:
    sent = await rich.in_doubt()

    async def reads() -> int:
        due = await rich.db.write(claim_readings, ACC)
        for one in due:
            await rich.db.write(note_reading, one, HUNDRED)
        return len(due)

    rich.wait(hours=24)
    assert [await reads(), await reads()] == [1, 0]
    rich.wait(hours=-24, seconds=6)
    assert [await reads(), await reads()] == [1, 0]
    rich.wait(seconds=120)
    assert [await reads(), await reads()] == [1, 0]
    failed = DueReading(sent.order, 1, 3)
    await rich.db.write(reading_failed, failed, rich.now + timedelta(hours=24))
    assert await reads() == 1
    assert await rich.db.write(claim_readings, ACC) == ()


@JUMPS
async def test_a_price_that_a_clock_ahead_has_locked_is_over(
    rich: Books, ahead: timedelta
) -> None:
    rich.clock.turn(ahead)
    quote = await rich.quote()
    rich.clock.turn(-ahead)

    with pytest.raises(QuoteExpired):
        await rich.confirms(quote)
