"""Observers at the boundaries of a process: writes and commits, calls to suppliers and Telegram.

They stand around the shop's own functions and change nothing of them. A step of a transaction is
right after a statement that changed rows, before its commit and after it. What changes nothing is
no step: dying around a reading is dying after the write before it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Final

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from bot.chat.kit.telegram.session import Session
from bot.db.sqlite import SqliteDatabase
from bot.db.tx import Tx
from bot.suppliers.api_v2.wire import Wire
from tests.crash.steps import Marks

_WRITES: Final = re.compile(
    r"\s*(?P<verb>INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?(?P<table>\w+)", re.IGNORECASE
)
Function = Callable[..., Any]
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


class _Thread(threading.local):
    """What runs on this thread: how many rows its connection has changed so far, and for whom.

    Writers share a commit, which is a step of each of them.
    """

    def __init__(self) -> None:
        self.name = ""
        self.changes = 0
        self.wrote: list[str] = []


def _observe_database(marks: Marks) -> None:
    at = _Thread()

    def executed(_connection: Any, cursor: Any, words: str, *_: Any) -> None:
        found, changes = _WRITES.match(words), cursor.connection.total_changes
        if found and changes != at.changes:
            at.changes = changes
            at.wrote += [] if at.name in at.wrote else [at.name]
            marks.reach(f"{at.name}: {found['verb'].lower()} {found['table']}")

    event.listen(Engine, "after_cursor_execute", executed)
    around(SqliteDatabase, "write", lambda write: _named(at, write))
    around(DefaultDialect, "do_commit", lambda commit: _observed_commit(marks, at, commit))


def _named(at: _Thread, write: Function) -> Function:
    async def observed(self: Any, fn: Function, *args: Any, **kwargs: Any) -> Any:
        whole = fn.func if isinstance(fn, partial) else fn

        def named(tx: Tx, *given: Any, **more: Any) -> Any:
            at.name = f"{whole.__module__.removeprefix('bot.')}.{whole.__name__}"
            return fn(tx, *given, **more)

        return await write(self, named, *args, **kwargs)

    return observed


def _observed_commit(marks: Marks, at: _Thread, commit: Function) -> Function:
    def observed(self: Any, connection: Any) -> None:
        writers, at.wrote = at.wrote, []
        for name in writers:
            marks.reach(f"{name}: commit")
        commit(self, connection)
        for name in writers:
            marks.reach(f"{name}: committed")

    return observed


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
