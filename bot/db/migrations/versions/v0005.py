"""A notice says what it is about, so that it can be edited once that is settled."""

from alembic import op

revision = "0005"
down_revision = "0004"

_STEPS = (
    "ALTER TABLE outbox ADD COLUMN subject TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX ix_outbox_subject ON outbox (subject) WHERE subject <> ''",
    "CREATE INDEX ix_outbox_settling ON outbox (chat, message) WHERE subject <> ''",
)


def upgrade() -> None:
    """What was told before has no subject and stays as it is."""
    for step in _STEPS:
        op.get_bind().exec_driver_sql(step)
