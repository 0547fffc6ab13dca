"""The database's own history, applied at start, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.storage.shape import check_revision, only_kiosks

_LOCK = 0x4B696F73
"""Any number, the same in every process: starters on PostgreSQL pass one after another."""


def migrate(connection: Connection) -> str:
    """Bring the database to the newest revision inside the caller's transaction.

    Returns:
        The revision that stood there before, empty for a new database.

    Raises:
        WrongBooks: the database was made by a newer version of the shop, or by another program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    with only_kiosks():
        before = MigrationContext.configure(connection).get_current_revision() or ""
        check_revision(before, newest())
        command.upgrade(config, "head")
    return before


def newest() -> str:
    """The revision that this version of the shop works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
