"""Who may do what, whether a chat can be reached, and no columns that nobody reads."""

from alembic import op

from bot.db.migrations.statements import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Everybody who could not be reached before cannot be reached after."""
    run_sql(op.get_bind(), __file__)
