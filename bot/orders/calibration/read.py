"""What a calibration has found out so far, for the desk."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from bot.base.basis import Basis
from bot.base.ids import OrderId, ServiceId, SupplierName
from bot.base.money import Money
from bot.catalog.basis.rows import read_basis
from bot.db.tx import Tx
from bot.orders.calibration.tables import CalibrationState, UnclearReason, calibrations
from bot.orders.rules.moves import State
from bot.orders.tables import orders


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """A calibration and its order; `before` and `after` are the operator's balance around it."""

    order: OrderId
    order_state: State
    supplier: SupplierName
    service: ServiceId
    service_name: str
    quantity: int
    rate: Decimal
    most: Money
    state: CalibrationState
    why: UnclearReason | None
    basis: Basis | None
    charge: Decimal | None
    currency: str
    before: Decimal | None
    after: Decimal | None


def find_calibration(tx: Tx, order: OrderId) -> CalibrationView | None:
    """The calibration of this order, None where it is none."""
    query = select(calibrations, orders).join(orders, orders.c.id == calibrations.c.order_id)
    mine = query.where(calibrations.c.order_id == order).with_only_columns(
        calibrations.c.supplier,
        calibrations.c.rate,
        calibrations.c.state,
        calibrations.c.why,
        calibrations.c.basis,
        calibrations.c.before,
        calibrations.c.after,
        orders.c.state.label("order_state"),
        orders.c.service,
        orders.c.service_name,
        orders.c.quantity,
        orders.c.cost,
        orders.c.charge,
        orders.c.charge_currency,
    )
    row = tx.execute(mine).one_or_none()
    if row is None:
        return None
    return CalibrationView(
        order=order,
        order_state=row.order_state,
        supplier=SupplierName(row.supplier),
        service=ServiceId(row.service),
        service_name=row.service_name,
        quantity=row.quantity,
        rate=row.rate,
        most=row.cost,
        state=row.state,
        why=row.why,
        basis=read_basis(row.basis) if row.basis else None,
        charge=row.charge,
        currency=row.charge_currency or tx.settings.currency,
        before=row.before,
        after=row.after,
    )


def find_open_calibration(tx: Tx, supplier: SupplierName) -> OrderId | None:
    """The order of the calibration that is under way at a supplier, if any."""
    query = select(calibrations.c.order_id).where(
        calibrations.c.supplier == supplier, calibrations.c.state == CalibrationState.OPEN
    )
    return tx.execute(query).scalar_one_or_none()
