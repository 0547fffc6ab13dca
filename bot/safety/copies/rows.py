"""All rows from one database into another, unchanged: triggers are off on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import (
    Connection,
    MetaData,
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

from bot.safety.tables import metadata

_CHUNK: Final = 500
_SEQUENCES: Final = """
SELECT owner.relname, pg_sequence_last_value(given.oid)
FROM pg_class given
JOIN pg_depend of_column ON of_column.objid = given.oid AND of_column.deptype IN ('a', 'i')
    AND of_column.classid = 'pg_class'::regclass
JOIN pg_class owner ON owner.oid = of_column.refobjid
WHERE given.relkind = 'S' AND pg_table_is_visible(owner.oid)
"""
"""The last id that each column of PostgreSQL's has given out, NULL for none, by its table."""
TABLES: Final = tuple(metadata.sorted_tables)
"""Those that others refer to first."""
NUMBERED: Final = tuple(one for one in TABLES if "id" in one.c and one.c.id.autoincrement is True)


def tables_of(connection: Connection) -> tuple[Table, ...]:
    """A copy's tables as they stand, of whatever version; those that others refer to first."""
    found = MetaData()
    found.reflect(connection)
    return tuple(one for one in found.sorted_tables if one.name != "alembic_version")


def copy_rows(source: Connection, target: Connection, tables: Sequence[Table] = TABLES) -> None:
    """Copy every row of every table; both databases hold the same integers and texts."""
    for one in tables:
        bare = _bare(one)
        keys = [bare.c[key.name] for key in one.primary_key.columns]
        query = select(bare).order_by(*keys)
        found = source.execute(query, execution_options={"yield_per": _CHUNK})
        for rows in found.mappings().partitions(_CHUNK):
            target.execute(insert(bare), [_storable(row) for row in rows])


def wipe(connection: Connection, tables: Sequence[Table] = TABLES) -> None:
    """Take every row out."""
    for one in reversed(tables):
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
    """Triggers are off inside the block; a failure inside has to undo the whole transaction."""
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
    rows = connection.exec_driver_sql(_SEQUENCES).all()
    return {str(name): int(last or 0) for name, last in rows}


def set_last_ids(connection: Connection, last: Mapping[str, int]) -> None:
    """Let each table go on after these ids."""
    for name, number in last.items():
        given = {"name": name, "last": number}
        if connection.dialect.name == "sqlite":
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
            said = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"
        else:
            said = "SELECT setval(pg_get_serial_sequence(:name, 'id'), :last + 1, false)"
        connection.execute(text(said), given)
