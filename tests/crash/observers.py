"""Observers at the boundaries of a process: writes and commits, calls to suppliers and Telegram.

They stand around the shop's own functions and change nothing of them. A step of a transaction is
right after a statement that changed rows, before its commit and after it. What changes nothing is
no step: dying around a reading is dying after the write before it. Nor is a heart that beats.
"""

from __future__ import annotations

import asyncio
import re
import select
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial, wraps
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from bot.chat.kit.telegram.session import Session
from bot.db import replicas
from bot.db.database import Database
from bot.db.tx import Tx
from bot.suppliers.api_v2.wire import Wire
from tests.crash.steps import SENT, Marks

_WRITES: Final = re.compile(
    r"\s*(?P<verb>INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?(?P<table>\w+)", re.IGNORECASE
)
Function = Callable[..., Any]
_STATE: Final = "crash"
_COMMITS_WITHIN_S: Final = 2.0
_NOTHING_NEW: Final = b'{"ok": true, "result": []}'


def around(owner: Any, name: str, make: Callable[[Function], Function]) -> None:
    """Put what `make` makes of a function into its place."""
    original = getattr(owner, name)
    setattr(owner, name, wraps(original)(make(original)))


def observe(marks: Marks) -> None:
    """Make every boundary of this process a step."""
    _observe_database(marks)
    around(Wire, "_exchange", lambda exchange: _observed_supplier(marks, exchange))
    around(Session, "_post", lambda post: _observed_telegram(marks, post))
    around(Session, "make_request", lambda request: _observed_files(marks, request))


@dataclass(slots=True)
class _Connection:
    """What runs on a connection: how many rows it has changed so far, and for whom.

    Writers share a commit in a file, which is a step of each of them.
    """

    name: str = ""
    changes: int = 0
    wrote: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, connection: Any) -> _Connection:
        """What is known of a connection, of SQLAlchemy's or of the driver's below it."""
        state: _Connection = connection.info.setdefault(_STATE, cls())
        return state

    def has_changed(self, kind: str, cursor: Any) -> bool:
        """Whether the statement that was just executed has changed rows."""
        if kind != "sqlite":
            return bool(cursor.rowcount)  # -1 for many runs of it at once
        before, self.changes = self.changes, cursor.connection.total_changes
        return self.changes != before


def _observe_database(marks: Marks) -> None:
    def executed(connection: Any, cursor: Any, words: str, *_: Any) -> None:
        found, at = _WRITES.match(words), _Connection.of(connection)
        if found and at.name and at.has_changed(connection.dialect.name, cursor):
            at.wrote += [] if at.name in at.wrote else [at.name]
            marks.reach(f"{at.name}: {found['verb'].lower()} {found['table']}")

    event.listen(Engine, "after_cursor_execute", executed)
    around(Database, "write", _named)
    around(DefaultDialect, "do_commit", lambda commit: _observed_commit(marks, commit))


def _named(write: Function) -> Function:
    async def observed(self: Any, fn: Function, *args: Any, **kwargs: Any) -> Any:
        whole = fn.func if isinstance(fn, partial) else fn
        name = f"{whole.__module__.removeprefix('bot.')}.{whole.__name__}"

        def named(tx: Tx, *given: Any, **more: Any) -> Any:
            _Connection.of(tx.connection).name = "" if whole is replicas.beat else name
            return fn(tx, *given, **more)

        return await write(self, named, *args, **kwargs)

    return observed


def _observed_commit(marks: Marks, commit: Function) -> Function:
    def observed(self: Any, connection: Any) -> None:
        at = _Connection.of(connection)
        writers, at.wrote = at.wrote, []
        for name in writers:
            marks.reach(f"{name}: commit")
        if writers and self.name == "postgresql":
            _observe_sent(marks, writers, connection.driver_connection)
        commit(self, connection)
        for name in writers:
            marks.reach(f"{name}: committed")

    return observed


def _observe_sent(marks: Marks, writers: list[str], driver: Any) -> None:
    """A step between the commit that is about to be sent and its answer.

    A server that falls in it has committed, and its answer is lost.
    """
    transport = driver._transport  # noqa: SLF001 - asyncpg knows of no public way to its socket

    def answer_lies_here() -> None:
        select.select([transport.get_extra_info("socket")], [], [], _COMMITS_WITHIN_S)

    def sent() -> None:
        for name in writers:
            if marks.reach(f"{name}{SENT}", answer_lies_here):
                transport.abort()

    asyncio.get_running_loop().call_soon(sent)


def _observed_supplier(marks: Marks, exchange: Function) -> Function:
    async def observed(self: Any, client: Any, form: Any, bound: Any) -> Any:
        action = form["action"]
        marks.reach(f"supplier {action}: leaves")
        answer = await exchange(self, client, form, bound)
        marks.reach(f"supplier {action}: answered")
        return answer

    return observed


def _observed_telegram(marks: Marks, post: Function) -> Function:
    async def observed(self: Any, bot: Any, name: str, fields: Any, within_s: Any) -> Any:
        call, polls = telegram_call(name, fields.get("chat_id")), name == "getUpdates"
        if not polls:
            marks.reach(f"{call}: leaves")
        status, body = await post(self, bot, name, fields, within_s)
        if not polls or body != _NOTHING_NEW:
            marks.reach(f"{call}: answered")
        return status, body

    return observed


def _observed_files(marks: Marks, request: Function) -> Function:
    """Files do not go the way of plain fields."""

    async def observed(self: Any, bot: Any, method: Any, timeout: Any = None) -> Any:  # noqa: ASYNC109 - aiogram's name
        if method.__api_method__ != "sendDocument":
            return await request(self, bot, method, timeout)
        call = telegram_call(method.__api_method__, method.chat_id)
        marks.reach(f"{call}: leaves")
        answer = await request(self, bot, method, timeout)
        marks.reach(f"{call}: answered")
        return answer

    return observed


def telegram_call(method: str, chat: object) -> str:
    """How a call is named, in the process and in the world: `telegram sendMessage 1001`."""
    return f"telegram {method}" + (f" {chat}" if chat else "")
