"""Claims as operators read them: the queue, and one with everything that is decided by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.base.errors import NotYours
from bot.base.ids import OrderId, RemoteId, SupplierName
from bot.base.money import Money
from bot.base.page import PAGE_SIZE, Page
from bot.db.tx import Tx
from bot.orders.claims.read import ClaimView, load_view
from bot.orders.claims.remedy import paid_of, units_of
from bot.orders.claims.replace import to_replace
from bot.orders.claims.rows import count_open, load_claim, made_good
from bot.orders.read import view_of
from bot.orders.rows import find_row
from bot.orders.rules.claims import ClaimReason, ClaimState, Paid, Units
from bot.orders.tables import claims, orders, remedies
from bot.orders.views import OrderView
from bot.people.customers import Customer, load_customer


@dataclass(frozen=True, slots=True)
class ClaimDetails:
    """A claim with its order. `left` are the units that were paid and are not made good yet.

    `named` are those of them that the claim means, `replaceable` those that can be sent once more.
    `seen` counts the remedies of the order.
    """

    claim: ClaimView
    order: OrderView
    customer: Customer
    supplier: SupplierName
    remote_order: RemoteId | None
    cost: Money
    paid: Paid
    left: Units
    named: Units
    replaceable: Units

    @property
    def seen(self) -> int:
        """How many remedies of the order are shown."""
        return len(self.claim.remedies)


def load_claim_details(tx: Tx, claim: int) -> ClaimDetails:
    """One claim. Raises NotYours for none."""
    view = load_view(tx, claim)
    row = find_row(tx, view.order)
    if row is None:
        raise NotYours
    left = units_of(row) - made_good(view.remedies)
    return ClaimDetails(
        claim=view,
        order=view_of(tx, row),
        customer=load_customer(tx, row.customer),
        supplier=row.supplier,
        remote_order=row.remote_order,
        cost=row.cost,
        paid=paid_of(row, tx.settings.price_step),
        left=left,
        named=left & view.pieces,
        replaceable=to_replace(tx, load_claim(tx, claim), row),
    )


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as the queue shows it."""

    id: int
    order: OrderId
    reason: ClaimReason
    at: datetime
    service_name: str


def list_open_claims(tx: Tx, page: int) -> Page[ClaimLine]:
    """One page of the claims that wait, oldest first; a number beyond the ends is the nearest."""
    total = count_open(tx)
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(max(page, 0), pages - 1)
    query = (
        select(claims.c.id, claims.c.order_id, claims.c.reason, claims.c.at, orders.c.service_name)
        .join(orders, orders.c.id == claims.c.order_id)
        .where(claims.c.state == ClaimState.OPEN)
        .order_by(claims.c.id)
    )
    rows = tx.list(ClaimLine, query.limit(PAGE_SIZE).offset(at * PAGE_SIZE))
    return Page(rows, at, pages, total)


@dataclass(frozen=True, slots=True)
class OrderRemedies:
    """What can still be given back for an order, and how much was done about it: `seen`."""

    order: OrderView
    customer: Customer
    paid: Paid
    seen: int


def load_order_remedies(tx: Tx, order: OrderId) -> OrderRemedies:
    """An order that an operator may make good without a claim. Raises NotYours for none."""
    row = find_row(tx, order)
    if row is None:
        raise NotYours
    count = select(func.count()).where(remedies.c.order_id == order)
    return OrderRemedies(
        order=view_of(tx, row),
        customer=load_customer(tx, row.customer),
        paid=paid_of(row, tx.settings.price_step),
        seen=int(tx.execute(count).scalar_one()),
    )
