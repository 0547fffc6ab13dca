"""What operators change at the desk while the shop runs, and the figures that they read."""

from alembic import op

from bot.db.migrations.statements import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """No rule, switch, word or broadcast stands; figures are counted from what has happened."""
    run_sql(op.get_bind(), __file__)
