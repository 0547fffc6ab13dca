"""LISTEN on PostgreSQL: what one process commits wakes the workers of the others."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import structlog
from asyncpg import InterfaceError, PostgresError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db.database import Waker

log = structlog.stdlib.get_logger(__name__)

CHANNEL: Final = "kiosk"
_LOOK_EVERY_S: Final = 1.0
_AGAIN_AFTER_S: Final = 2.0


async def listen(engine: AsyncEngine, waker: Waker, stopping: asyncio.Event) -> None:
    """Wake topics as they are notified; connect again when the connection ends.

    Everybody is woken after a new connection, because wakes may have been lost meanwhile.
    """
    failed = False
    while not stopping.is_set():
        try:
            await _hear(engine, waker, stopping)
            failed = False
        except (OSError, SQLAlchemyError, PostgresError, InterfaceError) as failure:
            if not failed:
                log.warning("listening_failed", why=type(failure).__name__)
            failed = True
            await _pause(stopping, _AGAIN_AFTER_S)


async def _hear(engine: AsyncEngine, waker: Waker, stopping: asyncio.Event) -> None:
    """Wake by notifications until the connection ends or we stop, outside any transaction."""

    def notified(_connection: object, _process: int, _channel: str, topic: str) -> None:
        waker.wake([topic])

    async with engine.connect() as connection:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        try:
            if raw.is_closed():  # it ended while it lay in the pool
                return
            await raw.add_listener(CHANNEL, notified)
            waker.wake_all()
            while not stopping.is_set() and not raw.is_closed():
                await _pause(stopping, _LOOK_EVERY_S)
        finally:
            await connection.invalidate()  # no transaction is to get one that ended or listens


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
