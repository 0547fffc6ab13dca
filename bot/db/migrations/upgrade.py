"""Taking steps, which is Alembic's part: it is loaded only when there are any to take."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from bot.db.schema_check import UnknownHistory


def upgrade(connection: Connection, end: str) -> None:
    """Take every step up to this one. Raises UnknownHistory where none leads there."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, end)
    except CommandError as failure:
        raise UnknownHistory from failure
