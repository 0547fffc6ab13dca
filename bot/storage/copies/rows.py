"""All rows from one database into another, as they are: no rule moves a balance on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import (
    Connection,
    RowMapping,
    Table,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.storage.tables import metadata

_CHUNK: Final = 500
TABLES: Final = tuple(metadata.sorted_tables)
"""Those that others refer to first."""
NUMBERED: Final = tuple(one for one in TABLES if "id" in one.c and one.c.id.autoincrement is True)


def copy_rows(source: Connection, target: Connection) -> None:
    """Every row of every table; both sides keep integers and texts, so nothing is translated."""
    for one in TABLES:
        bare = _bare(one)
        keys = [bare.c[key.name] for key in one.primary_key.columns]
        query = select(bare).order_by(*keys)
        found = source.execute(query, execution_options={"yield_per": _CHUNK})
        for rows in found.mappings().partitions(_CHUNK):
            target.execute(insert(bare), [_storable(row) for row in rows])


def wipe(connection: Connection) -> None:
    """Take every row out."""
    for one in reversed(TABLES):
        connection.execute(delete(one))


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table holds."""
    return {
        one.name: int(connection.execute(select(func.count()).select_from(one)).scalar_one())
        for one in TABLES
    }


def _bare(one: Table) -> Any:
    """The table without our types: values as the driver brings them."""
    return table(one.name, *(column(each.name, _bare_type(each.type)) for each in one.columns))


def _bare_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def _storable(row: RowMapping) -> dict[str, Any]:
    """PostgreSQL keeps no NUL in a text, and no text of ours means anything by one."""
    return {
        str(name): value.replace("\0", "") if isinstance(value, str) else value
        for name, value in row.items()
    }


@contextmanager
def rules_asleep(connection: Connection) -> Iterator[None]:
    """No trigger of ours fires inside; a failure inside has to undo the whole transaction."""
    if connection.dialect.name == "postgresql":
        for one in TABLES:
            connection.execute(text(f"ALTER TABLE {one.name} DISABLE TRIGGER USER"))
        yield
        for one in TABLES:
            connection.execute(text(f"ALTER TABLE {one.name} ENABLE TRIGGER USER"))
        return
    known = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    rules = connection.exec_driver_sql(known).all()
    for name, _ in rules:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, rule in rules:
        connection.exec_driver_sql(rule)


def last_ids(connection: Connection) -> dict[str, int]:
    """The last id that each table has given out, also where its row is gone."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence").all()
        return {str(name): int(last) for name, last in rows}
    found = {}
    for one in NUMBERED:
        sequence = table(f"{one.name}_id_seq", column("last_value"), column("is_called"))
        row = connection.execute(select(sequence)).one()
        found[one.name] = int(row.last_value) if row.is_called else 0
    return found


def set_last_ids(connection: Connection, last: Mapping[str, int]) -> None:
    """Let each table go on after these ids."""
    for one in NUMBERED:
        given = {"name": one.name, "last": last.get(one.name, 0)}
        if connection.dialect.name == "sqlite":
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
            said = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"
        else:
            said = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last + 1, false)"
        connection.execute(text(said), given)
