"""The way back puts all of a copy into an empty database, and nothing that is over."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.base.ids import OrderId
from bot.db.meta import SAFE_MODE
from bot.db.opening import open_schema
from bot.db.tx import Tx
from bot.money import requests
from bot.orders.quote import load_quote
from bot.orders.rules.moves import State
from bot.safety import safe_mode
from bot.safety.copies import CannotCopy
from bot.safety.copies.restore import GAP
from bot.safety.copies.rows import TABLES, count_rows
from tests.safety.copying import changes, comes_back, copied, from_sqlite
from tests.stored_shop import ALICE, Books, usd


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
    await elsewhere.db.write(open_schema)


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
        restored = await third.db.read(safe_mode.find_restored)

    assert restored is not None
    assert restored.copied_at == restored.restored_at == elsewhere.now


@from_sqlite
async def test_texts_that_only_one_database_can_keep_arrive_readable(
    busy: Books, elsewhere: Books, file: Path
) -> None:
    await copied(busy, file)
    changes(file, "UPDATE customers SET first_name = 'A' || char(0) || 'da 🦊'")
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
