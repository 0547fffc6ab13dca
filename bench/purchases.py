"""Purchases through the shop's own transactions against bare commits of the same rows."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench.figures import Span
from bench.ground import Books, opened_books

_ROUNDS: Final = 3
_PURCHASES: Final = 400
_BUYERS: Final = 20
_GOAL: Final = 0.6
_INSERTED: Final = ("orders", "transfers", "order_events")
"""What Confirm writes beside the quote; the hold's account is new, too."""


async def measure() -> AsyncIterator[str]:
    """By turns: purchases by twenty customers at once, and the rows they left written bare."""
    ours, bare = Span(), Span()
    with TemporaryDirectory(prefix="kiosk-bench-", dir=Path.cwd()) as folder:
        async with opened_books(Path(folder) / "ours.db") as books:
            copy = await asyncio.to_thread(_bare_copy, Path(folder))
            for _ in range(_ROUNDS):
                with ours.taken():
                    await _buy(books)
                await asyncio.to_thread(_write_again, Path(folder), copy, bare)
            findings = await books.prove()
    many = _ROUNDS * _PURCHASES
    yield (
        f"on SQLite {many / ours.seconds:,.0f} purchases/s (quote, order, hold, history in two "
        f"commits), {bare.seconds / ours.seconds:.2f} of the {many / bare.seconds:,.0f}/s of bare "
        f"commits (goal {_GOAL:g})"
    )
    yield f"{many} purchases each, by turns on one disk; the books: {findings or 'proved'}"


async def _buy(books: Books) -> None:
    async with asyncio.TaskGroup() as tasks:
        for buyer in range(_BUYERS):
            tasks.create_task(books.buys(buyer, _PURCHASES // _BUYERS))


def _bare_copy(folder: Path) -> Path:
    """A database with the same tables and the same care for the disk, and no rule at all."""
    path = folder / "bare.db"
    with closing(sqlite3.connect(folder / "ours.db")) as source, closing(_bare(path)) as target:
        for table in ("quotes", "accounts", *_INSERTED):
            columns = ", ".join(f'"{name}"' for name in _columns(source, table))
            key = "account" if table == "accounts" else "id"
            target.execute(f"CREATE TABLE {table} ({columns}, PRIMARY KEY ({key}))")
    return path


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _write_again(folder: Path, copy: Path, span: Span) -> None:
    """The latest purchases, row by row from the real database into the bare one."""
    with closing(sqlite3.connect(folder / "ours.db")) as source, closing(_bare(copy)) as target:
        purchases = list(_latest(source))
        with span.taken():
            for quote, rows in purchases:
                target.execute("BEGIN IMMEDIATE")
                _insert(target, "quotes", quote)
                target.execute("COMMIT")
                _confirm(target, quote, rows)


def _confirm(target: sqlite3.Connection, quote: Any, rows: dict[str, Any]) -> None:
    target.execute("BEGIN IMMEDIATE")
    for table, row in rows.items():
        _insert(target, table, row)
    transfer = rows["transfers"]
    move = "UPDATE accounts SET balance = balance + ? WHERE account = ?"
    target.execute(move, (-transfer["amount"], transfer["debit"]))
    target.execute(move, (transfer["amount"], transfer["credit"]))
    target.execute("UPDATE quotes SET used_at = ? WHERE id = ?", (quote["used_at"], quote["id"]))
    target.execute("COMMIT")


def _insert(target: sqlite3.Connection, table: str, row: sqlite3.Row) -> None:
    places = ", ".join("?" * len(row))
    insert = f"INSERT INTO {table} VALUES ({places})"  # noqa: S608 - the names are our own
    target.execute(insert, tuple(row))


def _latest(source: sqlite3.Connection) -> Iterable[tuple[sqlite3.Row, dict[str, Any]]]:
    """The purchases of the last round, the oldest first."""
    source.row_factory = sqlite3.Row
    newest = "SELECT * FROM orders ORDER BY id DESC LIMIT ?"
    for order in reversed(source.execute(newest, (_PURCHASES,)).fetchall()):
        yield (
            _one(source, "quotes", "id", order["quote"]),
            {
                "accounts": _one(source, "accounts", "account", f"hold:{order['id']}"),
                "orders": order,
                "transfers": _one(source, "transfers", "order_id", order["id"]),
                "order_events": _one(source, "order_events", "order_id", order["id"]),
            },
        )


def _one(source: sqlite3.Connection, table: str, column: str, value: object) -> sqlite3.Row:
    query = f"SELECT * FROM {table} WHERE {column} = ?"  # noqa: S608 - the names are our own
    row: sqlite3.Row = source.execute(query, (value,)).fetchone()
    return row
