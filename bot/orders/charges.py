"""Compare an order's first charge with its expected cost; 5 % off pauses the service."""

from __future__ import annotations

from typing import Final

from sqlalchemy import update

from bot.base.keys import charge_cause
from bot.base.money import NotMoney, money_from
from bot.catalog.pricing import charge_is_off
from bot.catalog.store import bump_version
from bot.catalog.tables import services
from bot.db.tx import Tx, TxSettings
from bot.orders.rows import OrderRow
from bot.orders.tables import orders
from bot.outbox.notices import ChargeAlert
from bot.outbox.tell import begin_alert
from bot.suppliers.progress import Progress, Stage

_COMPARABLE: Final = frozenset({Stage.WAITING, Stage.WORKING, Stage.DONE, Stage.UNKNOWN})
"""A partial or canceled order is charged less, as it should be."""


def compare_charge(tx: Tx, row: OrderRow, said: Progress) -> None:
    """Look at the first charge of an order, once; the order itself goes on either way.

    Source: suppliers' readings 1. A zero while the order waits is not yet a charge.
    """
    if row.charge_compared or said.charge is None or said.stage not in _COMPARABLE:
        return
    if said.charge == 0 and said.stage is Stage.WAITING:
        return
    tx.execute(update(orders).where(orders.c.id == row.id).values(charge_compared=True))
    if _is_off(tx.settings, row, said):
        paused = update(services).where(services.c.id == row.service).values(paused=True)
        tx.execute(paused)
        bump_version(tx)
        charge = f"{said.charge.normalize():f} {said.currency or tx.settings.currency}"
        alert = ChargeAlert(
            row.id, charge, f"{row.cost.decimal.normalize():f} {tx.settings.currency}"
        )
        begin_alert(tx, charge_cause(row.service), alert)


def _is_off(settings: TxSettings, row: OrderRow, said: Progress) -> bool:
    if said.charge is None or (said.currency or settings.currency).upper() != settings.currency:
        return True
    try:
        return charge_is_off(money_from(said.charge), row.cost)
    except NotMoney:
        return True
