"""The operators: kept in a table that ADMIN_IDS seeds, and whether one of them may act."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import delete, select

from bot.base.acts import Act, Permission, Role, may
from bot.base.errors import NotAllowed, NotYours, RefundTooLarge
from bot.base.ids import CustomerId
from bot.base.keys import customer_change
from bot.base.money import Money
from bot.db.replicas import note_change
from bot.db.tx import Tx, insert_for
from bot.people.tables import operators

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


def list_operators(tx: Tx, permission: Permission | None = None) -> tuple[CustomerId, ...]:
    """Everybody who runs the shop; with a permission, those whose role has it."""
    query = select(operators.c.id).order_by(operators.c.id)
    if permission is not None:
        query = query.where(operators.c.role.in_([one for one in Role if may(one, permission)]))
    return tuple(CustomerId(one) for one in tx.execute(query).scalars())


def find_role(tx: Tx, who: CustomerId) -> Role | None:
    """The role of an operator, None for everybody else."""
    query = select(operators.c.role).where(operators.c.id == who)
    return tx.execute(query).scalar_one_or_none()


def check_act(tx: Tx, act: Act, permission: Permission) -> None:
    """Let an operator act who still has the role they came with, where it permits this.

    Raises NotYours for who is none or has another role by now, NotAllowed for the rest.
    """
    if find_role(tx, act.who) is not act.role:
        raise NotYours
    if not may(act.role, permission):
        raise NotAllowed(permission)


def check_refund(tx: Tx, act: Act, amount: Money) -> None:
    """Raise RefundTooLarge where this is more than the operator's role may give back at once."""
    most = tx.settings.support_refund_limit
    if act.role is Role.SUPPORT and amount > most:
        raise RefundTooLarge(Permission.ORDERS, most)
