"""Databases as an earlier version of the shop left them, filled, on SQLite and on PostgreSQL."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, column, insert, table, text

from bot.db.migrations import migrate
from tests.books import bare, connected
from tests.db.steps.filled import VERSIONS

LEFT = sorted(file.stem.removeprefix("v") for file in VERSIONS.glob("v*.sql"))
"""The versions of which there is a filled database."""
FIRST = "0001"
LEFT_AT = datetime(2026, 6, 9, 13, 8, 50, tzinfo=UTC)
"""When the last thing happened in the shop that version 0001 has left."""
KEPT = {
    "transfers": "id, debit, credit, amount, kind, idem_key, order_id, actor, reason, reverses",
    "accounts": "account, kind, balance, last_transfer",
    "orders": "id, state, reason, attempt, total, captured, released, remote_order, due_at",
    "rentals": "order_id, phone, state, codes, told, expires_at, ended_at, due_at",
    "goods": "order_id, batch, sealed",
    "quotes": "id, customer, total, expires_at, used_at",
    "outbox": "id, chat, dedup_key, notice, state, version, tries, due_at, message, why",
    "alerts": 'cause, "on", rounds, at',
    "forms": "chat, form",
    "topup_requests": "id, customer, amount, at, decision",
    "audit_log": "id, at, actor, action, subject",
    "customers": "id, first_name, username, language, banned, wish_service, seen_at",
    "services": "id, supplier, remote_id, rate, paused, gone",
    "service_texts": "language, service, name, name_mark",
    "facts": "name, value",
}
"""What must come through unchanged."""


async def leave(url: str, version: str = FIRST) -> None:
    """Make the database at `url` what that version had made of it."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.partition(":///")[2])) as file:
            file.executescript(_dump(version))
        return
    async with connected(url) as database:
        await database.write(bare(_load), version)


def leave_copy(file: Path, version: str = FIRST) -> None:
    """Put the copy there that `backup` of that version took of the same shop."""
    packed = (VERSIONS / f"v{version}.copy.gz").read_bytes()
    file.write_bytes(gzip.decompress(packed))


def rows(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What is in a database of any version and must come through unchanged."""
    return {
        table: [tuple(row) for row in connection.exec_driver_sql(_query(table, columns))]
        for table, columns in KEPT.items()
    }


def _query(table: str, columns: str) -> str:
    return f"SELECT {columns} FROM {table} ORDER BY 1, 2"  # noqa: S608 - our own words


def _dump(version: str) -> str:
    return (VERSIONS / f"v{version}.sql").read_text(encoding="utf-8")


def _load(connection: Connection, version: str) -> None:
    """The rows of the dump, in tables that the steps up to that version make."""
    migrate(connection, version)
    connection.execute(text("SET LOCAL session_replication_role = replica"))  # no triggers
    with in_memory(version) as left:
        for name in _rows(left, "SELECT name FROM sqlite_master WHERE type = 'table'"):
            if name["name"] not in {"alembic_version", "sqlite_sequence"}:
                _load_table(connection, left, str(name["name"]))
        for row in _rows(left, "SELECT name, seq FROM sqlite_sequence"):
            told = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :seq)")
            connection.execute(told, row)
    connection.execute(text("SET LOCAL session_replication_role = DEFAULT"))


def _load_table(connection: Connection, left: sqlite3.Connection, name: str) -> None:
    rows = _rows(left, f'SELECT * FROM "{name}"')  # noqa: S608 - our own name
    if rows:
        target = table(name, *(column(each) for each in rows[0]))
        connection.execute(insert(target), rows)


def _rows(left: sqlite3.Connection, query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in left.execute(query)]


@contextmanager
def in_memory(version: str = FIRST) -> Iterator[sqlite3.Connection]:
    """What that version has left, to be read."""
    with closing(sqlite3.connect(":memory:")) as left:
        left.row_factory = sqlite3.Row
        left.executescript(_dump(version))
        yield left
