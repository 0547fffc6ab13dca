"""The operators: kept in a table that ADMIN_IDS seeds, and what each of them did."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import delete, insert, select

from bot.base.acts import Act, Role
from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.base.keys import customer_change
from bot.db.replicas import note_change
from bot.db.tx import Tx, insert_for
from bot.people.tables import audit_log, operators

SETTINGS: Final = "ADMIN_IDS"
"""Who gave a role that the settings gave."""


def seed_operators(tx: Tx, owners: Collection[CustomerId]) -> None:
    """Make these people owners, and take back the role of others that the settings gave."""
    named = sorted(set(owners))
    by_settings = operators.c.by == SETTINGS
    others = delete(operators).where(by_settings, operators.c.id.not_in(named))
    for former in tx.execute(others.returning(operators.c.id)).scalars().all():
        note_change(tx, customer_change(CustomerId(former)))
    for owner in named:
        row = insert_for(tx, operators).values(id=owner, role=Role.OWNER, by=SETTINGS, at=tx.now)
        if tx.execute(row.on_conflict_do_nothing(index_elements=["id"])).rowcount:
            note_change(tx, customer_change(owner))


def list_operators(tx: Tx) -> tuple[CustomerId, ...]:
    """Everybody who runs the shop."""
    found = tx.execute(select(operators.c.id).order_by(operators.c.id)).scalars()
    return tuple(CustomerId(one) for one in found)


def find_role(tx: Tx, who: CustomerId) -> Role | None:
    """The role of an operator, None for everybody else."""
    query = select(operators.c.role).where(operators.c.id == who)
    return tx.execute(query).scalar_one_or_none()


def check_act(tx: Tx, act: Act) -> None:
    """Let an operator act who still has the role they came with. Raises NotYours for others."""
    if find_role(tx, act.who) is not act.role:
        raise NotYours


def note_act(
    tx: Tx, actor: str, action: str, subject: str, before: str = "", after: str = ""
) -> None:
    """Write one act into the audit log with what it changed."""
    line = {"at": tx.now, "actor": actor, "action": action, "subject": subject}
    tx.execute(insert(audit_log).values(before=before, after=after, **line))
