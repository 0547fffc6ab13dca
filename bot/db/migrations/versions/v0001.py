"""The first tables and rules of the shop, frozen as the SQL files beside this one."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Run the dialect's statements, which are separated by lines of two semicolons."""
    dialect = op.get_bind().dialect.name
    statements = Path(__file__).with_name(f"v0001_{dialect}.sql").read_text(encoding="utf-8")
    for statement in statements.split("\n;;\n"):
        op.get_bind().exec_driver_sql(statement)
