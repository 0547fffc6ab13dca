"""The desk: what customers may do and what is noted of them, proofs, claims, and letters."""

from alembic import op

from bot.db.migrations.checks import replace_check
from bot.db.migrations.statements import run_sql

revision = "0006"
down_revision = "0005"

_SENSIBLE = (
    "quantity > 0 AND (total > 0 AND cost <= total OR total = 0 AND expires_at = created_at)"
)
_PARTS = "captured >= 0 AND released >= 0 AND refunded >= 0 AND refunded <= captured"


def upgrade() -> None:
    """Nobody is limited, nothing is claimed, and a request made before has no proof.

    An order that replaces another one costs its customer nothing, and so does its quote.
    """
    run_sql(op.get_bind(), __file__)
    replace_check(op.get_bind(), "quotes", "ck_quotes_sensible", _SENSIBLE)
    replace_check(op.get_bind(), "orders", "ck_orders_no_negative_parts", _PARTS)
