"""A customer's money and its last movements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select

from bot.base.ids import CustomerId, OrderId, TransferId
from bot.base.money import Money
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import TransferKind, Wallet, customer_account
from bot.money.post import TransferRow
from bot.money.tables import transfers

_MOVEMENTS: Final = 10


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a wallet; `amount` is positive when credit came in."""

    transfer: TransferId
    at: datetime
    kind: TransferKind
    amount: Money
    order: OrderId | None
    reason: str


def wallet(tx: Tx, customer: CustomerId) -> WalletView:
    """A customer's free and held credit, with the last ten movements."""
    money = post.wallet(tx, customer)
    return WalletView(money, movements(tx, customer))


def movements(tx: Tx, customer: CustomerId) -> tuple[Movement, ...]:
    """The last movements of a customer's free credit, newest first."""
    account = customer_account(customer)
    query = (
        select(transfers)
        .where(or_(transfers.c.debit == account, transfers.c.credit == account))
        .order_by(transfers.c.id.desc())
        .limit(_MOVEMENTS)
    )
    return tuple(_movement(row, account) for row in tx.list(TransferRow, query))


@dataclass(frozen=True, slots=True)
class WalletView:
    """A customer's money and its last movements, newest first."""

    wallet: Wallet
    movements: tuple[Movement, ...]


def _movement(row: TransferRow, account: str) -> Movement:
    return Movement(
        transfer=row.id,
        at=row.created_at,
        kind=row.kind,
        amount=row.amount if row.credit == account else -row.amount,
        order=row.order_id,
        reason=row.reason,
    )
