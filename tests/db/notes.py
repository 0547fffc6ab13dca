"""The smallest table that a transaction can be tried on, in a test's words."""

import asyncio
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot.base.errors import DatabaseUnavailable
from bot.db.database import Database
from bot.db.tx import Tx

_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Ends every connection of a PostgreSQL database but the one that says so."""


def end_others(tx: Tx) -> None:
    tx.connection.exec_driver_sql(_END_OTHERS)


def make(tx: Tx) -> None:
    tx.connection.exec_driver_sql("CREATE TABLE notes (note TEXT NOT NULL)")


def write(tx: Tx, note: str) -> None:
    tx.connection.exec_driver_sql(f"INSERT INTO notes VALUES ('{note}')")  # noqa: S608 - our words


def write_and_fail(tx: Tx, note: str) -> None:
    write(tx, note)
    raise LookupError(note)


def notes(tx: Tx) -> list[str]:
    return [
        row[0] for row in tx.connection.exec_driver_sql("SELECT note FROM notes ORDER BY note")
    ]


async def told(database: Database, calls: list[Any]) -> list[object]:
    """What each of many callers hears, who all ask at once; a refusal by its kind."""

    async def hear(fn: Any, note: str) -> object:
        try:
            await database.write(fn, note)
        except (LookupError, DatabaseUnavailable, DBAPIError) as refusal:
            return type(refusal)
        return note

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(hear(*call)) for call in calls]
    return [task.result() for task in tasks]
