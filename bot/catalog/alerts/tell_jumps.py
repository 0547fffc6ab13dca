"""Operators are told of prices that jumped: in one message, and at most once an hour."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import delete, select

from bot.base.ids import ServiceId, SupplierName
from bot.base.keys import supplier_cause
from bot.catalog.alerts.price_jumps import (
    JUMP_PERCENT,
    RateChange,
    Rates,
    jumps_on_sale,
    named_prices,
)
from bot.catalog.shelf import Shelf
from bot.db.meta import facts
from bot.db.tx import Tx, insert_for
from bot.outbox.supplier_notices import PricesJumped
from bot.outbox.tell import begin_alert, end_alert, is_alert_known

_QUIET: Final = timedelta(hours=1)
"""What jumps within this time waits for the next message, and is in it if it still is a jump."""

First = dict[ServiceId, Decimal]
"""The rates before jumps that nobody was told of yet."""


def tell_jumps(
    tx: Tx, supplier: SupplierName, rates: Rates, shelf: Shelf, *, numbers: bool = False
) -> None:
    """Tell of what jumped between two readings of one part of a catalogue."""
    cause = _cause(supplier, numbers=numbers)
    first, percent = _load(tx, cause), alert_percent(tx)
    jumps = jumps_on_sale(rates, first, shelf, percent)
    is_quiet = is_alert_known(tx, cause, _QUIET, on=True)
    if jumps and not is_quiet:
        named, least = named_prices(jumps, shelf), tx.settings.price_jump_percent
        held = sum(change.is_rise(least) for change in jumps.values()) if least else 0
        begin_alert(tx, cause, PricesJumped(supplier, len(jumps), named, percent, held))
        end_alert(tx, cause, None)
    waiting = {service: change.before for service, change in jumps.items()} if is_quiet else {}
    if waiting != first:
        _save(tx, cause, waiting)


def keep_jump(
    tx: Tx, supplier: SupplierName, service: ServiceId, change: RateChange, *, numbers: bool
) -> None:
    """Keep a jump that was seen before its catalogue was read, for the next reading to tell of."""
    cause = _cause(supplier, numbers=numbers)
    first = _load(tx, cause)
    if change.is_jump(alert_percent(tx)) and service not in first:
        _save(tx, cause, {**first, service: change.before})


def alert_percent(tx: Tx) -> int:
    """How far a rate has to move for operators to be told: as far as hides a service, if any."""
    return tx.settings.price_jump_percent or JUMP_PERCENT


def _cause(supplier: SupplierName, *, numbers: bool) -> str:
    return supplier_cause("numbers-prices" if numbers else "prices", supplier)


def _load(tx: Tx, cause: str) -> First:
    kept = tx.execute(select(facts.c.value).where(facts.c.name == cause)).scalar_one_or_none()
    rates: Mapping[str, str] = json.loads(kept or "{}")
    return {ServiceId(int(service)): Decimal(rate) for service, rate in rates.items()}


def _save(tx: Tx, cause: str, first: Mapping[ServiceId, Decimal]) -> None:
    if not first:
        tx.execute(delete(facts).where(facts.c.name == cause))
        return
    value = json.dumps({str(service): str(rate) for service, rate in first.items()})
    row = insert_for(tx, facts).values(name=cause, value=value)
    tx.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
