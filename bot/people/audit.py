"""The audit log: who did what at the desk, and what it changed. It only grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, insert, select

from bot.base.page import PAGE_SIZE, Page
from bot.db.tx import Tx
from bot.people.tables import audit_log

NOT_PERMITTED: Final = "not permitted"
"""An operator tried what their role does not permit."""


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """One line: `actor` is an operator's id or the word for what acted by itself.

    `subject` is a noun and its id, such as `order:12`; `before` and `after` are amounts as
    decimals, states, roles or numbers.
    """

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    before: str
    after: str


def note_act(
    tx: Tx, actor: str, action: str, subject: str, before: str = "", after: str = ""
) -> int:
    """Write one act into the audit log with what it changed; the number of its line."""
    line = {"at": tx.now, "actor": actor, "action": action, "subject": subject}
    row = insert(audit_log).values(before=before, after=after, **line)
    return int(tx.execute(row.returning(audit_log.c.id)).scalar_one())


def find_act(tx: Tx, line: int) -> LoggedAct | None:
    """One line of the log by its number; None where there is none."""
    return tx.find(LoggedAct, select(audit_log).where(audit_log.c.id == line))


def list_acts(tx: Tx, page: int, actor: str = "") -> Page[LoggedAct]:
    """One page of the log, newest first, eight a page; with an actor, theirs alone.

    A number beyond the ends is the nearest.
    """
    query = select(audit_log)
    if actor:
        query = query.where(audit_log.c.actor == actor)
    total = int(tx.execute(select(func.count()).select_from(query.subquery())).scalar_one())
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(max(page, 0), pages - 1)
    cut = query.order_by(audit_log.c.id.desc()).limit(PAGE_SIZE).offset(at * PAGE_SIZE)
    return Page(tx.list(LoggedAct, cut), at, pages, total)
