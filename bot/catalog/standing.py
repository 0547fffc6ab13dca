"""How each supplier stands: its pauses, and the operator's balance there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select, update

from bot.base.ids import SupplierName
from bot.catalog.tables import suppliers
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import SupplierCause
from bot.suppliers.port import Balance


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


class SupplierRow(NamedTuple):
    """A row of `suppliers`, column by column. `pauses` are causes with commas between."""

    name: SupplierName
    pauses: str
    balance: Decimal | None
    balance_currency: str
    balance_at: datetime | None
    read_at: datetime | None
    rows: int
    numbers_read_at: datetime | None
    number_rows: int


def state(tx: Tx, supplier: SupplierName) -> SupplierState:
    """See `Shelves.state`."""
    query = select(suppliers).where(suppliers.c.name == supplier)
    row = tx.find(SupplierRow, query)
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


def pause(tx: Tx, supplier: SupplierName, why: SupplierCause) -> bool:
    """See `Shelves.pause_supplier`; several causes may hold at once."""
    causes = _causes(_lock(tx, supplier))
    if why in causes:
        return False
    _write(tx, supplier, {*causes, why})
    return True


def resume(tx: Tx, supplier: SupplierName, why: SupplierCause) -> bool:
    """Take one cause away; whether it was there. Sales go on when none is left."""
    causes = _causes(_lock(tx, supplier))
    if why not in causes:
        return False
    _write(tx, supplier, causes - {why})
    return True


def note_balance(tx: Tx, supplier: SupplierName, balance: Balance) -> None:
    """See `Shelves.note_balance`."""
    _lock(tx, supplier)
    read = {
        "balance": balance.amount,
        "balance_currency": balance.currency,
        "balance_at": tx.now,
    }
    tx.execute(update(suppliers).where(suppliers.c.name == supplier).values(read))


def _lock(tx: Tx, supplier: SupplierName) -> str:
    row = insert_for(tx, suppliers).values(name=supplier)
    tx.execute(row.on_conflict_do_nothing())
    query = select(suppliers.c.pauses).where(suppliers.c.name == supplier)
    return str(tx.execute(query.with_for_update(key_share=True)).scalar_one())


def _causes(pauses: str) -> set[SupplierCause]:
    return {SupplierCause(cause) for cause in pauses.split(",") if cause}


def _write(tx: Tx, supplier: SupplierName, causes: set[SupplierCause]) -> None:
    change = update(suppliers).where(suppliers.c.name == supplier)
    tx.execute(change.values(pauses=",".join(sorted(causes))))
