"""Whose chats have the menu of an operator: known over restarts, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from bot.base.acts import Role
from bot.base.ids import CustomerId
from bot.db.meta import MENUS, facts
from bot.db.tx import Tx, insert_for
from bot.people.tables import customers, operators


@dataclass(frozen=True, slots=True)
class DeskMenu:
    """What decides about an operator's menu; `language` is empty before they have written."""

    role: Role
    language: str


def claim_menus(tx: Tx) -> tuple[Mapping[CustomerId, DeskMenu], frozenset[CustomerId]]:
    """Every operator with their menu, and who has one and runs the shop no more.

    Both are written down before Telegram is told, so that none is left behind by a process that
    ends meanwhile.
    """
    rows = select(operators.c.id, operators.c.role, customers.c.language)
    found = tx.execute(rows.outerjoin(customers, customers.c.id == operators.c.id)).all()
    now = {CustomerId(row.id): DeskMenu(row.role, row.language or "") for row in found}
    known = _known(tx)
    if not now.keys() <= known:
        _write(tx, known | now.keys())
    return now, known - now.keys()


def forget_menu(tx: Tx, former: CustomerId) -> None:
    """Note that somebody's menu is a customer's again."""
    _write(tx, _known(tx) - {former})


def _known(tx: Tx) -> frozenset[CustomerId]:
    query = select(facts.c.value).where(facts.c.name == MENUS)
    text = tx.execute(query.with_for_update()).scalar_one_or_none() or ""
    return frozenset(CustomerId(int(one)) for one in text.split())


def _write(tx: Tx, chats: frozenset[CustomerId]) -> None:
    text = " ".join(map(str, sorted(chats)))
    row = insert_for(tx, facts).values(name=MENUS, value=text)
    tx.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": text}))
