"""How every table is made: strict, named by one convention, ids never used twice."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, MetaData, Table
from sqlalchemy.schema import SchemaItem

from bot.db.types import Id

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *parts: SchemaItem) -> Table:
    """A table whose columns name its key."""
    return Table(name, metadata, *parts, sqlite_strict=True)


def numbered(name: str, *parts: SchemaItem) -> Table:
    """A table whose ids are handed out by the database and never used twice."""
    key = Column("id", Id, primary_key=True, autoincrement=True)
    return Table(name, metadata, key, *parts, sqlite_strict=True, sqlite_autoincrement=True)
