"""Credit by command: granted, taken back, undone; each once by its key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import exists, func, select, update

from bot.base.acts import Act, Permission, Role
from bot.base.clock import is_over
from bot.base.errors import NotAllowed, NotYours
from bot.base.ids import CustomerId, ServiceId, TransferId
from bot.base.keys import credited_key, debited_key, reverse_key, undone_key
from bot.base.money import ZERO, Money
from bot.db.tx import Tx
from bot.money import ledger, post
from bot.money.errors import AlreadyReversed, NeedsSecond, NotInSteps, OwnCredit
from bot.money.ledger import Transfer, TransferKind, customer_account
from bot.money.post import TransferRow
from bot.money.tables import GIVEN, transfers
from bot.outbox.notices import Credited, Debited
from bot.outbox.tell import tell
from bot.people.audit import note_act
from bot.people.customers import Customer, load_customer
from bot.people.operators import check_act
from bot.people.tables import customers, operators

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a customer will buy once the credit is there."""

    service: ServiceId
    quantity: int


@dataclass(frozen=True, slots=True)
class Grant:
    """Credit to be given under the key of a deed, in the name of the operator `actor`.

    `request` is the one that it answers; `wanted` and `asked` are what that is for, and the amount
    that it names.
    """

    customer: CustomerId
    amount: Money
    key: str
    actor: str
    note: str = ""
    wanted: Wanted | None = None
    asked: Money | None = None
    request: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """Who did what, for the log."""

    actor: str
    action: str


def top_up(tx: Tx, act: Act, customer: CustomerId, amount: Money, note: str = "") -> Change:
    """Grant credit, once by the act's key.

    Raises NotInSteps, OwnCredit, NeedsSecond, NotYours.
    """
    return grant_credit(tx, act, Grant(customer, amount, act.key, act.actor, note))


def grant_credit(tx: Tx, act: Act, grant: Grant) -> Change:
    """The same, where more is known of what the credit is for."""
    check_act(tx, act, Permission.CREDIT)
    check_steps(tx, grant.amount)
    check_own(act, grant.customer)
    if post.find_transfer(tx, grant.key) is None:
        check_day(tx, act, grant.amount)
    return give(tx, grant)


def give(tx: Tx, grant: Grant, noted: Noted | None = None) -> Change:
    """Grant credit that was looked at, once by its key; the log has it as `noted` says."""
    transfer = ledger.topup(grant.customer, grant.amount, grant.key, grant.actor, grant.note)
    change = _change(tx, grant.customer, transfer, noted)
    if change.fresh:
        _tell_credited(tx, change, grant)
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


def check_own(act: Act, customer: CustomerId) -> None:
    """Raise OwnCredit where somebody who is no owner gives credit to themself."""
    if act.who == customer and act.role is not Role.OWNER:
        raise OwnCredit(Permission.CREDIT)


def check_day(tx: Tx, act: Act, amount: Money) -> None:
    """Raise NeedsSecond where this would be more than one operator may give on one day.

    Days are UTC's. What the operator gives is counted one after the other.
    """
    most = tx.settings.second_operator_above
    if most is None:
        return
    mine = select(operators.c.id).where(operators.c.id == act.who)
    tx.execute(mine.with_for_update(key_share=True)).one_or_none()
    if given_today(tx, act.actor) + amount > most:
        raise NeedsSecond(most)


def given_today(tx: Tx, actor: str) -> Money:
    """The credit that an operator has given since midnight UTC, what was undone aside."""
    back = transfers.alias("back")
    midnight = tx.now.replace(hour=0, minute=0, second=0, microsecond=0)
    undone = exists().where(back.c.reverses == transfers.c.id)
    query = select(func.sum(transfers.c.amount)).where(
        GIVEN, transfers.c.actor == actor, transfers.c.created_at >= midnight, ~undone
    )
    return tx.execute(query).scalar_one() or ZERO


def check_steps(tx: Tx, amount: Money) -> None:
    """Raise NotInSteps for an amount that nothing in the shop could cost."""
    if not amount.is_in_steps(tx.settings.price_step):
        raise NotInSteps(tx.settings.price_step)


def _change(
    tx: Tx, customer: CustomerId, transfer: Transfer, noted: Noted | None = None
) -> Change:
    """Post an operator's transfer and write the act down, once by the transfer's key."""
    person = load_customer(tx, customer)
    transfer_id, fresh = post.post(tx, transfer)
    after = post.balance(tx, customer_account(customer))
    sign = 1 if transfer.credit == customer_account(customer) else -1
    before = Money(after.micros - sign * transfer.amount.micros)
    if fresh:
        moved = f"{before.decimal:f}", f"{after.decimal:f}"
        by = noted or Noted(transfer.actor, transfer.kind)
        note_act(tx, by.actor, by.action, f"customer:{customer}", *moved)
    return Change(transfer_id, person, transfer.amount, before, after, fresh)


def _tell_credited(tx: Tx, change: Change, grant: Grant) -> None:
    """Tell the customer, and offer what they could not afford before."""
    customer = change.customer.id
    wanted = grant.wanted or _find_wish(tx, customer)
    notice = Credited(
        change.amount.micros,
        change.after.micros,
        grant.note,
        None if wanted is None else wanted.service,
        0 if wanted is None else wanted.quantity,
        asked=0 if grant.asked is None or grant.asked == grant.amount else grant.asked.micros,
        request=grant.request,
    )
    tell(tx, customer, credited_key(change.transfer), notice)
    forgotten = update(customers).where(customers.c.id == customer).values(wish_at=None)
    tx.execute(forgotten)


def _find_wish(tx: Tx, customer: CustomerId) -> Wanted | None:
    """What the customer could not afford lately."""
    row = tx.execute(select(customers).where(customers.c.id == customer)).one()
    if row.wish_at is None or is_over(row.wish_at, _WISH_LASTS, tx.now):
        return None
    return Wanted(ServiceId(row.wish_service), row.wish_quantity)


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
    notice = shape(change.amount.micros, change.after.micros, corrects=True)
    tell(tx, change.customer.id, undone_key(transfer), notice)
    return change


def _customer_in(row: TransferRow) -> CustomerId:
    name = row.credit if row.credit.startswith("customer:") else row.debit
    return CustomerId(int(name.partition(":")[2]))
