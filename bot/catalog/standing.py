"""How suppliers and services stand: what keeps sales away, and the operator's balance there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select, update

from bot.base.acts import Act, Permission
from bot.base.ids import SupplierName
from bot.base.keys import supplier_cause
from bot.base.topics import WATCHES
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.tables import suppliers
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import SupplierCause
from bot.outbox.tell import end_alert
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.suppliers.port import Balance

_PAUSED: Final = select(suppliers.c.name).where(suppliers.c.pauses != "")


@dataclass(frozen=True, slots=True)
class SupplierState:
    """What is remembered of a supplier between runs; `pauses` keep new sales away."""

    name: SupplierName
    pauses: tuple[SupplierCause, ...]
    balance: Balance | None
    balance_at: datetime | None
    read_at: datetime | None
    rows: int
    number_rows: int = 0


def lock_supplier(tx: Tx, supplier: SupplierName) -> str:
    """Make a supplier's row and lock it until the transaction ends; its pauses as they stand."""
    row = insert_for(tx, suppliers).values(name=supplier)
    tx.execute(row.on_conflict_do_nothing())
    query = select(suppliers.c.pauses).where(suppliers.c.name == supplier)
    return str(tx.execute(query.with_for_update(key_share=True)).scalar_one())


def state(tx: Tx, supplier: SupplierName) -> SupplierState:
    """What is remembered of a supplier; a new one has no pauses and was never read."""
    query = select(suppliers).where(suppliers.c.name == supplier)
    row = tx.execute(query).one_or_none()
    if row is None:
        return SupplierState(supplier, (), None, None, None, 0)
    return SupplierState(
        name=supplier,
        pauses=tuple(sorted(_causes(row.pauses))),
        balance=None if row.balance is None else Balance(row.balance, row.balance_currency),
        balance_at=row.balance_at,
        read_at=row.read_at,
        rows=row.rows,
        number_rows=row.number_rows,
    )


def list_paused(tx: Tx) -> frozenset[SupplierName]:
    """The suppliers whose services are not sold now, for whatever cause."""
    return frozenset(tx.execute(_PAUSED).scalars())


def check_not_paused(tx: Tx, supplier: SupplierName) -> None:
    """Raise NotForSale while new sales of a supplier's services are kept away."""
    if supplier in list_paused(tx):
        raise NotForSale(NotForSaleReason.SUPPLIER_PAUSED)


def pause(tx: Tx, supplier: SupplierName, why: SupplierCause) -> bool:
    """Keep new sales away for a cause; True when it is new. Several causes may hold at once."""
    causes = _causes(lock_supplier(tx, supplier))
    if why in causes:
        return False
    _write(tx, supplier, {*causes, why})
    return True


def resume(tx: Tx, supplier: SupplierName, why: SupplierCause) -> bool:
    """Take one cause away; whether it was there. Sales go on when none is left."""
    causes = _causes(lock_supplier(tx, supplier))
    if why not in causes:
        return False
    _write(tx, supplier, causes - {why})
    tx.wake(WATCHES)
    return True


def note_balance(tx: Tx, supplier: SupplierName, balance: Balance) -> None:
    """Remember the operator's balance as just read."""
    lock_supplier(tx, supplier)
    read = {"balance": balance.amount, "balance_currency": balance.currency, "balance_at": tx.now}
    tx.execute(update(suppliers).where(suppliers.c.name == supplier).values(read))


def _causes(pauses: str) -> set[SupplierCause]:
    return {SupplierCause(cause) for cause in pauses.split(",") if cause}


def _write(tx: Tx, supplier: SupplierName, causes: set[SupplierCause]) -> None:
    change = update(suppliers).where(suppliers.c.name == supplier)
    tx.execute(change.values(pauses=",".join(sorted(causes))))


def resume_supplier(tx: Tx, act: Act, name: SupplierName) -> bool:
    """Sell a supplier's services again, on an operator's word; whether anything was paused."""
    check_act(tx, act, Permission.SUPPLIERS)
    pauses = state(tx, name).pauses
    for cause in pauses:
        resume(tx, name, cause)
        for told in (cause, f"{cause}-partly"):
            end_alert(tx, supplier_cause(told, name), None)
    if pauses:
        note_act(tx, act.actor, "resume", f"supplier:{name}", ",".join(pauses))
    return bool(pauses)
