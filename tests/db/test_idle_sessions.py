"""A transaction that stands still holds no row for long, and is done again by whoever wakes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.util import await_only

from bot.db.database import Database
from bot.db.tx import Tx
from tests.books import connected
from tests.db.notes import make, notes, write
from tests.db.way import Way

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


async def test_a_server_that_is_gone_is_noticed_within_twenty_seconds(postgresql_url: str) -> None:
    def wait_s(tx: Tx) -> tuple[bool, int, int]:
        raw: Any = tx.connection.connection.driver_connection
        end = raw._transport.get_extra_info("socket")  # noqa: SLF001 - asyncpg has no public way
        tcp = {
            name: end.getsockopt(socket.IPPROTO_TCP, getattr(socket, name))
            for name in ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT", "TCP_USER_TIMEOUT")
        }
        silent_s = tcp["TCP_KEEPIDLE"] + tcp["TCP_KEEPINTVL"] * tcp["TCP_KEEPCNT"]
        is_on = bool(end.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
        return is_on, silent_s, tcp["TCP_USER_TIMEOUT"]

    address, _, folder = postgresql_url.partition("?host=")
    way = Way(Path(folder) / ".s.PGSQL.5432")
    door = await asyncio.start_server(way.carry, "127.0.0.1", 0)
    port = door.sockets[0].getsockname()[1]
    try:
        async with connected(address.replace("@/", f"@127.0.0.1:{port}/")) as database:
            assert await database.read(wait_s) == (True, 20, 20_000)
    finally:
        door.close()
        for task in way.travellers:
            task.cancel()


async def test_a_transaction_that_was_undone_while_it_stood_still_is_done_again(
    database: Database, postgresql_url: str
) -> None:
    async with connected(postgresql_url) as other:
        stood: list[object] = []

        async def until_undone(process: object) -> None:
            def is_there(tx: Tx) -> object:
                pids = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}"  # noqa: S608 - a number
                return said(tx.connection, pids)

            async with asyncio.timeout(60):
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
