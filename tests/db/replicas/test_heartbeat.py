"""Hearts that beat and stop: who is taken for dead, what it had, and what it may do still."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from bot.base.clock import SharedClock
from bot.base.errors import DatabaseUnavailable
from bot.base.keys import customer_change
from bot.db import jobs, replicas, updates
from bot.db.updates import Taken
from bot.orders import attempts, collect_evidence, poll, submit
from bot.orders.fence import Fence
from bot.orders.rules.moves import Reason, State
from bot.people import customers
from tests.clock import TurnableClock
from tests.db.replicas.beating import begins, two
from tests.stored_shop import ACC, ALICE, BOB, Books

pytestmark = pytest.mark.server


@pytest.fixture
async def shared(postgresql_books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    """Books that several processes may share; Alice has ten dollars."""
    async with AsyncExitStack() as stack:
        books = await Books.open(postgresql_books_url, clock, stack)
        await books.has(ALICE, "10")
        yield books


async def test_a_heart_that_stops_is_found_within_eight_beats_and_no_earlier(
    shared: Books,
) -> None:
    first, second = await two(shared)
    await first.heart.step()
    await second.waits(6)
    assert second.books.db.replicas == 2
    await second.waits(2)
    assert second.books.db.replicas == 1
    assert first.heart.id != second.heart.id


async def test_who_joins_waits_until_the_others_know_of_it(shared: Books) -> None:
    first, second = await two(shared)
    await first.heart.step()
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(second.heart.until_seen())
        await first.heart.step()
    assert first.books.db.replicas == 2


async def test_who_joins_waits_for_a_dead_one_no_longer_than_a_beat_and_a_half(
    shared: Books,
) -> None:
    _first, second = await two(shared)
    async with asyncio.timeout(60):
        await second.heart.until_seen()


async def test_a_slow_heart_is_no_dead_one(shared: Books) -> None:
    first, second = await two(shared)
    for _ in range(5):
        await second.waits(5)
        await first.heart.step()
        assert second.books.db.replicas == 2


async def test_after_an_outage_of_the_database_nobody_is_buried_who_could_not_beat(
    shared: Books,
) -> None:
    first, second = await two(shared)
    await second.waits(1)
    second.seconds.now += 60
    await second.heart.step()
    assert second.books.db.replicas == 2
    await first.heart.step()
    await second.waits(6)
    assert second.books.db.replicas == 2
    await second.waits(2)
    assert second.books.db.replicas == 1


async def test_a_process_knows_before_others_bury_it(shared: Books) -> None:
    first, second = await two(shared)
    assert first.heart.is_alive()
    first.seconds.now += 4
    assert not first.heart.is_alive()
    await second.waits(4)
    assert second.books.db.replicas == 2


async def test_a_machine_that_slept_knows_it_by_its_clock(shared: Books) -> None:
    process = await begins(shared)
    shared.wait(seconds=60)
    assert not process.heart.is_alive()
    await process.heart.step()
    assert process.heart.is_alive()


async def test_what_a_dead_process_was_sending_is_parked_and_a_living_ones_is_not(
    shared: Books,
) -> None:
    _, second = await two(shared)
    order = await shared.buys()
    await shared.sends()
    await second.waits(5)
    assert await shared.state(order) is State.SUBMITTING
    await second.waits(3)
    assert await shared.state(order) is State.IN_DOUBT
    assert (await shared.order(order)).reason is Reason.INTERRUPTED


async def test_what_a_dead_process_had_claimed_is_due_and_it_writes_nothing_more(
    shared: Books,
) -> None:
    first, second = await two(shared)
    due = await shared.has_active()
    assert await second.books.db.write(poll.claim, ACC, 4) == ()
    await second.waits(8)
    [again] = await second.books.db.write(poll.claim, ACC, 4)
    assert again.order == due.order
    assert again.claim > due.claim
    await first.books.db.write(poll.missed, due, shared.now + timedelta(hours=1))
    await second.books.db.write(poll.missed, again, shared.now)
    assert len(await second.books.db.write(poll.claim, ACC, 4)) == 1


async def test_a_reading_that_a_dead_process_was_taking_is_taken_by_another(
    shared: Books,
) -> None:
    first, second = await two(shared)
    await shared.in_doubt()
    shared.wait(seconds=5)
    [due] = await first.books.db.write(collect_evidence.claim_readings, ACC)
    assert await second.books.db.write(collect_evidence.claim_readings, ACC) == ()
    await first.heart.step()
    await second.waits(8)
    assert await second.books.db.write(collect_evidence.claim_readings, ACC) == (due,)


async def test_a_claim_that_is_old_sends_nothing(shared: Books) -> None:
    first, second = await two(shared)
    await shared.buys()
    claimed = await first.books.db.write(submit.claim, ACC)
    assert claimed is not None
    await second.waits(8)
    newer = await second.books.db.write(submit.claim, ACC)
    assert newer is not None
    assert await first.books.db.write(attempts.begin, claimed, None) is None
    assert await second.books.db.write(attempts.begin, newer, None) is not None


async def test_a_process_that_was_buried_comes_back_under_a_new_number(shared: Books) -> None:
    first, second = await two(shared)
    was = first.heart.id
    await second.waits(8)
    await first.heart.step()
    assert first.heart.id > max(was, second.heart.id)
    assert first.books.db.settings.replica == first.heart.id
    await second.heart.step()
    assert second.books.db.replicas == 2


async def test_a_fence_that_was_opened_before_a_burial_stays_shut(shared: Books) -> None:
    first, second = await two(shared)
    fence = Fence(shared.clock, first.seconds, first.heart.hold)
    may_leave = fence.open()
    assert may_leave()
    await second.waits(8)
    assert may_leave(), "nobody knows yet"
    first.seconds.now += 8
    assert not may_leave()
    await first.heart.step()
    assert not may_leave(), "it came back, and what it held is another's"
    assert fence.open()()


async def test_a_fence_shuts_long_before_any_lease_is_over(shared: Books) -> None:
    process = await begins(shared)
    may_leave = Fence(shared.clock, process.seconds, process.heart.hold).open()
    await process.waits(29)
    assert may_leave()
    await process.waits(1)
    assert not may_leave()


async def test_a_job_is_done_once_and_again_when_its_process_dies(shared: Books) -> None:
    first, second = await two(shared)
    every = timedelta(minutes=2)
    assert await first.books.db.write(jobs.claim, "catalogue", every)
    assert not await second.books.db.write(jobs.claim, "catalogue", every)
    await second.waits(8)
    assert await second.books.db.write(jobs.claim, "catalogue", every)
    await first.books.db.write(jobs.done, "catalogue")
    await second.books.db.write(jobs.done, "catalogue")
    assert not await second.books.db.write(jobs.claim, "catalogue", every)
    shared.wait(minutes=2)
    assert await second.books.db.write(jobs.claim, "catalogue", every)


async def test_an_update_is_taken_once_and_taken_over_from_the_dead(shared: Books) -> None:
    first, second = await two(shared)
    assert await first.books.db.write(updates.take, 7) is Taken.OURS
    assert await second.books.db.write(updates.take, 7) is Taken.ELSEWHERE
    assert await first.books.db.write(updates.take, 8) is Taken.OURS
    await first.books.db.write(updates.note_done, (7,))
    assert await second.books.db.write(updates.take, 7) is Taken.DONE
    await second.waits(8)
    assert await second.books.db.write(updates.take, 7) is Taken.DONE
    assert await second.books.db.write(updates.take, 8) is Taken.OURS
    shared.wait(minutes=11)
    assert await second.books.db.write(updates.forget) == 2


async def test_a_change_is_heard_by_the_next_beat_where_its_notification_was_lost(
    shared: Books,
) -> None:
    first, second = await two(shared)
    heard: list[str] = []
    second.books.db.waker.listen("customer:", heard.append)
    await shared.meets(ALICE, BOB)
    await first.books.db.write(customers.set_language, ALICE, "ru")
    await second.waits(1)
    assert heard == [str(ALICE)]
    await second.waits(3)
    assert heard == [str(ALICE)], "once"
    assert customer_change(ALICE).startswith("customer:")


async def test_a_process_of_an_older_version_writes_nothing_and_says_so(shared: Books) -> None:
    first, second = await two(shared)
    await second.books.db.write(
        lambda tx: tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    )
    await first.heart.step()
    with pytest.raises(DatabaseUnavailable, match="newer Kiosk has taken the database to 9999"):
        await first.books.has(ALICE, "1")


async def test_clocks_that_differ_are_set_by_the_databases(shared: Books) -> None:
    ahead = SharedClock(TurnableClock(datetime.now(UTC) + timedelta(seconds=30)))  # noqa: TID251 - the server's time is real
    behind = SharedClock(TurnableClock(datetime.now(UTC) - timedelta(seconds=30)))  # noqa: TID251 - the same
    for clock in (ahead, behind):
        process = await begins(await shared.another())
        process.heart.clock = clock
        await process.heart.step()
    assert abs(ahead.now() - behind.now()) < timedelta(seconds=1)


async def test_an_orderly_end_gives_everything_back_at_once(shared: Books) -> None:
    first, second = await two(shared)
    order = await shared.buys()
    assert await first.books.db.write(submit.claim, ACC) is not None
    assert await second.books.db.write(submit.claim, ACC) is None
    await first.heart.leave()
    assert await second.books.db.write(submit.claim, ACC) is not None
    assert await shared.state(order) is State.QUEUED
    assert len(await second.books.db.read(replicas.list_replicas)) == 1
