"""A customer's money and its last movements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from bot.base.ids import CustomerId, OrderId, TransferId
from bot.base.keys import capture_key, hold_key, release_key
from bot.base.money import ZERO, Money
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import Account, TransferKind, Wallet, customer_account
from bot.money.post import TransferRow
from bot.money.tables import transfers

_SHOWN: Final = 10
_ONE_LINE: Final = (TransferKind.HOLD, TransferKind.RELEASE)
"""What an order moves by itself; the two are told in one line."""


class HoldEnd(StrEnum):
    """What has become of money that was set aside for an order."""

    HELD = "held"
    PAID = "paid"
    PAID_IN_PART = "paid in part"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of free credit; `amount` is positive when credit came in.

    In a wallet's line of an order `ended` is what has become of its money by now, `back` what of
    it came back by itself, and `amount` what it has taken in all; elsewhere None and nothing.
    """

    transfer: TransferId
    at: datetime
    kind: TransferKind
    amount: Money
    order: OrderId | None
    reason: str
    ended: HoldEnd | None = None
    back: Money = ZERO


@dataclass(frozen=True, slots=True)
class WalletView:
    """A customer's money and the last lines of their wallet, newest first."""

    wallet: Wallet
    lines: tuple[Movement, ...]


def wallet(tx: Tx, customer: CustomerId) -> WalletView:
    """A customer's free and held credit, with the last ten lines."""
    return WalletView(post.wallet(tx, customer), list_lines(tx, customer))


def list_lines(tx: Tx, customer: CustomerId, limit: int = _SHOWN) -> tuple[Movement, ...]:
    """The last movements, each order's in one line that says how it ended.

    All lines together are the customer's free credit.
    """
    account = customer_account(customer)
    rows = _list_newest(tx, account, 2 * limit)
    orders = {row.order_id: None for row in rows if row.kind in _ONE_LINE and row.order_id}
    parts, lines = _list_parts(tx, orders), list[Movement]()
    for row in rows:
        if row.order_id is None or row.kind not in _ONE_LINE:
            lines.append(_movement(row, account))
        elif row.order_id in parts:
            lines.append(_order_line(row, parts.pop(row.order_id)))
    return tuple(lines[:limit])


def movements(tx: Tx, customer: CustomerId) -> tuple[Movement, ...]:
    """The last ten movements of a customer's free credit one by one, newest first."""
    account = customer_account(customer)
    rows = _list_newest(tx, account, _SHOWN)[:_SHOWN]
    return tuple(_movement(row, account) for row in rows)


def _list_newest(tx: Tx, account: Account, count: int) -> tuple[TransferRow, ...]:
    """The last movements of an account without a gap, newest first: `count` of them or more."""
    # Each end by its own index: together they would be read whole and sorted.
    sides = (transfers.c.debit == account, transfers.c.credit == account)
    newest = transfers.c.id.desc()
    some = [
        tx.list(TransferRow, select(transfers).where(side).order_by(newest).limit(count))
        for side in sides
    ]
    first = max((found[-1].id for found in some if len(found) == count), default=0)
    rows = {row.id: row for found in some for row in found if row.id >= first}
    return tuple(rows[one] for one in sorted(rows, reverse=True))


_Parts = Mapping[TransferKind, TransferRow]


def _list_parts(tx: Tx, orders: Iterable[OrderId]) -> dict[OrderId, _Parts]:
    """What was held for each order, and what of that was paid and given back."""
    keys = [key(one) for one in orders for key in (hold_key, capture_key, release_key)]
    parts: dict[OrderId, dict[TransferKind, TransferRow]] = defaultdict(dict)
    query = select(transfers).where(transfers.c.idem_key.in_(keys))
    for row in tx.list(TransferRow, query) if keys else ():
        if row.order_id is not None:
            parts[row.order_id][row.kind] = row
    return dict(parts)


def _order_line(newest: TransferRow, parts: _Parts) -> Movement:
    """Nothing is left in an order's hold once it has ended."""
    released = parts.get(TransferKind.RELEASE)
    back = ZERO if released is None else released.amount
    return Movement(
        transfer=newest.id,
        at=newest.created_at,
        kind=TransferKind.HOLD,
        amount=back - parts[TransferKind.HOLD].amount,
        order=newest.order_id,
        reason="",
        ended=_ENDS[frozenset(parts) - {TransferKind.HOLD}],
        back=back,
    )


_ENDS: Final = {
    frozenset(): HoldEnd.HELD,
    frozenset({TransferKind.CAPTURE}): HoldEnd.PAID,
    frozenset({TransferKind.RELEASE}): HoldEnd.BACK,
    frozenset({TransferKind.CAPTURE, TransferKind.RELEASE}): HoldEnd.PAID_IN_PART,
}


def _movement(row: TransferRow, account: Account) -> Movement:
    return Movement(
        transfer=row.id,
        at=row.created_at,
        kind=row.kind,
        amount=row.amount if row.credit == account else -row.amount,
        order=row.order_id,
        reason=row.reason,
    )
