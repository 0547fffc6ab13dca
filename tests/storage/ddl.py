"""What the first migration must say, made afresh from the tables and the rules."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.storage import rules
from bot.storage.tables import metadata

SEPARATOR = "\n;;\n"


def first_migration(dialect: str) -> str:
    """The text of `v0001_<dialect>.sql`."""
    module: Any = sqlite if dialect == "sqlite" else postgresql
    speaks = module.dialect()
    said = rules.sqlite_rules() if dialect == "sqlite" else rules.postgresql_rules()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(_tidy(str(CreateTable(table).compile(dialect=speaks))))
        indexes = sorted(table.indexes, key=lambda one: str(one.name))
        statements += [str(CreateIndex(one).compile(dialect=speaks)).strip() for one in indexes]
    return SEPARATOR.join([*statements, *(" ".join(rule.split()) for rule in said)]) + "\n"


def _tidy(statement: str) -> str:
    lines = statement.strip().splitlines()
    return "\n".join(line.rstrip().replace("\t", "    ") for line in lines)
