"""What customers keep and look for, where operators put categories, what was replied to."""

from alembic import op

from bot.db.migrations.statements import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Nothing is marked, awaited or looked for yet; categories stand where they are listed.

    An order that operators were told of as stuck says so itself now.
    """
    run_sql(op.get_bind(), __file__)
