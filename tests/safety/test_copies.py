"""A copy is the shop of one moment, and the way back puts all of it there or nothing."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.base.ids import OrderId
from bot.db.facts import SAFE_MODE
from bot.db.migrations import newest
from bot.db.opening import open_books
from bot.db.shape import WrongBooks
from bot.db.tx import Tx, TxSettings
from bot.money import requests, topup
from bot.ops.seal import Seal
from bot.orders.quote import load_quote
from bot.orders.rules.moves import State
from bot.safety import safe_mode
from bot.safety.copies import CannotCopy, make_copy, read_copy, restore_copy
from bot.safety.copies.restore import GAP
from bot.safety.copies.rows import TABLES, count_rows
from tests.books import KEY
from tests.clock import TurnableClock
from tests.postgresql import PostgreSQL
from tests.stored_shop import ALICE, BY, SETTINGS, Books, says, usd

from_sqlite = pytest.mark.parametrize("books_url", ["sqlite"], indirect=True)
"""For what is done to a copy: which database it is of makes no difference to it any more."""
OTHER_KEY = "c3RyYW5nZSBrZXkgb25seSBmb3Igb3VyIHRlc3RzISE="


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk-monday.copy"


@pytest.fixture(params=["sqlite", "postgresql"])
async def elsewhere(
    request: pytest.FixtureRequest, tmp_path: Path, clock: TurnableClock
) -> AsyncIterator[Books]:
    """A new, empty database of either kind, on another machine so to speak."""
    async with AsyncExitStack() as stack:
        url = f"sqlite+aiosqlite:///{tmp_path / 'elsewhere' / 'kiosk.db'}"
        if request.param == "postgresql":
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.fresh_database())
        yield await Books.connect(url, clock, stack)


@pytest.fixture
async def busy(rich: Books) -> Books:
    """A shop with an order of every kind, a reversed top-up, goods, doubts and deleted rows."""
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("Completed", "ann:1", "ben:2"))
    await rich.in_doubt()
    await rich.buys(total="1.25")
    change = await rich.has(ALICE, "3")
    await rich.db.write(topup.undo, BY, change.transfer)
    await rich.sql("DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox)")
    return rich


async def copied(books: Books, file: Path) -> None:
    await make_copy(books.url, file, books.clock)


async def comes_back(target: Books, file: Path, settings: TxSettings = SETTINGS) -> None:
    found = await read_copy(file, settings)
    await restore_copy(target.db, file, found, target.now)


def _rows(tx: Tx) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database, and nothing that a restore is to change."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in TABLES:
        query = select(table).order_by(*table.primary_key.columns)
        found[table.name] = [tuple(row) for row in tx.execute(query)]
    for name in ("facts", "forms", "chat_slots", "attempts"):
        found.pop(name)
    return found


async def test_a_copy_comes_back_whole_into_either_database(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    before = await busy.db.read(_rows)
    await comes_back(elsewhere, file)

    assert await elsewhere.db.read(_rows) == before
    assert await elsewhere.faults() == ()
    assert await elsewhere.wallet() == await busy.wallet()
    assert await elsewhere.goods(OrderId(1)) == [("ann:1", "ben:2")]
    await elsewhere.db.write(open_books)


@from_sqlite
async def test_rules_hold_in_what_came_back(busy: Books, elsewhere: Books, file: Path) -> None:
    await copied(busy, file)
    await comes_back(elsewhere, file)

    for forbidden in (
        "UPDATE accounts SET balance = balance + 1",
        "DELETE FROM transfers",
        "UPDATE orders SET state = 'failed', released = total WHERE state = 'in_doubt'",
    ):
        with pytest.raises(DBAPIError):
            await elsewhere.sql(forbidden)
    await elsewhere.has(ALICE, "1", key="after")
    assert (await elsewhere.wallet()).free == (await busy.wallet()).free + usd("1")
    assert await elsewhere.faults() == ()


@from_sqlite
async def test_numbers_given_out_since_the_copy_are_never_given_out_again(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    busy.wait(minutes=1)
    lost = await busy.quote()
    asked, _ = await busy.db.write(requests.ask_topup, ALICE, usd("1"))
    await comes_back(elsewhere, file)

    assert await elsewhere.quote() > GAP + lost - 10
    again, _ = await elsewhere.db.write(requests.ask_topup, ALICE, usd("1"))
    assert again > GAP >= asked


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
    _no_copy(file)
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
    with pytest.raises(WrongBooks, match=said):
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


@from_sqlite
async def test_a_database_with_orders_or_money_is_not_restored_into(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    await elsewhere.begins()
    await elsewhere.has(ALICE, "5")
    with pytest.raises(CannotCopy, match="holds transfers already"):
        await comes_back(elsewhere, file)

    assert (await elsewhere.wallet()).free == usd("5")
    assert await elsewhere.sql("SELECT count(*) FROM orders") == [(0,)]


@from_sqlite
async def test_somebody_who_only_said_hello_is_no_obstacle(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    await elsewhere.begins()
    await elsewhere.meets(ALICE)
    await elsewhere.stocks()
    await comes_back(elsewhere, file)

    assert await elsewhere.db.read(lambda tx: count_rows(tx.connection)) != {}
    assert await elsewhere.faults() == ()


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scratched(file: Path) -> None:
    held = bytearray(file.read_bytes())
    held[5000:9000] = b"\xff" * 4000
    file.write_bytes(held)


def _no_copy(file: Path) -> None:
    file.write_text("Dear diary, today nothing happened.")


def _says(file: Path, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as copy:
        copy.execute(statement)
        copy.commit()


def _newer(file: Path) -> None:
    _says(file, "UPDATE alembic_version SET version_num = '9999'")


def _plain_file(file: Path) -> None:
    _says(file, "DELETE FROM facts WHERE name = 'copied_at'")


def _cooked(file: Path) -> None:
    _says(file, "DROP TRIGGER balances_follow_transfers")
    _says(file, "UPDATE accounts SET balance = balance + 1 WHERE kind = 'customer'")


def _orphaned(file: Path) -> None:
    _says(file, "DELETE FROM quotes")


Harm = Callable[[Path], None]


@from_sqlite
@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_cut_short, "damaged"),
        (_scratched, "damaged"),
        (_no_copy, "damaged, or no copy"),
        (_newer, "of version 9999, this Kiosk works with"),
        (_plain_file, "was not made by"),
        (_cooked, "do not prove: all accounts together hold"),
        (_orphaned, "rows refer to rows not there"),
    ],
)
async def test_a_copy_that_is_not_whole_changes_nothing(
    busy: Books, elsewhere: Books, file: Path, harm: Harm, said: str
) -> None:
    await copied(busy, file)
    harm(file)
    with pytest.raises(CannotCopy, match=said):
        await comes_back(elsewhere, file)

    assert await elsewhere.db.read(_tables) == 0


def _tables(tx: Tx) -> int:
    return len(tx.dialect.get_table_names(tx.connection))


async def test_a_copy_that_is_not_there_is_one_line(elsewhere: Books, file: Path) -> None:
    with pytest.raises(CannotCopy, match="is not there"):
        await comes_back(elsewhere, file)


@from_sqlite
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (TxSettings(Seal.with_keys([OTHER_KEY])), "GOODS_KEY"),
        (TxSettings(SETTINGS.sealer, currency="EUR"), "CURRENCY"),
    ],
)
async def test_a_copy_under_another_key_or_currency_changes_nothing(
    busy: Books, elsewhere: Books, file: Path, settings: TxSettings, said: str
) -> None:
    await copied(busy, file)
    with pytest.raises(WrongBooks, match=said):
        await comes_back(elsewhere, file, settings)

    assert await elsewhere.db.read(_tables) == 0


@from_sqlite
async def test_a_restore_that_is_cut_off_leaves_nothing_behind(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    found = await read_copy(file, SETTINGS)
    _says(file, "DELETE FROM order_events")  # between the look and the way back
    with pytest.raises(CannotCopy, match="did not arrive whole"):
        await restore_copy(elsewhere.db, file, found, elsewhere.now)

    assert await elsewhere.db.read(_tables) == 0


async def test_what_was_true_only_then_is_gone(busy: Books, elsewhere: Books, file: Path) -> None:
    """A form, an open price and planned readings would mislead people and machines a day later."""
    await busy.sql("INSERT INTO forms (chat, form) VALUES (501, '{}')")
    quote = await busy.quote()
    await copied(busy, file)
    await comes_back(elsewhere, file)

    assert await elsewhere.sql("SELECT * FROM forms") == []
    assert await elsewhere.sql("SELECT * FROM attempts WHERE reading_due_at IS NOT NULL") == []
    assert (await elsewhere.db.read(load_quote, ALICE, quote)).expires_at == elsewhere.now
    facts = {row[0] for row in await elsewhere.sql("SELECT name FROM facts")}
    assert SAFE_MODE in facts
    assert not facts & {"copied_at", "keys"}


async def test_a_copy_of_a_shop_in_safe_mode_comes_back_in_safe_mode(
    busy: Books, elsewhere: Books, file: Path, tmp_path: Path
) -> None:
    await copied(busy, file)
    await comes_back(elsewhere, file)
    elsewhere.wait(hours=1)
    second = tmp_path / "second.copy"
    await copied(elsewhere, second)
    async with AsyncExitStack() as stack:
        url = f"sqlite+aiosqlite:///{tmp_path / 'third.db'}"
        third = await Books.connect(url, elsewhere.clock, stack)
        await comes_back(third, second)
        restored = await third.db.read(safe_mode.find)

    assert restored is not None
    assert restored.copied_at == restored.restored_at == elsewhere.now


@from_sqlite
async def test_texts_that_only_one_database_can_keep_arrive_readable(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    _says(file, "UPDATE customers SET first_name = 'A' || char(0) || 'da 🦊'")
    await comes_back(elsewhere, file)

    assert set(await elsewhere.sql("SELECT first_name FROM customers")) == {("Ada 🦊",)}


@from_sqlite
async def test_the_state_of_every_order_is_the_one_of_the_copy(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    await comes_back(elsewhere, file)

    states = [row[0] for row in await elsewhere.sql("SELECT state FROM orders ORDER BY id")]
    assert states == [State.COMPLETED, State.IN_DOUBT, State.QUEUED]
