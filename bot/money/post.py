"""The journal: transfers go in once by their key, and only they move balances."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, case, func, or_, select

from bot.base.ids import CustomerId, OrderId, TransferId
from bot.base.money import ZERO, Money
from bot.db.tx import Tx, each_dialect
from bot.money.errors import NotEnoughCredit
from bot.money.ledger import Account, Transfer, TransferKind, Wallet, customer_account
from bot.money.tables import accounts, transfers

_KINDS: Final = {"customer": "customer", "hold": "hold", "world": "world"}
_SHARD: Final = "/"
"""Between the name of an account and the number of its shard."""
_SHARDS: Final = 64
_BALANCE: Final = select(func.sum(accounts.c.balance)).where(
    accounts.c.account.in_(bindparam("names", expanding=True))
)
_BY_KEY: Final = select(transfers).where(transfers.c.idem_key == bindparam("key"))
_LOCK_BOTH: Final = (
    select(accounts.c.account, accounts.c.balance)
    .where(or_(accounts.c.account == bindparam("one"), accounts.c.account == bindparam("other")))
    .order_by(accounts.c.account)
    .with_for_update(key_share=True)
)
_NEW_ACCOUNT: Final = each_dialect(accounts, lambda new: new.on_conflict_do_nothing())
_NEW_TRANSFER: Final = each_dialect(
    transfers,
    lambda new: new.on_conflict_do_nothing(index_elements=["idem_key"]).returning(transfers.c.id),
)
"""Built once: building a statement costs more than running it."""


class TransferRow(NamedTuple):
    """A row of `transfers`, column by column."""

    id: TransferId
    debit: Account
    credit: Account
    amount: Money
    kind: TransferKind
    idem_key: str
    order_id: OrderId | None
    actor: str
    reason: str
    reverses: TransferId | None
    created_at: datetime


class KeyReused(Exception):
    """The same key with other facts: two commands were taken for one. Nothing was written."""


def post(tx: Tx, wanted: Transfer) -> tuple[TransferId, bool]:
    """Write one transfer; a second one with the same key is the first one again.

    Its id, and whether it is new. Locks both accounts in the order of their names, so that
    concurrent posts cannot deadlock. Raises NotEnoughCredit, or KeyReused for another transfer
    under that key.
    """
    transfer = _sharded(wanted) if tx.dialect.name == "postgresql" else wanted
    balances = _locked(tx, transfer)
    short_by = transfer.amount - balances[transfer.debit]
    if short_by > ZERO and not _is_shared(transfer.debit):
        known = _find(tx, transfer)
        if known is None:
            raise NotEnoughCredit(short_by, transfer.amount)
        return known, False
    written = _write(tx, transfer)
    if written is not None:
        return written, True
    known = _find(tx, transfer)
    if known is None:
        message = "a key is there, and its transfer is not"
        raise AssertionError(message)
    return known, False


def _sharded(transfer: Transfer) -> Transfer:
    """The same transfer, with its end at the shop or the world in one of that account's shards.

    Everybody's money passes there, and on a server each transaction keeps the rows of its accounts
    until it commits. The number at the other end says which: it is the same each time.
    """
    number = _number_in(transfer.credit if _is_shared(transfer.debit) else transfer.debit)
    return replace(
        transfer,
        debit=_shard(transfer.debit, number),
        credit=_shard(transfer.credit, number),
    )


def _shard(account: Account, number: int) -> Account:
    if not _is_shared(account) or _SHARD in account:
        return account
    return Account(f"{account}{_SHARD}{number % _SHARDS}")


def _number_in(account: Account) -> int:
    return int(account.rpartition(":")[2])


def _is_shared(account: Account) -> bool:
    """Whether it is the shop's or the world's, which everybody's money passes."""
    return not account.startswith(("customer:", "hold:"))


def _write(tx: Tx, transfer: Transfer) -> TransferId | None:
    """Its id; None when the key is there already."""
    row = {
        "debit": transfer.debit,
        "credit": transfer.credit,
        "amount": transfer.amount,
        "kind": transfer.kind,
        "idem_key": transfer.key,
        "order_id": transfer.order,
        "actor": transfer.actor,
        "reason": transfer.reason,
        "reverses": transfer.reverses,
        "created_at": tx.now,
    }
    insert = _NEW_TRANSFER[tx.dialect.name]
    written = tx.execute(insert, row).scalar_one_or_none()
    return None if written is None else TransferId(written)


def _find(tx: Tx, transfer: Transfer) -> TransferId | None:
    row = tx.find(TransferRow, _BY_KEY, {"key": transfer.key})
    if row is None:
        return None
    facts = whole(transfer.debit), whole(transfer.credit), transfer.amount
    if (whole(row.debit), whole(row.credit), row.amount) != facts:
        raise KeyReused(transfer.key)
    return row.id


def _locked(tx: Tx, transfer: Transfer) -> dict[str, Money]:
    """The balances of both accounts, which are made where they are missing, and locked."""
    names = {"one": transfer.debit, "other": transfer.credit}
    found = {row.account: row.balance for row in tx.execute(_LOCK_BOTH, names)}
    missing = sorted({*names.values()} - found.keys())
    if not missing:
        return found
    made = [_make(tx, name) for name in missing]
    if all(made):
        return found | dict.fromkeys(missing, ZERO)
    # Somebody else has just made one, and may have moved money since.
    return {row.account: row.balance for row in tx.execute(_LOCK_BOTH, names)}


def _make(tx: Tx, name: Account) -> bool:
    """Whether we made it; then it is ours until the end, like a locked one."""
    row = {"account": name, "kind": _KINDS.get(name.partition(":")[0], "shop")}
    made = tx.execute(_NEW_ACCOUNT[tx.dialect.name], row)
    return made.rowcount == 1


def open_account(tx: Tx, account: Account) -> None:
    """Make an account that nothing has moved yet, unless it is there."""
    _make(tx, account)


def whole(account: Account) -> Account:
    """The account that a shard is of; any other is whole."""
    return Account(account.partition(_SHARD)[0])


def parts_of(account: Account) -> list[Account]:
    """An account and its shards, by their names."""
    shards = [_shard(account, number) for number in range(_SHARDS)]
    return sorted({account, *shards})


def balance(tx: Tx, account: Account) -> Money:
    """What stands on an account and its shards together; zero when it never moved."""
    return tx.execute(_BALANCE, {"names": parts_of(account)}).scalar_one() or ZERO


def find_transfer(tx: Tx, key: str) -> TransferRow | None:
    """The transfer that was made by this key."""
    return tx.find(TransferRow, _BY_KEY, {"key": key})


def balance_after(tx: Tx, transfer: TransferId, account: Account) -> Money:
    """What stood on an account when this transfer was done."""
    moved = case((transfers.c.credit == account, transfers.c.amount), else_=-transfers.c.amount)
    mine = or_(transfers.c.debit == account, transfers.c.credit == account)
    query = select(func.sum(moved)).where(mine, transfers.c.id <= transfer)
    return tx.execute(query).scalar_one() or ZERO


def customer_balance(tx: Tx, customer: CustomerId) -> Money:
    """What a customer may spend."""
    return balance(tx, customer_account(customer))


def wallet(tx: Tx, customer: CustomerId) -> Wallet:
    """Free and held credit of a customer."""
    mine = customer_account(customer)
    query = (
        select(accounts.c.balance)
        .join(transfers, transfers.c.credit == accounts.c.account)
        .where(transfers.c.debit == mine, transfers.c.kind == TransferKind.HOLD)
        .where(accounts.c.balance > ZERO)
    )
    held = Money(sum(one.micros for one in tx.execute(query).scalars()))
    return Wallet(customer_balance(tx, customer), held)
