"""The audit log: every act of an operator with before and after."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from bot.storage.tables import audit_log


def note_act(
    connection: Connection,
    by: tuple[str, datetime],
    action: str,
    subject: str,
    change: tuple[str, str],
) -> None:
    """Write one act down; `by` is the actor and the time, `change` before and after."""
    actor, now = by
    before, after = change
    line = {"at": now, "actor": actor, "action": action, "subject": subject}
    connection.execute(insert(audit_log).values(before=before, after=after, **line))
