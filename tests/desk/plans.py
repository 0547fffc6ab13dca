"""How a database means to run what a transaction asks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from sqlalchemy import event

from bot.db.tx import Tx

P = ParamSpec("P")
Plans = list[tuple[str, str]]
_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


def plans_of(
    tx: Tx, fn: Callable[Concatenate[Tx, P], object], *args: P.args, **kwargs: P.kwargs
) -> Plans:
    """Each statement of a transaction with its plan, in a table that is too large to be read."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    event.listen(tx.connection, "before_cursor_execute", note)
    try:
        fn(tx, *args, **kwargs)
    finally:
        event.remove(tx.connection, "before_cursor_execute", note)
    if tx.dialect.name == "postgresql":  # a small table would be read whole, whatever there is
        tx.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return [(statement, _plan(tx, statement, parameters)) for statement, parameters in asked]


def _plan(tx: Tx, statement: str, parameters: Any) -> str:
    explain = f"{_EXPLAIN[tx.dialect.name]} {statement}"
    return "\n".join(str(row[-1]) for row in tx.connection.exec_driver_sql(explain, parameters))
