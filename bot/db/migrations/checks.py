"""What a step says about a table's CHECK or UNIQUE, once for both dialects."""

from __future__ import annotations

import re

from sqlalchemy import Connection


def replace_check(connection: Connection, table: str, name: str, condition: str) -> None:
    """Let a CHECK say something else from now on; rows are brought to fit it before.

    SQLite has no statement for that. Where no row has to be written anew, its own documentation
    writes the text of the table anew instead, inside the transaction as everything else.
    Source: sqlite.org, "ALTER TABLE", "Making Other Kinds Of Table Schema Changes".

    Raises:
        LookupError: SQLite's table has no such CHECK, or not on a line of its own.
        ValueError: a row does not fit.
    """
    misfit = f"SELECT 1 FROM {table} WHERE NOT ({condition}) LIMIT 1"  # noqa: S608 - a step's own words
    if connection.exec_driver_sql(misfit).first() is not None:
        message = f"rows of {table} do not fit {name}"
        raise ValueError(message)
    if connection.dialect.name == "sqlite":
        _rewrite(connection, table, name, condition)
        return
    connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})")


def replace_unique(
    connection: Connection, table: str, names: tuple[str, str], columns: tuple[str, ...]
) -> None:
    """Let a UNIQUE, under its old and its new name, hold for other columns from now on.

    On SQLite the text of the table is written anew, as for a CHECK, and then its indexes are.

    Raises:
        LookupError: SQLite's table has no such UNIQUE, or not on a line of its own.
    """
    old, new = names
    listed = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        line = rf"(?<=CONSTRAINT ){old} UNIQUE \(.*\)(?=,?$)"
        _write_anew(connection, table, line, f"{new} UNIQUE ({listed})", old)
        connection.exec_driver_sql(f"REINDEX {table}")
        return
    connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {old}")
    connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {new} UNIQUE ({listed})")


def _rewrite(connection: Connection, table: str, name: str, condition: str) -> None:
    line = rf"(?<=CONSTRAINT {name} CHECK )\(.*\)(?=,?$)"
    _write_anew(connection, table, line, f"({condition})", name)


def _write_anew(connection: Connection, table: str, line: str, text: str, name: str) -> None:
    of_table = "type = 'table' AND name = ?"
    find = f"SELECT sql FROM sqlite_master WHERE {of_table}"  # noqa: S608 - no value is in it
    said = str(connection.exec_driver_sql(find, (table,)).scalar_one())
    anew, found = re.subn(line, lambda _: text, said, flags=re.MULTILINE)
    if found != 1:
        message = f"{table} has no line with {name}"
        raise LookupError(message)
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    write = f"UPDATE sqlite_master SET sql = ? WHERE {of_table}"  # noqa: S608 - no value is in it
    connection.exec_driver_sql(write, (anew, table))
    connection.exec_driver_sql(f"PRAGMA schema_version = {int(version) + 1}")  # read it anew
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
