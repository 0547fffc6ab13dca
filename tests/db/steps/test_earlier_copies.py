"""A copy that an earlier version made comes back, and a shop it has left can be copied."""

import resource
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.db.migrations import find_revision, newest
from bot.db.opening import open_schema
from bot.db.schema_check import WrongDatabase
from bot.db.tx import Tx, TxSettings
from bot.money import requests
from bot.ops.seal import Seal
from bot.safety.copies import CannotCopy, make_copy, read_copy
from bot.safety.copies.examine import opened
from bot.safety.copies.restore import GAP
from bot.safety.copies.rows import last_ids
from tests.books import OTHER_KEY, bare, tables_in
from tests.clock import TurnableClock
from tests.db.steps.earlier import FIRST, LEFT_AT, leave_copy, rows
from tests.db.steps.filled import CARL
from tests.safety.copying import changes, comes_back, cut_short
from tests.stored_shop import BOB, SETTINGS, Books

CHANGED = {"facts", "forms"}
"""What a restore changes on purpose."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The copy that version 0001 made."""
    leave_copy(tmp_path / "first.copy")
    return tmp_path / "first.copy"


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Books]:
    """An empty database of either kind."""
    async with AsyncExitStack() as stack:
        yield await Books.connect(database_url, TurnableClock(LEFT_AT), stack)


def held_by(file: Path, look: Callable[[Connection], Any]) -> Any:
    with opened(file) as copy:
        return look(copy)


def _as_it_stands(file: Path) -> tuple[bytes, int, list[Path]]:
    """All of the file, when it was written, and what lies beside it."""
    return file.read_bytes(), file.stat().st_mtime_ns, list(file.parent.iterdir())


async def test_a_copy_of_an_earlier_version_comes_back_whole_in_todays_shape(
    here: Books, file: Path
) -> None:
    before, stood = held_by(file, rows), _as_it_stands(file)
    await comes_back(here, file)

    after = await here.db.read(bare(rows))
    assert {name for name in before if before[name] != after[name]} == CHANGED
    assert await here.db.read(bare(find_revision)) == newest()
    assert await here.db.read(Tx.in_safe_mode)
    assert await here.faults() == ()
    assert _as_it_stands(file) == stood


async def test_people_and_numbers_of_an_earlier_copy_are_kept(here: Books, file: Path) -> None:
    given = held_by(file, last_ids)
    await comes_back(here, file)

    gone = await here.sql("SELECT chat FROM chat_slots WHERE reachable = 0 ORDER BY chat")
    assert gone == [(BOB,), (CARL,)]
    await here.db.write(open_schema)
    amount = (await here.wallet(BOB)).free
    asked, _ = await here.db.write(requests.ask_topup, BOB, amount)
    assert asked > GAP + given["topup_requests"]


def _says(statements: str) -> Callable[[Path], None]:
    return lambda file: changes(file, statements)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (cut_short, "is damaged"),
        (_says("DROP TABLE chat_lanes"), "is damaged: it is not what a shop of its version was"),
        (_says("ALTER TABLE goods RENAME TO wares"), "is damaged: it is not what a shop"),
        (_says("DELETE FROM facts WHERE name = 'copied_at'"), "was not made by"),
        (_says("UPDATE alembic_version SET version_num = '0000'"), "is of version 0000"),
        (_says("DROP TRIGGER transfers_stay; UPDATE transfers SET amount = 1 WHERE id = 1"),
         "do not prove"),
    ],
)  # fmt: skip
async def test_an_earlier_copy_that_is_not_whole_changes_nothing(
    here: Books, file: Path, harm: Callable[[Path], None], said: str
) -> None:
    harm(file)
    with pytest.raises(CannotCopy, match=said) as told:
        await comes_back(here, file)

    assert str(file) in str(told.value)
    assert await here.db.read(tables_in) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_earlier_copy_under_another_key_changes_nothing(here: Books, file: Path) -> None:
    with pytest.raises(WrongDatabase, match="GOODS_KEY"):
        await comes_back(here, file, TxSettings(Seal.with_keys([OTHER_KEY])))

    assert await here.db.read(tables_in) == 0


@contextmanager
def no_room() -> Iterator[None]:
    """No file of ours may grow beyond a few pages."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_an_earlier_copy_that_finds_no_room_says_so(file: Path) -> None:
    stood = _as_it_stands(file)
    with no_room(), pytest.raises(CannotCopy, match="cannot be brought to today's version"):
        await read_copy(file, SETTINGS)

    assert _as_it_stands(file) == stood
    await read_copy(file, SETTINGS)


async def test_a_shop_that_is_not_upgraded_yet_is_copied_and_stays_as_it_was(
    left_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "before.copy"
    found = await make_copy(left_url, file, TurnableClock(LEFT_AT))
    async with AsyncExitStack() as stack:
        left = await Books.connect(left_url, TurnableClock(LEFT_AT), stack)
        before = await left.db.read(bare(rows))
        given = await left.db.read(bare(last_ids))
        assert await left.db.read(bare(find_revision)) == FIRST

    after = held_by(file, rows)
    assert {name for name in before if before[name] != after[name]} == {"facts"}
    assert held_by(file, last_ids) == given
    assert held_by(file, find_revision) == newest()
    assert found.findings == ()
