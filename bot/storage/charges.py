"""Compare an order's first charge with its expected cost; 5 % off pauses the service."""

from __future__ import annotations

from typing import Final

from sqlalchemy import update

from bot.domain.keys import charge_cause
from bot.domain.money import NotMoney, money_from
from bot.domain.pricing import charge_is_off
from bot.domain.progress import Progress, Stage
from bot.shop.notices import ChargeAlert
from bot.storage.catalog_rows import bump_version
from bot.storage.order_rows import OrderRow
from bot.storage.post import begin_alert
from bot.storage.tables import orders, services
from bot.storage.tx import Tx, TxSettings

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
