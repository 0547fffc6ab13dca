"""How much a customer has under way is counted at each Confirm, whatever they ordered before."""

from alembic import op

revision = "0004"
down_revision = "0003"

_INDEX = (
    "CREATE INDEX ix_orders_under_way ON orders (customer, kind)"
    " WHERE state IN ('queued', 'submitting', 'active')"
)


def upgrade() -> None:
    """The index holds no order that has ended."""
    op.get_bind().exec_driver_sql(_INDEX)
