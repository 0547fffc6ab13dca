"""Replace what was wrong: a new order that costs its customer nothing, linked to the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import insert, select

from bot.base.acts import Act
from bot.base.errors import TooLate
from bot.base.ids import OrderId, ServiceId
from bot.base.keys import remedy_key
from bot.base.money import ZERO, Money
from bot.base.quantity import checked
from bot.base.topics import submit_topic
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.catalog.shelf import CurrentShelf
from bot.catalog.standing import check_takes_orders
from bot.catalog.standins.rows import find_listed
from bot.catalog.tables import services
from bot.db.database import Database
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import hold_account
from bot.orders.claims.answer import lock_open
from bot.orders.claims.remedy import check_unseen, units_of
from bot.orders.claims.rows import (
    ClaimRow,
    Remedy,
    list_remedies,
    load_claim,
    made_good,
    note_remedy,
)
from bot.orders.kinds import Kinds
from bot.orders.rows import OrderRow, find_row, note_event
from bot.orders.rules.claims import NO_UNITS, Units
from bot.orders.rules.moves import State
from bot.orders.tables import orders, quotes
from bot.outbox.claim_notices import OrderRemedied
from bot.outbox.tell import refresh_card, tell
from bot.people.audit import note_act
from bot.people.operators import check_refund
from bot.suppliers.words import Kind

_CAME: Final = frozenset({State.COMPLETED, State.PARTIAL})
REPLACED: Final = "replaced"
"""What the history of an order says of a replacement."""


def to_replace(tx: Tx, claim: ClaimRow, row: OrderRow) -> Units:
    """The units that a claim names and that came and are not made good yet."""
    if row.state not in _CAME:
        return NO_UNITS
    return units_of(row) & Units.read(claim.pieces) - made_good(list_remedies(tx, row.id))


def replace_claimed(tx: Tx, act: Act, claim: int, seen: int, cost: Money) -> OrderId:
    """Order the units that a claim names once more, for nothing; the new order.

    `cost` is what the supplier should take for them: the shop's loss. Raises as `refund_claimed`
    does, and NotForSale.
    """
    asked = lock_open(tx, claim, act)
    row = check_unseen(tx, asked.order_id, seen)
    pieces = to_replace(tx, asked, row)
    if not pieces.count or _has_lost_its_link(row):
        raise TooLate
    check_refund(tx, act, cost)
    _check_for_sale(tx, row)
    order = _order_again(tx, act, row, pieces.count, cost)
    remedy = Remedy(act.actor, pieces, replacement=order, claim=claim)
    note_remedy(tx, row.id, seen + 1, remedy)
    note_event(tx, row.id, row.state, note=REPLACED, actor=act.actor)
    note_act(tx, act.actor, "replace", f"order:{row.id}", "", f"#{order}")
    refresh_card(tx, row.customer, row.id)
    told = OrderRemedied(row.id, seen + 1, claim)
    tell(tx, row.customer, remedy_key(row.id, seen + 1), told)
    tx.wake(submit_topic(row.supplier))
    return order


def _has_lost_its_link(row: OrderRow) -> bool:
    """Whether nobody knows any more where the work is to be done: old links are forgotten."""
    return row.kind is Kind.SOCIAL and not row.link


def _check_for_sale(tx: Tx, row: OrderRow) -> None:
    service = tx.execute(select(services).where(services.c.id == _bought(tx, row))).one()
    if service.gone:
        raise NotForSale(NotForSaleReason.GONE)
    if service.paused:
        raise NotForSale(NotForSaleReason.SERVICE_PAUSED)
    check_takes_orders(tx, row.supplier)


def _bought(tx: Tx, row: OrderRow) -> ServiceId:
    """What an order was bought as, which may have stood in for the service its customer chose."""
    return find_listed(tx, row.supplier, row.remote_service) or row.service


def _order_again(tx: Tx, act: Act, row: OrderRow, count: int, cost: Money) -> OrderId:
    """An order in the queue whose total, and so its hold, is nothing."""
    ordered = {
        "customer": row.customer,
        "service": row.service,
        "kind": row.kind,
        "quantity": count,
        "link": row.link,
        "total": ZERO,
        "cost": cost,
        "created_at": tx.now,
    }
    used = {"unit_price": ZERO, "unit": 1, "expires_at": tx.now, "used_at": tx.now}
    quote = tx.execute(insert(quotes).values(ordered | used).returning(quotes.c.id)).scalar_one()
    queued = {
        "quote": quote,
        "supplier": row.supplier,
        "remote_service": row.remote_service,
        "service_name": row.service_name,
        "state": State.QUEUED,
        "due_at": tx.now,
        "queued_at": tx.now,
        "replaces": row.id,
    }
    made = tx.execute(insert(orders).values(ordered | queued).returning(orders.c.id)).scalar_one()
    order = OrderId(made)
    post.open_account(tx, hold_account(order))
    note_event(tx, order, State.QUEUED, actor=act.actor)
    return order


@dataclass(frozen=True, slots=True)
class Replace:
    """The remedy that needs the shelf: the units are paid at today's rate, if there are any."""

    db: Database
    shelf: CurrentShelf
    kinds: Kinds

    async def cost(self, claim: int) -> tuple[int, Money]:
        """How many units a replacement would be of, and what the supplier should take for them.

        Raises NotForSale, SoldOut, BadQuantity for fewer than are sold at once, and TooLate where
        there is nothing to replace.
        """
        order, count, bought = await self.db.read(_wanted, claim)
        if not count:
            raise TooLate
        service = self.shelf.now.load_own(bought)
        if service.span.is_empty:
            raise SoldOut(max(0, service.listed.stock or 0))
        checked(count, service.span)
        if service.basis is None:
            raise NotForSale(NotForSaleReason.UNKNOWN_BASIS)
        return count, self.kinds[order.kind].cost(service, service.basis, count)

    async def __call__(self, act: Act, claim: int, seen: int) -> OrderId:
        """Replace what a claim names. Raises as `cost` and `replace_claimed` do."""
        _, cost = await self.cost(claim)
        return await self.db.write(replace_claimed, act, claim, seen, cost)


def _wanted(tx: Tx, claim: int) -> tuple[OrderRow, int, ServiceId]:
    found = load_claim(tx, claim)
    row = find_row(tx, found.order_id)
    if row is None:
        message = "a claim is about an order that is there"
        raise AssertionError(message)
    return row, to_replace(tx, found, row).count, _bought(tx, row)
