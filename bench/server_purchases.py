"""Purchases on PostgreSQL against bare commits of the same rows by the driver alone."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import asyncpg

from bench.figures import Span
from bench.ground import Books, opened_books
from bench.servers import Server, server

_ROUNDS: Final = 5
_PURCHASES: Final = 400
_BUYERS: Final = 20
_CONNECTIONS: Final = 8
"""As many as a shop has for its transactions."""
_GOAL: Final = 0.5
_DATABASE: Final = "kiosk"
_KEYS: Final = {
    "quotes": "id", "accounts": "account", "orders": "id", "transfers": "id", "order_events": "id",
}  # fmt: skip
_HOW_WRITTEN: Final = "quote, order, hold, history in two commits"


async def measure() -> AsyncIterator[str]:
    """By turns: purchases by twenty customers at once, and the rows they left written bare."""
    ratios, ours, bare = list[float](), Span(), Span()
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        async with server(Path(folder) / "pg") as here:
            url = await here.make(_DATABASE)
            async with opened_books(url, _BUYERS) as books:
                books.db.replicas = 1  # as its heartbeat would say
                writer = await _Writer.open(here)
                for _ in range(_ROUNDS):
                    before = ours.seconds, bare.seconds
                    with ours.taken():
                        await _buy(books)
                    purchases = await writer.latest()
                    with bare.taken():
                        await writer.writes(purchases)
                    ratios.append((bare.seconds - before[1]) / (ours.seconds - before[0]))
                await writer.close()
                findings = await books.prove()
    many = _ROUNDS * _PURCHASES
    yield (
        f"on PostgreSQL {many / ours.seconds:,.0f} purchases/s ({_HOW_WRITTEN}), "
        f"{median(ratios):.2f} of the {many / bare.seconds:,.0f}/s of bare commits by the driver "
        f"alone (goal {_GOAL:g}), {_CONNECTIONS} connections each; "
        f"the books: {findings or 'proved'}"
    )


async def _buy(books: Books) -> None:
    async with asyncio.TaskGroup() as tasks:
        for buyer in range(_BUYERS):
            tasks.create_task(books.buys(buyer, _PURCHASES // _BUYERS))


@dataclass(frozen=True, slots=True)
class _Purchase:
    """The rows of one purchase by their tables, the quote as it is before and after Confirm."""

    rows: dict[str, asyncpg.Record]

    async def write(self, connection: asyncpg.Connection, inserts: dict[str, str]) -> None:
        """Two transactions, each row once, and no question."""
        quote, transfer = self.rows["quotes"], self.rows["transfers"]
        async with connection.transaction():
            await connection.execute(inserts["quotes"], *quote.values())
        async with connection.transaction():
            for table in ("accounts", "orders", "transfers", "order_events"):
                await connection.execute(inserts[table], *self.rows[table].values())
            amount = transfer["amount"]
            await connection.execute(_MOVE, -amount, transfer["debit"])
            await connection.execute(_MOVE, amount, transfer["credit"])
            await connection.execute(_USE, quote["used_at"], quote["id"])


_MOVE: Final = "UPDATE bare.accounts SET balance = balance + $1 WHERE account = $2"
_USE: Final = "UPDATE bare.quotes SET used_at = $1 WHERE id = $2"


@dataclass(frozen=True, slots=True)
class _Writer:
    """The driver's connections, to tables with the same columns and their keys, without a rule."""

    connections: list[asyncpg.Connection]
    inserts: dict[str, str]

    @classmethod
    async def open(cls, here: Server) -> _Writer:
        """Make the bare tables, with the accounts that exist already."""
        connections = [await here.connect(_DATABASE) for _ in range(_CONNECTIONS)]
        await connections[0].execute("CREATE SCHEMA bare")
        inserts = {}
        for table, key in _KEYS.items():
            await connections[0].execute(
                f"CREATE TABLE bare.{table} (LIKE public.{table}, PRIMARY KEY ({key}))"
            )
            inserts[table] = await _insert(connections[0], table)
        copy = "INSERT INTO bare.accounts SELECT * FROM public.accounts"
        await connections[0].execute(copy)
        return cls(connections, inserts)

    async def latest(self) -> list[_Purchase]:
        """The purchases of the last round, the oldest first."""
        first = self.connections[0]
        newest = "SELECT * FROM orders ORDER BY id DESC LIMIT $1"
        orders = await first.fetch(newest, _PURCHASES)
        return [await _purchase(first, order) for order in reversed(orders)]

    async def writes(self, purchases: list[_Purchase]) -> None:
        """All of them, over all connections at once."""
        left = deque(purchases)

        async def work(connection: asyncpg.Connection) -> None:
            while left:
                await left.popleft().write(connection, self.inserts)

        async with asyncio.TaskGroup() as tasks:
            for connection in self.connections:
                tasks.create_task(work(connection))

    async def close(self) -> None:
        """End the connections."""
        for connection in self.connections:
            await connection.close()


async def _insert(connection: asyncpg.Connection, table: str) -> str:
    columns = await connection.fetch(
        "SELECT 1 FROM information_schema.columns WHERE table_schema = 'bare' AND table_name = $1",
        table,
    )
    places = ", ".join(f"${nth}" for nth in range(1, len(columns) + 1))
    return f"INSERT INTO bare.{table} VALUES ({places})"  # noqa: S608 - the names are our own


async def _purchase(connection: asyncpg.Connection, order: asyncpg.Record) -> _Purchase:
    async def one(table: str, column: str, value: Any) -> asyncpg.Record:
        query = f"SELECT * FROM {table} WHERE {column} = $1"  # noqa: S608 - the names are our own
        return await connection.fetchrow(query, value)

    return _Purchase(
        {
            "quotes": await one("quotes", "id", order["quote"]),
            "accounts": await one("accounts", "account", f"hold:{order['id']}"),
            "orders": order,
            "transfers": await one("transfers", "order_id", order["id"]),
            "order_events": await one("order_events", "order_id", order["id"]),
        }
    )
