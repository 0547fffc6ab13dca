"""Prove the books: everything that must hold of the money, looked at from the journal up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import String, and_, case, cast, func, literal, not_, or_, select, type_coerce

from bot.base.keys import BOOKS_CAUSE
from bot.base.money import Money
from bot.db.database import Database
from bot.db.tx import Tx
from bot.db.types import Id
from bot.money.tables import accounts, transfers
from bot.numbers.tables import rentals
from bot.orders.rules.moves import FINISHED, OPEN, State
from bot.orders.tables import orders
from bot.orders.views import RentalState
from bot.outbox.notices import BooksAlert
from bot.outbox.tell import Alerts
from bot.suppliers.words import Kind

_OF_ORDERS: Final = ("hold", "capture", "release", "refund")
"""The kinds of transfers that belong to an order, and what its row calls their sums."""
_NOTED: Final = ("total", "captured", "released", "refunded")


def prove(tx: Tx) -> tuple[str, ...]:
    """What is wrong with the money, a plain sentence each with its numbers; empty is proof."""
    return (
        *_sum_is_zero(tx),
        *_balances_equal_journal(tx),
        *_nothing_negative(tx),
        *_open_orders_hold_their_total(tx),
        *_ended_orders_are_paid_out(tx),
        *_numbers_agree_with_their_orders(tx),
    )


def _sum_is_zero(tx: Tx) -> Iterator[str]:
    total = tx.execute(select(func.sum(accounts.c.balance))).scalar_one()
    if total:
        yield f"all accounts together hold {total.decimal:f} instead of 0"


def _balances_equal_journal(tx: Tx) -> Iterator[str]:
    came = select(transfers.c.credit.label("account"), transfers.c.amount.label("amount"))
    left = select(transfers.c.debit.label("account"), (-transfers.c.amount).label("amount"))
    both = came.union_all(left).subquery()
    journal = (
        select(both.c.account, func.sum(both.c.amount).label("amount"))
        .group_by(both.c.account)
        .subquery()
    )
    query = (
        select(accounts.c.account, accounts.c.balance, journal.c.amount)
        .outerjoin(journal, journal.c.account == accounts.c.account)
        .where(accounts.c.balance != func.coalesce(journal.c.amount, 0))
    )
    for row in tx.execute(query):
        yield f"{row.account} shows {row.balance.decimal:f}, its journal says {row.amount}"


def _nothing_negative(tx: Tx) -> Iterator[str]:
    query = select(accounts).where(
        accounts.c.kind.in_(("customer", "hold")), accounts.c.balance < Money(0)
    )
    for row in tx.execute(query):
        yield f"{row.account} is below zero: {row.balance.decimal:f}"


def _hold_of_order() -> Any:
    return literal("hold:") + cast(orders.c.id, String)


def _open_orders_hold_their_total(tx: Tx) -> Iterator[str]:
    query = (
        select(orders.c.id, orders.c.total, accounts.c.balance)
        .outerjoin(accounts, accounts.c.account == _hold_of_order())
        .where(orders.c.state.in_(sorted(OPEN)))
        .where(func.coalesce(accounts.c.balance, 0) != orders.c.total)
    )
    for row in tx.execute(query):
        held = row.balance.decimal if row.balance is not None else 0
        yield f"order {row.id} is open and holds {held:f} of {row.total.decimal:f}"


def _ended_orders_are_paid_out(tx: Tx) -> Iterator[str]:
    """Capture + release = hold, and no more went back later than was captured.

    The order's own notes agree with the journal.
    """
    moved = (
        select(transfers.c.order_id, *(_sum_of(kind) for kind in _OF_ORDERS))
        .where(transfers.c.order_id.is_not(None))
        .group_by(transfers.c.order_id)
        .subquery()
    )
    sums = [func.coalesce(moved.c[kind], 0) for kind in _OF_ORDERS]
    hold, capture, release, refund = sums
    noted = [type_coerce(orders.c[name], Id) for name in _NOTED]
    # The database compares: to look at every order here would keep everybody waiting.
    differs = [one != other for one, other in zip(noted, sums, strict=True)]
    query = (
        select(orders.c.id, *noted, *sums)
        .outerjoin(moved, moved.c.order_id == orders.c.id)
        .where(orders.c.state.in_(sorted(FINISHED)))
        .where(or_(*differs, hold != capture + release, refund > capture))
        .order_by(orders.c.id)
    )
    for row in tx.execute(query):
        order, *found = map(int, row)
        says, journal = tuple(found[: len(noted)]), tuple(found[len(noted) :])
        yield f"order {order} ended with {says}, its journal says {journal}"


def _numbers_agree_with_their_orders(tx: Tx) -> Iterator[str]:
    """A number waits while its order holds money; a code in time is paid, no code is not."""
    agree = or_(
        and_(rentals.c.state == RentalState.WAITING, orders.c.state == State.ACTIVE),
        and_(rentals.c.state == RentalState.RECEIVED, orders.c.state == State.COMPLETED),
        and_(rentals.c.ended_at.is_not(None), orders.c.state == State.CANCELED),
        and_(rentals.c.state == RentalState.CLOSED, orders.c.state == State.COMPLETED),
    )
    query = (
        select(orders.c.id, orders.c.state, rentals.c.state.label("number"))
        .outerjoin(rentals, rentals.c.order_id == orders.c.id)
        .where(orders.c.kind == Kind.NUMBER)
        .where(orders.c.state.in_([State.ACTIVE, State.COMPLETED, State.CANCELED]))
        .where(or_(rentals.c.order_id.is_(None), not_(agree)))
    )
    for row in tx.execute(query):
        yield f"order {row.id} is {row.state}, its number is {row.number or 'missing'}"


def _sum_of(kind: str) -> Any:
    amount = cast(transfers.c.amount, transfers.c.id.type)
    return func.sum(case((transfers.c.kind == kind, amount), else_=0)).label(kind)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof found, and how much it looked at; no findings are the proof."""

    findings: tuple[str, ...]
    transfers: int
    accounts: int


def prove_counted(tx: Tx) -> Proof:
    """The proof with the size of the books that it is of."""
    transfers_seen, accounts_seen = (
        int(tx.execute(select(func.count()).select_from(one)).scalar_one())
        for one in (transfers, accounts)
    )
    return Proof(prove(tx), transfers_seen, accounts_seen)


@dataclass(frozen=True, slots=True)
class Audit:
    """The nightly proof, /audit and `python -m bot audit`: operators are told when it fails."""

    db: Database
    alerts: Alerts

    async def __call__(self) -> tuple[str, ...]:
        """What is wrong, in plain words; empty when everything agrees."""
        return (await self.prove()).findings

    async def prove(self) -> Proof:
        """The same with the size of the books."""
        proof = await self.db.read_long(prove_counted)
        if proof.findings:
            await self.alerts.begin(BOOKS_CAUSE, BooksAlert("\n".join(proof.findings[:10])))
        else:
            await self.alerts.end(BOOKS_CAUSE, None)
        return proof
