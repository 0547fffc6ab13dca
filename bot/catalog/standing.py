"""How suppliers and services stand: what keeps sales away, and the operator's balance there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from bot.base.acts import Act, Permission
from bot.base.ids import SupplierName
from bot.base.keys import supplier_cause
from bot.base.topics import WATCHES
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.switches.names import NUMBERS, SHOP, words_key
from bot.catalog.tables import suppliers
from bot.db.tx import Tx, insert_for
from bot.outbox.notices import SupplierCause
from bot.outbox.tell import end_alert
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.people.texts.own import Said, TextName
from bot.people.texts.store import drop_words, load_words
from bot.suppliers.port import Balance
from bot.suppliers.words import Kind

_SHOP: Final = suppliers.alias("shop")
_SHOP_IS_OFF: Final = exists().where(_SHOP.c.name == SHOP, _SHOP.c.pauses != "")
_PAUSED: Final = select(suppliers.c.name).where(or_(suppliers.c.pauses != "", _SHOP_IS_OFF))
_SALES_ALONE: Final = frozenset({SupplierCause.SWITCHED, SupplierCause.OUTAGE})
"""Causes that keep new sales away and let orders go on: what was confirmed is a promise."""
BY_THEMSELVES: Final = frozenset({SupplierCause.OUTAGE})
"""Causes that end by themselves alone: no operator can make a supplier answer."""


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
    """The suppliers whose services are not sold now, for whatever cause.

    `SHOP` is among them, and all are, while the whole shop is switched off; `NUMBERS` while SMS
    numbers are.
    """
    return frozenset(tx.execute(_PAUSED).scalars())


def is_switched_off(kind: ColumnElement[Kind]) -> ColumnElement[bool]:
    """Whether the whole shop, or what is of this kind, is switched off: for another statement."""
    off = suppliers.alias("off")
    numbers = and_(off.c.name == NUMBERS, kind == Kind.NUMBER)
    return exists().where(off.c.pauses != "", or_(off.c.name == SHOP, numbers))


def check_not_paused(tx: Tx, supplier: SupplierName, kind: Kind) -> None:
    """Raise NotForSale while new sales of a supplier's services of this kind are kept away."""
    paused = list_paused(tx)
    if supplier in paused or (kind is Kind.NUMBER and NUMBERS in paused):
        raise paused_now(tx, supplier, kind)


def paused_now(tx: Tx, supplier: SupplierName, kind: Kind) -> NotForSale:
    """The refusal of a sale that is kept away, with what the operator says of it."""
    return NotForSale(NotForSaleReason.SUPPLIER_PAUSED, _find_words(tx, supplier, kind))


def _find_words(tx: Tx, supplier: SupplierName, kind: Kind) -> Said:
    for name in paused_names(supplier, kind):
        said = load_words(tx, words_key(name))
        if said:
            return said
    return load_words(tx, TextName.PAUSED)


def paused_names(supplier: SupplierName, kind: Kind) -> tuple[SupplierName, ...]:
    """What can be switched off of a service, the widest first: its words are read."""
    return (SHOP, NUMBERS, supplier) if kind is Kind.NUMBER else (SHOP, supplier)


def check_takes_orders(tx: Tx, supplier: SupplierName) -> None:
    """Raise NotForSale while nothing can be ordered of a supplier, also what is no sale."""
    if holds_orders(tx, supplier):
        raise NotForSale(NotForSaleReason.SUPPLIER_PAUSED)


def holds_orders(tx: Tx, supplier: SupplierName) -> bool:
    """Whether orders not sent yet are kept away as well: the supplier would refuse them."""
    return bool(frozenset(state(tx, supplier).pauses) - _SALES_ALONE)


def is_paused_by(tx: Tx, supplier: SupplierName, why: SupplierCause) -> bool:
    """Whether sales are kept away for this cause, be there others or not."""
    return why in state(tx, supplier).pauses


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
    """Sell a supplier's services again, on an operator's word; whether anything was paused.

    What ends by itself alone stays.
    """
    check_act(tx, act, Permission.SUPPLIERS)
    pauses = [one for one in state(tx, name).pauses if one not in BY_THEMSELVES]
    if SupplierCause.SWITCHED in pauses:
        drop_words(tx, words_key(name))
    for cause in pauses:
        resume(tx, name, cause)
        for told in (cause, f"{cause}-partly"):
            end_alert(tx, supplier_cause(told, name), None)
    if pauses:
        note_act(tx, act.actor, "resume", f"supplier:{name}", ",".join(pauses))
    return bool(pauses)
