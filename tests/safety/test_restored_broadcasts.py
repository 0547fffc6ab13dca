"""After a restore no broadcast goes on by itself: people have got it since the copy was made."""

from pathlib import Path

import pytest

from bot.broadcasts.choose import choose_some
from bot.broadcasts.claims import Answer, Answered, PauseReason, Taken, note_answer, take_next
from bot.broadcasts.content import Content
from bot.broadcasts.draft import begin_draft
from bot.broadcasts.read import count_progress, load_broadcast
from bot.broadcasts.states import BroadcastState
from bot.broadcasts.steer import pause_broadcast, resume_broadcast, start_broadcast, stop_broadcast
from bot.safety import safe_mode
from tests.safety.copying import comes_back, copied
from tests.stored_shop import Books


async def _started(books: Books, words: str) -> int:
    """One whose recipients are still to be looked up."""
    one = await books.db.write(begin_draft, books.act(), Content(words))
    await books.db.write(start_broadcast, books.act(), one, 1)
    return one


async def _chooses(books: Books) -> None:
    while await books.db.write(choose_some):
        continue


async def _takes(books: Books) -> Taken:
    taken = await books.db.write(take_next)
    assert isinstance(taken, Taken)
    return taken


async def _state(books: Books, one: int) -> tuple[BroadcastState, str]:
    found = await books.db.read(load_broadcast, one)
    return found.state, found.why


async def _alerts(books: Books) -> int:
    rows = await books.sql("SELECT count(*) FROM outbox WHERE dedup_key LIKE '%rests%'")
    return int(rows[0][0])


@pytest.fixture
async def full(busy: Books) -> Books:
    """Its outbox is empty: a broadcast lets all else go first."""
    await busy.sql("UPDATE outbox SET state = 'sent'")
    return busy


async def test_what_ran_rests_also_where_it_was_put_off_and_nobody_is_being_sent_to(
    full: Books, elsewhere: Books, file: Path
) -> None:
    one = await _started(full, "All mail is half price")
    await _chooses(full)
    await _takes(full)
    await full.sql("UPDATE broadcasts SET due_at = due_at + 1800000000")
    await copied(full, file)
    before = await full.db.read(count_progress, one)
    await comes_back(elsewhere, file)

    assert await _state(elsewhere, one) == (BroadcastState.PAUSED, PauseReason.RESTORED)
    progress = await elsewhere.db.read(count_progress, one)
    assert (progress.unsure, progress.left) == (1, before.left - 1)
    assert await elsewhere.sql("SELECT * FROM broadcast_recipients WHERE claimed_by > 0") == []
    assert await _alerts(elsewhere) > 0
    assert await elsewhere.faults() == ()


async def test_what_an_operator_had_paused_asks_before_it_goes_on(
    full: Books, elsewhere: Books, file: Path
) -> None:
    one = await _started(full, "All mail is half price")
    await full.db.write(pause_broadcast, full.act(), one)
    await copied(full, file)
    await comes_back(elsewhere, file)

    assert await _state(elsewhere, one) == (BroadcastState.PAUSED, PauseReason.RESTORED)


async def test_what_was_choosing_goes_on_choosing_when_an_operator_continues_it(
    full: Books, elsewhere: Books, file: Path
) -> None:
    one = await _started(full, "All mail is half price")
    await copied(full, file)
    await comes_back(elsewhere, file)
    restored = await elsewhere.db.read(safe_mode.find_restored)
    assert restored is not None
    await elsewhere.db.write(safe_mode.end, elsewhere.act("end"), restored.mark)
    assert await elsewhere.db.write(choose_some) == 0
    assert await _state(elsewhere, one) == (BroadcastState.PAUSED, PauseReason.RESTORED)

    await elsewhere.db.write(resume_broadcast, elsewhere.act("go on"), one)
    await _chooses(elsewhere)
    await _chooses(full)
    assert await _state(elsewhere, one) == (BroadcastState.RUNNING, "")
    left = (await elsewhere.db.read(count_progress, one)).left
    assert left == (await full.db.read(count_progress, one)).left > 0


async def test_what_had_ended_or_never_begun_stays_as_it_was(
    full: Books, elsewhere: Books, file: Path
) -> None:
    stopped = await _started(full, "All mail is half price")
    await full.db.write(stop_broadcast, full.act(), stopped)
    done = await _started(full, "Mail is back")
    await _chooses(full)
    while isinstance(taken := await full.db.write(take_next), Taken):
        await full.db.write(note_answer, taken, Answer(Answered.SENT))
    draft = await full.db.write(begin_draft, full.act(), Content("Not yet"))
    await copied(full, file)
    await comes_back(elsewhere, file)

    states = [await _state(elsewhere, one) for one in (stopped, done, draft)]
    ended = (BroadcastState.STOPPED, BroadcastState.DONE, BroadcastState.DRAFT)
    assert states == [(state, "") for state in ended]
    assert await _alerts(elsewhere) == 0
