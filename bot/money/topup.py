"""Credit by command: granted, taken back, undone; each once by its key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from bot.base.acts import Act, Permission, Role
from bot.base.clock import is_over
from bot.base.errors import NotAllowed, NotYours
from bot.base.ids import CustomerId, ServiceId, TransferId
from bot.base.keys import credited_key, debited_key, reverse_key, undone_key
from bot.base.money import Money
from bot.db.tx import Tx
from bot.money import ledger, post
from bot.money.errors import AlreadyReversed, NotInSteps
from bot.money.ledger import Transfer, TransferKind, customer_account
from bot.money.post import TransferRow
from bot.money.tables import transfers
from bot.outbox.notices import Credited, Debited
from bot.outbox.tell import tell
from bot.people.audit import note_act
from bot.people.customers import Customer, load_customer
from bot.people.operators import check_act
from bot.people.tables import customers

_WISH_LASTS: Final = timedelta(days=7)
_REVERSIBLE: Final = frozenset({TransferKind.TOPUP, TransferKind.DEBIT})


@dataclass(frozen=True, slots=True)
class Change:
    """A money command done: the free credit before and after. Not `fresh`: a repeat."""

    transfer: TransferId
    customer: Customer
    amount: Money
    before: Money
    after: Money
    fresh: bool = True


def top_up(tx: Tx, act: Act, customer: CustomerId, amount: Money, note: str = "") -> Change:
    """Grant credit, once by the act's key. Raises NotInSteps, NotYours."""
    check_act(tx, act, Permission.CREDIT)
    check_steps(tx, amount)
    transfer = ledger.topup(customer, amount, act.key, act.actor, note)
    change = _change(tx, customer, transfer)
    if change.fresh:
        _tell_credited(tx, change, note)
    return change


def debit(tx: Tx, act: Act, customer: CustomerId, amount: Money, note: str = "") -> Change:
    """Take credit back, once by the act's key; all of it, or a whole number of steps.

    Raises NotEnoughCredit, NotInSteps, NotYours.
    """
    check_act(tx, act, Permission.CREDIT)
    is_all = amount == post.balance(tx, customer_account(customer))
    if not is_all and post.find_transfer(tx, act.key) is None:
        check_steps(tx, amount)
    transfer = ledger.debit(customer, amount, act.key, act.actor, note)
    change = _change(tx, customer, transfer)
    if change.fresh:
        notice = Debited(amount.micros, change.after.micros, note)
        tell(tx, customer, debited_key(change.transfer), notice)
    return change


def check_steps(tx: Tx, amount: Money) -> None:
    """Raise NotInSteps for an amount that nothing in the shop could cost."""
    if not amount.is_in_steps(tx.settings.price_step):
        raise NotInSteps(tx.settings.price_step)


def _change(tx: Tx, customer: CustomerId, transfer: Transfer) -> Change:
    """Post an operator's transfer and write the act down, once by the transfer's key."""
    person = load_customer(tx, customer)
    transfer_id, fresh = post.post(tx, transfer)
    after = post.balance(tx, customer_account(customer))
    sign = 1 if transfer.credit == customer_account(customer) else -1
    before = Money(after.micros - sign * transfer.amount.micros)
    if fresh:
        moved = f"{before.decimal:f}", f"{after.decimal:f}"
        note_act(tx, transfer.actor, transfer.kind, f"customer:{customer}", *moved)
    return Change(transfer_id, person, transfer.amount, before, after, fresh)


def _tell_credited(tx: Tx, change: Change, note: str) -> None:
    """Tell the customer, and offer what they could not afford before."""
    customer = change.customer.id
    row = tx.execute(select(customers).where(customers.c.id == customer)).one()
    still = row.wish_at is not None and not is_over(row.wish_at, _WISH_LASTS, tx.now)
    notice = Credited(
        change.amount.micros,
        change.after.micros,
        note,
        ServiceId(row.wish_service) if still else None,
        row.wish_quantity if still else 0,
    )
    tell(tx, customer, credited_key(change.transfer), notice)
    forgotten = update(customers).where(customers.c.id == customer).values(wish_at=None)
    tx.execute(forgotten)


def undo(tx: Tx, act: Act, transfer: TransferId) -> Change:
    """Make a top-up or a debit undone by the opposite transfer, once.

    Raises AlreadyReversed, NotEnoughCredit when the customer has less by now, NotYours for any
    other transfer, and NotAllowed where a cashier means another operator's.
    """
    check_act(tx, act, Permission.CREDIT)
    row = tx.find(TransferRow, select(transfers).where(transfers.c.id == transfer))
    if row is None or row.kind not in _REVERSIBLE:
        raise NotYours
    if act.role is Role.CASHIER and row.actor != act.actor:
        raise NotAllowed(Permission.SHOP)
    back = Transfer(
        debit=row.credit,
        credit=row.debit,
        amount=row.amount,
        kind=TransferKind.REVERSE,
        key=reverse_key(transfer),
        actor=act.actor,
        reason=f"undo {transfer}",
        reverses=transfer,
    )
    change = _change(tx, _customer_in(row), back)
    if not change.fresh:
        raise AlreadyReversed
    granted = row.kind is TransferKind.DEBIT
    shape = Credited if granted else Debited
    notice = shape(change.amount.micros, change.after.micros)
    tell(tx, change.customer.id, undone_key(transfer), notice)
    return change


def _customer_in(row: TransferRow) -> CustomerId:
    name = row.credit if row.credit.startswith("customer:") else row.debit
    return CustomerId(int(name.partition(":")[2]))
