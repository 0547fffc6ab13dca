"""A transaction that stands still holds no row for long, and is done again by whoever wakes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection
from sqlalchemy.util import await_only

from bot.db.database import Database
from bot.db.tx import Tx
from tests.books import connected
from tests.db.notes import make, notes, write

SETTINGS = {
    "application_name": "kiosk",
    "idle_in_transaction_session_timeout": "10s",
    "lock_timeout": "5s",
    "statement_timeout": "30s",
}


@pytest.fixture
async def database(postgresql_url: str) -> AsyncIterator[Database]:
    async with connected(postgresql_url) as database:
        await database.write(make)
        yield database


def said(connection: Connection, question: str) -> object:
    return connection.exec_driver_sql(question).scalar_one()


async def test_every_session_says_for_how_long_it_may_hold_what(database: Database) -> None:
    def read(tx: Tx) -> dict[str, object]:
        return {name: said(tx.connection, f"SHOW {name}") for name in SETTINGS}

    assert await database.read(read) == SETTINGS


async def test_a_transaction_that_was_undone_while_it_stood_still_is_done_again(
    database: Database, postgresql_url: str
) -> None:
    async with connected(postgresql_url) as other:
        stood: list[object] = []

        async def until_undone(process: object) -> None:
            def is_there(tx: Tx) -> object:
                pids = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}"  # noqa: S608 - a number
                return said(tx.connection, pids)

            async with asyncio.timeout(10):
                while await other.read(is_there):
                    pass

        def stand_still(tx: Tx) -> None:
            write(tx, "a")
            if not stood:
                tx.connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 50")
                stood.append(said(tx.connection, "SELECT pg_backend_pid()"))
                await_only(until_undone(stood[0]))

        await database.write(stand_still)

    assert stood
    assert await database.read(notes) == ["a"]
