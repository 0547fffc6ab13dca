"""INSERT ... ON CONFLICT for whichever dialect the connection speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.db.tx import Tx


def insert_for(tx: Tx, table: Table) -> Any:
    """The dialect's own INSERT, which knows both `on_conflict_do_...`."""
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    return dialect.insert(table)


def each_dialect(build: Callable[[Any], Any]) -> Mapping[str, Any]:
    """A statement built once for each dialect, by the dialect's name."""
    return {"sqlite": build(sqlite), "postgresql": build(postgresql)}
