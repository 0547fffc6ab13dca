"""Replicas: who runs, who has claimed what, what one changes for the others; notices' subjects."""

from alembic import op

from bot.db.migrations.statements import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing is claimed by anybody; what was told before has no subject and stays as it is."""
    run_sql(op.get_bind(), __file__)
