"""Rates that rose far hide their services; one that comes back shows its service again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from bot.base.ids import ServiceId, SupplierName
from bot.catalog.alerts.price_jumps import RateChange
from bot.catalog.tables import price_rises
from bot.db.tx import Tx


class PriceRise(NamedTuple):
    """A row of `price_rises`: the supplier's rate before and after, in its own currency."""

    id: int
    service: ServiceId
    supplier: SupplierName
    before: Decimal
    after: Decimal
    kept: bool


def note_rates(
    tx: Tx, supplier: SupplierName, changes: Mapping[ServiceId, RateChange]
) -> frozenset[ServiceId]:
    """Which of these services of a supplier wait for an operator, by the rates just read.

    Called while the supplier is locked. A rise is measured from the rate that was sold at last,
    however many steps led up from it since. With no percent set, none waits.
    """
    known = {row.service: row for row in list_rises(tx, supplier)}
    percent = tx.settings.price_jump_percent
    wait, past, fresh = set[ServiceId](), list[int](), list[dict[str, object]]()
    for service, (before, after) in changes.items():
        was = known.get(service)
        since = before if was is None else was.before
        if not percent or not RateChange(since, after).is_rise(percent):
            past += [] if was is None else [was.id]
            continue
        wait.add(service)
        if was is not None and was.after == after:
            continue
        past += [] if was is None else [was.id]
        row = {"service": service, "supplier": supplier, "before": since, "after": after}
        fresh.append(row | {"at": tx.now, "kept": was is not None and was.kept})
    if past:
        tx.execute(delete(price_rises).where(price_rises.c.id.in_(past)))
    if fresh:
        tx.execute(insert(price_rises), fresh)
    return frozenset(wait)


_COLUMNS = tuple(price_rises.c[name] for name in PriceRise._fields)


def list_rises(tx: Tx, supplier: SupplierName) -> tuple[PriceRise, ...]:
    """What waits of one supplier, oldest first."""
    query = select(*_COLUMNS).where(price_rises.c.supplier == supplier)
    return tx.list(PriceRise, query.order_by(price_rises.c.id))


def is_waiting(tx: Tx, service: ServiceId) -> bool:
    """Whether a service waits for an operator's word about its price."""
    query = select(price_rises.c.id).where(price_rises.c.service == service)
    return tx.execute(query).first() is not None


def list_waiting_services(tx: Tx) -> frozenset[ServiceId]:
    """Every service that waits."""
    return frozenset(tx.execute(select(price_rises.c.service)).scalars())


def list_all_rises(tx: Tx) -> tuple[PriceRise, ...]:
    """What waits of all suppliers, oldest first."""
    return tx.list(PriceRise, select(*_COLUMNS).order_by(price_rises.c.id))
