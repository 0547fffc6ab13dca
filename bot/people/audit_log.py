"""The audit log: every act of an operator with before and after."""

from __future__ import annotations

from sqlalchemy import insert

from bot.db.tx import Tx
from bot.people.tables import audit_log


def note_act(
    tx: Tx, actor: str, action: str, subject: str, before: str = "", after: str = ""
) -> None:
    """Write one act down with what it changed."""
    line = {"at": tx.now, "actor": actor, "action": action, "subject": subject}
    tx.execute(insert(audit_log).values(before=before, after=after, **line))
