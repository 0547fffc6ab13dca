"""A supplier counts the orders of each kind apart, so an id may be there once for each."""

from alembic import op

from bot.db.migrations.checks import replace_unique

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Every pair that was there once is there once with its kind."""
    name, wider = "uq_orders_supplier_remote_order", "uq_orders_supplier_kind_remote_order"
    replace_unique(op.get_bind(), "orders", (name, wider), ("supplier", "kind", "remote_order"))
