"""Roles: given and taken back by an owner; whoever ADMIN_IDS names stays an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from bot.base.acts import Act, Permission, Role
from bot.base.ids import CustomerId
from bot.base.keys import customer_change, role_key
from bot.base.topics import MENUS
from bot.db.replicas import note_change
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import RoleChanged
from bot.outbox.tell import tell
from bot.people.audit import note_act
from bot.people.customers import Customer, find, load_customer
from bot.people.errors import LastOwner, NamedInSettings
from bot.people.operators import SETTINGS, check_act
from bot.people.tables import operators


@dataclass(frozen=True, slots=True)
class Operator:
    """One who runs the shop; `customer` is None for one who has not written to the bot yet.

    `by` is who gave the role: an operator's id, or ADMIN_IDS.
    """

    id: CustomerId
    role: Role
    by: str
    at: datetime
    customer: Customer | None


def list_roles(tx: Tx) -> tuple[Operator, ...]:
    """Everybody who runs the shop, the owners first."""
    found = tx.execute(select(operators).order_by(operators.c.at, operators.c.id)).all()
    everybody = [
        Operator(CustomerId(row.id), row.role, row.by, row.at, find(tx, CustomerId(row.id)))
        for row in found
    ]
    return tuple(sorted(everybody, key=lambda one: list(Role).index(one.role)))


def set_role(tx: Tx, act: Act, who: CustomerId, role: Role | None) -> Role | None:
    """Give somebody a role, or take theirs with None; the role that they had before.

    Nothing is written where it is theirs already. Raises LastOwner, NamedInSettings, NotAllowed,
    and NotYours for who may not act and for who has never written to the bot.
    """
    check_act(tx, act, Permission.SHOP)
    rows = {row.id: row for row in tx.execute(select(operators).with_for_update()).all()}
    known = rows.get(who)
    before = None if known is None else known.role
    if before is None:
        load_customer(tx, who)
    if before is role:
        return before
    if known is not None and known.by == SETTINGS:
        raise NamedInSettings
    owners = [row.id for row in rows.values() if row.role is Role.OWNER]
    if owners == [who]:
        raise LastOwner
    _write(tx, act, who, role)
    note_change(tx, customer_change(who))
    tx.wake(MENUS)
    line = note_act(tx, act.actor, "role", f"customer:{who}", before or "", role or "")
    tell(tx, who, role_key(line), RoleChanged(role))
    return before


def _write(tx: Tx, act: Act, who: CustomerId, role: Role | None) -> None:
    if role is None:
        tx.execute(delete(operators).where(operators.c.id == who))
        return
    given = {"role": role, "by": act.actor, "at": tx.now}
    row = insert_for(tx, operators).values(id=who, **given)
    tx.execute(row.on_conflict_do_update(index_elements=["id"], set_=given))
