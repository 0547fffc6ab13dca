"""A copy is the shop of one moment, and the way back puts all of it there or nothing."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.db.migrations import newest
from bot.db.schema_check import WrongDatabase
from bot.safety.copies import CannotCopy, make_copy, read_copy
from tests.books import KEY
from tests.clock import TurnableClock
from tests.safety.copying import (
    copied,
    is_a_diary,
)
from tests.stored_shop import ALICE, SETTINGS, Books, says


@pytest.mark.long
async def test_a_shop_that_works_on_is_copied_as_it_was_at_one_moment(
    rich: Books, file: Path
) -> None:
    await rich.has(ALICE, "1000")
    service = await rich.stocks()

    async def sells(books: Books) -> None:
        for _ in range(15):
            await books.buys(service=service)
            assert await books.accepts(await books.sends())
            await books.hears(await books.polls_one(), says("Completed", "ann:1"))

    async def copies() -> None:
        for number in range(4):
            await copied(rich, file.with_name(f"{number}.copy"))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sells(await rich.another()))
        tasks.create_task(copies())

    for number in range(4):
        found = await read_copy(file.with_name(f"{number}.copy"), SETTINGS)
        assert found.findings == ()
    assert await rich.faults() == ()


async def test_a_copy_holds_no_key_and_is_its_owners_alone(busy: Books, file: Path) -> None:
    await copied(busy, file)

    held, mode, hidden = _looked_at(file)
    assert KEY.encode() not in held
    assert b"ann:1" not in held
    assert (mode, hidden) == (0o600, [])


def _looked_at(file: Path) -> tuple[bytes, int, list[str]]:
    """What is in it, who may read it, and what was left over beside it."""
    hidden = [one.name for one in file.parent.iterdir() if one.name.startswith(".")]
    return file.read_bytes(), file.stat().st_mode & 0o777, hidden


class Hasty:
    """A clock that is a minute on at every look."""

    def __init__(self, clock: TurnableClock) -> None:
        self.clock = clock

    def now(self) -> datetime:
        return self.clock.turn(timedelta(minutes=1))


async def test_a_copy_holds_everything_up_to_the_moment_it_names(busy: Books, file: Path) -> None:
    begun = busy.now
    found = await make_copy(busy.url, file, Hasty(busy.clock))

    assert found.copied_at == begun + timedelta(minutes=1)


async def test_a_copy_never_overwrites_anything(busy: Books, file: Path) -> None:
    is_a_diary(file)
    with pytest.raises(CannotCopy, match="is there already"):
        await copied(busy, file)

    assert _looked_at(file)[0].startswith(b"Dear diary")


async def test_where_nothing_can_be_written_one_line_says_so(busy: Books, file: Path) -> None:
    with pytest.raises(CannotCopy, match="cannot be written"):
        await copied(busy, file / "deeper" / "still")


@pytest.mark.parametrize(
    ("version", "said"), [("0000", "its history is not ours"), ("9999", "made by a newer Kiosk")]
)
async def test_a_database_of_no_version_before_ours_is_not_copied(
    busy: Books, file: Path, version: str, said: str
) -> None:
    await busy.sql(f"UPDATE alembic_version SET version_num = '{version}'")  # noqa: S608 - ours
    with pytest.raises(WrongDatabase, match=said):
        await copied(busy, file)
    await busy.sql(f"UPDATE alembic_version SET version_num = '{newest()}'")  # noqa: S608 - ours
    assert not await asyncio.to_thread(file.exists)


async def test_where_there_is_no_shop_nothing_is_copied_or_made(
    books_url: str, tmp_path: Path, clock: TurnableClock, postgresql_url: str
) -> None:
    nowhere = tmp_path / "none.db"
    url = postgresql_url if "postgresql" in books_url else f"sqlite+aiosqlite:///{nowhere}"
    with pytest.raises(CannotCopy, match=r"nothing to copy|holds no shop"):
        await make_copy(url, tmp_path / "copy", clock)

    assert not nowhere.exists()
    assert not (tmp_path / "copy").exists()
