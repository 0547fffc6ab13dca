"""The way back from a copy: into an empty database, and into safe mode."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, select, update

from bot.broadcasts.restored import pause_restored
from bot.db.database import Database
from bot.db.meta import SAFE_MODE, facts
from bot.db.migrations import migrate
from bot.db.opening import compare
from bot.db.schema_check import kiosk_schema
from bot.db.tx import Tx, TxSettings, on_a_copy
from bot.money.tables import transfers
from bot.orders.tables import attempts, orders, quotes
from bot.outbox.tables import chat_slots
from bot.people.tables import forms
from bot.safety import safe_mode
from bot.safety.copies.earlier import of_today
from bot.safety.copies.examine import COPIED_AT, CannotCopy, Examined, examine, opened
from bot.safety.copies.rows import (
    NUMBERED,
    copy_rows,
    count_rows,
    last_ids,
    rules_asleep,
    set_last_ids,
    wipe,
)
from bot.safety.prove import prove
from bot.safety.rekey import KEYS
from bot.safety.safe_mode import Restored

GAP: Final = 1_000_000
"""Numbers left out: what was numbered since the copy is still written on buttons in chats."""


async def read_copy(file: Path, settings: TxSettings) -> Examined:
    """Look at a copy before anything is written; one of an earlier version as it will be.

    Raises CannotCopy, or WrongDatabase where its currency or its key is not ours.
    """
    found = await asyncio.to_thread(_examined_for, file, settings)
    if found.findings:
        message = f"the books in {file} do not prove: {'; '.join(found.findings[:3])}"
        raise CannotCopy(message)
    return found


def _examined_for(file: Path, settings: TxSettings) -> Examined:
    with of_today(file) as copy:
        found = examine(copy, str(file))
        with opened(copy) as connection:
            compare(on_a_copy(connection, settings))
    return found


async def restore_copy(database: Database, file: Path, found: Examined, now: datetime) -> None:
    """Put the copy into an empty database, whole or not at all; the shop is in safe mode then.

    Raises WrongDatabase for another program's, CannotCopy for one that is not empty, and where
    what arrived is not what was in the copy.
    """
    restored = Restored(found.copied_at, now)
    with ExitStack() as stack:
        copy = await asyncio.to_thread(stack.enter_context, of_today(file))
        await database.write(_fill, copy, found, restored)


def _fill(tx: Tx, file: Path, found: Examined, restored: Restored) -> None:
    connection = tx.connection
    migrate(connection)
    for one in (orders, transfers):
        with kiosk_schema():
            held = connection.execute(select(one.c.id).limit(1)).first()
        if held is not None:
            message = f"the database holds {one.name} already: a copy goes into an empty one only"
            raise CannotCopy(message)
    with opened(file) as copy, rules_asleep(connection):
        wipe(connection)
        copy_rows(copy, connection)
        given = last_ids(copy)
    if count_rows(connection) != found.rows or prove(tx):
        message = "the copy did not arrive whole; nothing was changed"
        raise CannotCopy(message)
    set_last_ids(connection, {one.name: given.get(one.name, 0) + GAP for one in NUMBERED})
    _forget_the_moment(connection, restored.restored_at)
    pause_restored(tx)
    safe_mode.switch_on(tx, restored)


def _forget_the_moment(connection: Connection, now: datetime) -> None:
    """What was true of the copy's moment only, and would mislead people or machines now.

    A price that was still open may have been used since; what a chat was about to type, and when
    it might be written to again, is long over; and the operator's balance says nothing any more
    about an order that was in doubt then.
    """
    notes = (COPIED_AT, KEYS, SAFE_MODE)
    unused = update(quotes).where(quotes.c.used_at.is_(None), quotes.c.expires_at > now)
    for one in (
        delete(facts).where(facts.c.name.in_(notes)),
        delete(forms),
        update(chat_slots).values(free_at=now),
        unused.values(expires_at=now),
        update(attempts).values(reading_due_at=None),
    ):
        connection.execute(one)
