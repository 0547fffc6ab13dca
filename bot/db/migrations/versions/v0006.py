"""The desk: what customers may do and what is noted of them, proofs, claims, and letters."""

from alembic import op

from bot.db.migrations.statements import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nobody is limited, nothing is claimed, and a request made before has no proof."""
    run_sql(op.get_bind(), __file__)
