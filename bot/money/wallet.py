"""A customer's money and its last movements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from bot.base.ids import CustomerId, OrderId, TransferId
from bot.base.keys import capture_key, release_key
from bot.base.money import Money
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import TransferKind, Wallet, customer_account
from bot.money.post import TransferRow
from bot.money.tables import transfers

_MOVEMENTS: Final = 10


class HoldEnd(StrEnum):
    """What has become of money that was set aside for an order."""

    HELD = "held"
    PAID = "paid"
    PAID_IN_PART = "paid in part"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a wallet; `amount` is positive when credit came in.

    `ended` is what has become of a hold by now, None for everything else.
    """

    transfer: TransferId
    at: datetime
    kind: TransferKind
    amount: Money
    order: OrderId | None
    reason: str
    ended: HoldEnd | None = None


def wallet(tx: Tx, customer: CustomerId) -> WalletView:
    """A customer's free and held credit, with the last ten movements."""
    money = post.wallet(tx, customer)
    return WalletView(money, movements(tx, customer))


def movements(tx: Tx, customer: CustomerId) -> tuple[Movement, ...]:
    """The last movements of a customer's free credit, newest first."""
    account = customer_account(customer)
    # Each end by its own index: together they would be read whole and sorted.
    sides = (transfers.c.debit == account, transfers.c.credit == account)
    newest = transfers.c.id.desc()
    some = [select(transfers).where(side).order_by(newest).limit(_MOVEMENTS) for side in sides]
    found = {row.id: row for query in some for row in tx.list(TransferRow, query)}
    rows = tuple(found[one] for one in sorted(found, reverse=True)[:_MOVEMENTS])
    ends = _ends_of(tx, [row for row in rows if row.kind is TransferKind.HOLD])
    return tuple(_movement(row, account, ends) for row in rows)


def _ends_of(tx: Tx, holds: Sequence[TransferRow]) -> dict[OrderId, HoldEnd]:
    """What has become of each hold: nothing is left in its account once its order has ended."""
    orders = [row.order_id for row in holds if row.order_id is not None]
    keys = [key(order) for order in orders for key in (capture_key, release_key)]
    query = select(transfers).where(transfers.c.idem_key.in_(keys))
    ends: dict[OrderId, set[TransferKind]] = defaultdict(set)
    for row in tx.list(TransferRow, query) if orders else ():
        if row.order_id is not None:
            ends[row.order_id].add(row.kind)
    return {order: _ENDS[frozenset(ends[order])] for order in orders}


_ENDS: Final = {
    frozenset(): HoldEnd.HELD,
    frozenset({TransferKind.CAPTURE}): HoldEnd.PAID,
    frozenset({TransferKind.RELEASE}): HoldEnd.BACK,
    frozenset({TransferKind.CAPTURE, TransferKind.RELEASE}): HoldEnd.PAID_IN_PART,
}


@dataclass(frozen=True, slots=True)
class WalletView:
    """A customer's money and its last movements, newest first."""

    wallet: Wallet
    movements: tuple[Movement, ...]


def _movement(row: TransferRow, account: str, ends: Mapping[OrderId, HoldEnd]) -> Movement:
    return Movement(
        transfer=row.id,
        at=row.created_at,
        kind=row.kind,
        amount=row.amount if row.credit == account else -row.amount,
        order=row.order_id,
        reason=row.reason,
        ended=ends.get(row.order_id) if row.order_id and row.kind is TransferKind.HOLD else None,
    )
