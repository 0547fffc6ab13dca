"""Which services an order was not bought as, and where its attempts were made."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, insert, select

from bot.base.ids import OrderId, RemoteId, ServiceId, SupplierName
from bot.base.money import Money
from bot.db.tx import Tx
from bot.orders.rules.moves import Reason
from bot.orders.tables import attempts, handovers


class Handover(NamedTuple):
    """A service that an order is not bought as, and why; `cost` is what it would have cost.

    `attempt` is how many attempts there had been by then.
    """

    service: ServiceId
    supplier: SupplierName
    cost: Money
    reason: Reason
    attempt: int


def note_handover(tx: Tx, order: OrderId, left: Handover) -> None:
    """Write down that an order is not bought as this service. IntegrityError for the second time.

    The row is what keeps a service from being tried twice, whoever tries.
    """
    tx.execute(insert(handovers).values({"order_id": order, "at": tx.now, **left._asdict()}))


def list_handovers(tx: Tx, order: OrderId) -> tuple[Handover, ...]:
    """What an order was not bought as, in the order in which that was."""
    query = select(*(handovers.c[name] for name in Handover._fields))
    query = query.where(handovers.c.order_id == order)
    return tx.list(Handover, query.order_by(handovers.c.attempt, handovers.c.at))


def handed_on(supplier: SupplierName, reason: Reason) -> Select[Any]:
    """The id and the cost of the orders that a supplier refused for a reason, but not the last."""
    return select(handovers.c.order_id, handovers.c.cost).where(
        handovers.c.supplier == supplier, handovers.c.reason == reason, handovers.c.attempt > 0
    )


def was_elsewhere() -> ColumnElement[bool]:
    """The condition that an attempt was made at a supplier that the order has left since."""
    return exists().where(
        handovers.c.order_id == attempts.c.order_id, handovers.c.attempt >= attempts.c.number
    )


class HandedOn(NamedTuple):
    """What the history of an order says where a stand-in took its place."""

    reason: Reason
    left: SupplierName
    to: SupplierName
    service: RemoteId

    @property
    def note(self) -> str:
        """As it is kept."""
        return f"{_MARK}{self.reason} {self.left} {self.to} {self.service}"

    @classmethod
    def find(cls, note: str) -> HandedOn | None:
        """What a note says; None for every other note."""
        words = note.removeprefix(_MARK).split(" ", 3)
        if not note.startswith(_MARK) or len(words) != len(cls._fields):
            return None
        reason, left, to, service = words
        if reason not in set(Reason):
            return None
        return cls(Reason(reason), SupplierName(left), SupplierName(to), RemoteId(service))


_MARK = "handed on: "
