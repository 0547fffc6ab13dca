"""The SQL of a step, which lies beside it in one file for each dialect."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection

_SEPARATOR: Final = "\n;;\n"


def run_sql(connection: Connection, step: str) -> None:
    """Run `<step>_<dialect>.sql` one statement after the other, in the caller's transaction.

    Args:
        connection: to the database that takes the step.
        step: the step's own `__file__`; in its SQL, lines of two semicolons stand between
            statements, because one is written inside triggers.
    """
    file = Path(step).with_suffix("")
    named = file.with_name(f"{file.name}_{connection.dialect.name}.sql")
    for statement in named.read_text(encoding="utf-8").split(_SEPARATOR):
        connection.exec_driver_sql(statement)
