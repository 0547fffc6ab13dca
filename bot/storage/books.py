"""The journal: transfers go in once by their key, and nothing else moves a balance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.domain.errors import NotEnoughCredit
from bot.domain.ids import CustomerId, OrderId, TransferId
from bot.domain.ledger import Account, Transfer, Wallet, customer_account
from bot.domain.money import ZERO, Money
from bot.domain.order import OPEN
from bot.storage.tables import accounts, orders, transfers
from bot.storage.upsert import insert_for

_KINDS = {"customer": "customer", "hold": "hold", "world": "world"}


class KeyReused(Exception):
    """The same key with other facts: two commands were taken for one. Nothing was written."""


def post(connection: Connection, transfer: Transfer, now: datetime) -> tuple[TransferId, bool]:
    """Write one transfer; a second one with the same key is the first one again.

    Locks both accounts in the order of their names, so that concurrent posts cannot deadlock.

    Returns:
        Its id, and whether it is new.

    Raises:
        NotEnoughCredit: the debited account may not go below zero and would.
        KeyReused: the key stands for another transfer.
    """
    balances = _locked(connection, (transfer.debit, transfer.credit))
    known = _find(connection, transfer)
    if known is not None:
        return known, False
    short_by = transfer.amount - balances[transfer.debit]
    if short_by > ZERO and _never_negative(transfer.debit):
        raise NotEnoughCredit(short_by, transfer.amount)
    return _write(connection, transfer, now), True


def _write(connection: Connection, transfer: Transfer, now: datetime) -> TransferId:
    row = insert(transfers).values(
        debit=transfer.debit,
        credit=transfer.credit,
        amount=transfer.amount,
        kind=transfer.kind,
        idem_key=transfer.key,
        order_id=transfer.order,
        actor=transfer.actor,
        reason=transfer.reason,
        reverses=transfer.reverses,
        created_at=now,
    )
    return TransferId(connection.execute(row.returning(transfers.c.id)).scalar_one())


def _find(connection: Connection, transfer: Transfer) -> TransferId | None:
    query = select(transfers).where(transfers.c.idem_key == transfer.key)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    same = (row.debit, row.credit, row.amount) == (
        transfer.debit,
        transfer.credit,
        transfer.amount,
    )
    if not same:
        raise KeyReused(transfer.key)
    return TransferId(row.id)


def _locked(connection: Connection, names: Iterable[Account]) -> dict[Account, Money]:
    """The balances of the accounts, which are made where they are missing, and locked."""
    wanted = sorted(set(names))
    for name in wanted:
        _ensure(connection, name)
    query = (
        select(accounts.c.account, accounts.c.balance)
        .where(accounts.c.account.in_(wanted))
        .order_by(accounts.c.account)
        .with_for_update(key_share=True)
    )
    return {Account(row.account): row.balance for row in connection.execute(query)}


def _ensure(connection: Connection, name: Account) -> None:
    kind = _KINDS.get(name.partition(":")[0], "shop")
    row = insert_for(connection, accounts).values(account=name, kind=kind)
    connection.execute(row.on_conflict_do_nothing())


def _never_negative(account: Account) -> bool:
    return account.startswith(("customer:", "hold:"))


def balance(connection: Connection, account: Account) -> Money:
    """What stands on an account; zero when it never moved."""
    query = select(accounts.c.balance).where(accounts.c.account == account)
    return connection.execute(query).scalar_one_or_none() or ZERO


def wallet(connection: Connection, customer: CustomerId) -> Wallet:
    """Free and held credit of a customer."""
    query = select(orders.c.total).where(
        orders.c.customer == customer, orders.c.state.in_(sorted(OPEN))
    )
    held = Money(sum(total.micros for total in connection.execute(query).scalars()))
    return Wallet(balance(connection, customer_account(customer)), held)


def held_for(connection: Connection, order: OrderId) -> Money:
    """What an order holds right now."""
    return balance(connection, Account(f"hold:{order}"))
