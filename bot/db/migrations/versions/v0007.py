"""What customers keep and look for, and where operators put categories."""

from alembic import op

from bot.db.migrations.statements import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing is marked, awaited or looked for yet; categories stand where they are listed."""
    run_sql(op.get_bind(), __file__)
