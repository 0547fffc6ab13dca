"""Make an order good: give money back, or send its goods once more, once and in a name.

Everything raises NotYours for somebody who is no operator in that role, NotAllowed where the role
does not permit it, RefundTooLarge where it gives back more than the role may, ShopClosed in safe
mode, and TooLate where more was done about the order than the operator has seen: `seen` remedies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import func, select, update

from bot.base.acts import Act, Permission
from bot.base.errors import TooLate
from bot.base.ids import OrderId
from bot.base.keys import remedy_key, resend_key
from bot.base.money import ZERO, Money
from bot.db.tx import Tx
from bot.money import ledger, post
from bot.orders.claims.answer import lock_open
from bot.orders.claims.rows import Remedy, list_remedies, made_good, note_remedy
from bot.orders.rows import OrderRow, lock, note_event
from bot.orders.rules.claims import Paid, Units
from bot.orders.tables import goods, orders, remedies
from bot.outbox.claim_notices import OrderRemedied
from bot.outbox.notices import CodeArrived, GoodsArrived
from bot.outbox.tell import refresh_card, tell
from bot.people.audit import note_act
from bot.people.operators import check_act, check_refund
from bot.suppliers.words import Kind

REFUNDED: Final = "refunded"
"""What the history of an order says of money that went back after its end."""
SENT_AGAIN: Final = "goods sent again"


def paid_of(row: OrderRow, step: Money) -> Paid:
    """What an order's customer paid in the end, and for how many units."""
    return Paid(row.captured, row.refunded, min(row.delivered, row.quantity), step)


def units_of(row: OrderRow) -> Units:
    """The units that were paid for, by their numbers."""
    return Units.all(min(row.delivered, row.quantity))


def refund_claimed(
    tx: Tx, act: Act, claim: int, seen: int, units: int | None = None, *, all_left: bool = False
) -> Money:
    """Give money back for the first `units` that a claim names, or for all of them; how much.

    With `all_left` for every unit of the order that is not made good yet.
    """
    asked = lock_open(tx, claim, act)
    row = check_unseen(tx, asked.order_id, seen)
    left = units_of(row) - made_good(list_remedies(tx, row.id))
    pieces = left if all_left else left & Units.read(asked.pieces)
    pieces = pieces if units is None else pieces.first(units)
    amount = paid_of(row, tx.settings.price_step).refund(pieces.count)
    remedy = Remedy(act.actor, pieces, amount, claim=claim)
    _give_back(tx, act, row, seen + 1, remedy)
    return amount


def refund_order(tx: Tx, act: Act, order: OrderId, seen: int, amount: Money, reason: str) -> Money:
    """Give money back for an order without a claim, for a reason that its customer reads."""
    check_act(tx, act, Permission.ORDERS)
    row = check_unseen(tx, order, seen)
    _give_back(tx, act, row, seen + 1, Remedy(act.actor, amount=amount, reason=reason))
    return amount


def resend(tx: Tx, act: Act, order: OrderId, seen: int) -> int:
    """Send all goods of an order into its customer's chat once more; how many messages.

    Raises TooLate where none are kept any more.
    """
    check_act(tx, act, Permission.ORDERS)
    row = check_unseen(tx, order, seen)
    query = select(goods.c.batch).where(goods.c.order_id == order).order_by(goods.c.batch)
    batches = tuple(tx.execute(query).scalars())
    if not batches:
        raise TooLate
    shape = CodeArrived if row.kind is Kind.NUMBER else GoodsArrived
    for batch in batches:
        tell(tx, row.customer, resend_key(order, seen + 1, batch), shape(order, batch))
    note_remedy(tx, order, seen + 1, Remedy(act.actor))
    note_event(tx, order, row.state, note=SENT_AGAIN, actor=act.actor)
    note_act(tx, act.actor, "resend", f"order:{order}")
    return len(batches)


def check_unseen(tx: Tx, order: OrderId, seen: int) -> OrderRow:
    """The order, locked, about which no more was done than was seen. Raises TooLate."""
    row = lock(tx, order)
    tx.check_open()
    query = select(func.count()).where(remedies.c.order_id == order)
    if tx.execute(query).scalar_one() != seen:
        raise TooLate
    return row


def _give_back(tx: Tx, act: Act, row: OrderRow, number: int, remedy: Remedy) -> None:
    if not ZERO < remedy.amount <= row.captured - row.refunded:
        raise TooLate
    check_refund(tx, act, remedy.amount)
    transfer = ledger.refund(row.customer, row.id, number, remedy.amount, act.actor, remedy.reason)
    post.post(tx, transfer)
    refunded = row.refunded + remedy.amount
    tx.execute(update(orders).where(orders.c.id == row.id).values(refunded=refunded))
    note_remedy(tx, row.id, number, replace(remedy, amount=transfer.amount))
    note_event(tx, row.id, row.state, note=REFUNDED, actor=act.actor)
    moved = f"{row.refunded.decimal:f}", f"{refunded.decimal:f}"
    note_act(tx, act.actor, "refund", f"order:{row.id}", *moved)
    refresh_card(tx, row.customer, row.id)
    told = OrderRemedied(row.id, number, remedy.claim or 0)
    tell(tx, row.customer, remedy_key(row.id, number), told)
