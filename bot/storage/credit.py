"""Credit by command: granted, taken back, undone, asked for; each once by its key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import insert, or_, select, update

from bot.domain import ledger
from bot.domain.acts import Act
from bot.domain.errors import AlreadyReversed, NotYours, TooLate
from bot.domain.ids import CustomerId, ServiceId, TransferId
from bot.domain.keys import (
    credited_key,
    debited_key,
    request_key,
    reverse_key,
    topup_denied_key,
    topup_key,
    undone_key,
)
from bot.domain.ledger import TopupDecision, Transfer, TransferKind, customer_account
from bot.domain.money import Money
from bot.shop.notices import Credited, Debited, TopupAsked, TopupDenied
from bot.shop.views import Change, Customer, Movement, TopupRequest, WalletView
from bot.storage import books
from bot.storage.audit_log import note_act
from bot.storage.books import TransferRow
from bot.storage.customers import select_customers
from bot.storage.operators import check_act
from bot.storage.post import tell, tell_operators
from bot.storage.tables import customers, topup_requests, transfers
from bot.storage.tx import Tx

_MOVEMENTS: Final = 10
_WISH_LASTS: Final = timedelta(days=7)
_REVERSIBLE: Final = frozenset({TransferKind.TOPUP, TransferKind.DEBIT})


def top_up(tx: Tx, act: Act, customer: CustomerId, amount: Money, note: str = "") -> Change:
    """Grant credit, once by the act's key.

    Raises:
        NotYours: no such customer, or not an operator.
    """
    check_act(tx, act)
    transfer = ledger.topup(customer, amount, act.key, act.actor, note)
    change = _change(tx, customer, transfer)
    if change.fresh:
        _tell_credited(tx, change, note)
    return change


def debit(tx: Tx, act: Act, customer: CustomerId, amount: Money, note: str = "") -> Change:
    """Take credit back, once by the act's key.

    Raises:
        NotEnoughCredit: there is less.
        NotYours: no such customer, or not an operator.
    """
    check_act(tx, act)
    transfer = ledger.debit(customer, amount, act.key, act.actor, note)
    change = _change(tx, customer, transfer)
    if change.fresh:
        notice = Debited(amount.micros, change.after.micros, note)
        tell(tx, customer, debited_key(change.transfer), notice)
    return change


def _change(tx: Tx, customer: CustomerId, transfer: Transfer) -> Change:
    """Post an operator's transfer and write the act down, once by the transfer's key."""
    person = _load(tx, customer)
    transfer_id, fresh = books.post(tx, transfer)
    after = books.balance(tx, customer_account(customer))
    sign = 1 if transfer.credit == customer_account(customer) else -1
    before = Money(after.micros - sign * transfer.amount.micros)
    if fresh:
        moved = f"{before.decimal:f}", f"{after.decimal:f}"
        note_act(tx, transfer.actor, transfer.kind, f"customer:{customer}", *moved)
    return Change(transfer_id, person, transfer.amount, before, after, fresh)


def _load(tx: Tx, customer: CustomerId) -> Customer:
    query = select_customers().where(customers.c.id == customer)
    found = tx.find(Customer, query)
    if found is None:
        raise NotYours
    return found


def _tell_credited(tx: Tx, change: Change, note: str) -> None:
    """Tell the customer, and offer what they could not afford before."""
    customer = change.customer.id
    row = tx.execute(select(customers).where(customers.c.id == customer)).one()
    still = row.wish_at is not None and tx.now - row.wish_at < _WISH_LASTS
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

    Raises:
        AlreadyReversed: it was made undone before.
        NotEnoughCredit: the customer has less by now.
        NotYours: there is no such transfer, it is of another kind, or not an operator.
    """
    check_act(tx, act)
    row = tx.find(TransferRow, select(transfers).where(transfers.c.id == transfer))
    if row is None or row.kind not in _REVERSIBLE:
        raise NotYours
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


def wallet(tx: Tx, customer: CustomerId) -> WalletView:
    """See `Books.wallet`."""
    money = books.wallet(tx, customer)
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


def _movement(row: TransferRow, account: str) -> Movement:
    return Movement(
        transfer=row.id,
        at=row.created_at,
        kind=row.kind,
        amount=row.amount if row.credit == account else -row.amount,
        order=row.order_id,
        reason=row.reason,
    )


def ask_topup(tx: Tx, customer: CustomerId, amount: Money) -> tuple[int, bool]:
    """See `Books.ask_topup`."""
    mine = select(customers.c.id).where(customers.c.id == customer)
    if tx.execute(mine.with_for_update(key_share=True)).one_or_none() is None:
        raise NotYours
    waiting = select(topup_requests.c.id).where(
        topup_requests.c.customer == customer, topup_requests.c.decision == TopupDecision.OPEN
    )
    known = tx.execute(waiting.limit(1)).scalar_one_or_none()
    if known is not None:
        return known, False
    row = insert(topup_requests).values(customer=customer, amount=amount, at=tx.now)
    request = tx.execute(row.returning(topup_requests.c.id)).scalar_one()
    notice = TopupAsked(request)
    tell_operators(tx, topup_key(request), notice)
    return request, True


def load_topup(tx: Tx, request: int) -> TopupRequest:
    """See `Books.load_topup`."""
    query = select(topup_requests).where(topup_requests.c.id == request)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotYours
    customer = _load(tx, CustomerId(row.customer))
    return TopupRequest(row.id, customer, row.amount, row.at, row.decision)


def _lock_request(tx: Tx, request: int) -> None:
    query = select(topup_requests.c.id).where(topup_requests.c.id == request)
    tx.execute(query.with_for_update(key_share=True)).one_or_none()


def decide_topup(tx: Tx, act: Act, request: int, *, approve: bool) -> Change | None:
    """Answer a request for credit, once; the change of an approved one. Raises TooLate."""
    check_act(tx, act)
    _lock_request(tx, request)
    wish = load_topup(tx, request)
    if wish.decision is not TopupDecision.OPEN:
        raise TooLate
    decision = TopupDecision.APPROVED if approve else TopupDecision.DENIED
    change = update(topup_requests).where(topup_requests.c.id == request)
    tx.execute(change.values(decision=decision))
    if approve:
        granted = replace(act, key=request_key(request))
        return top_up(tx, granted, wish.customer.id, wish.amount)
    note_act(tx, act.actor, "deny top-up", f"customer:{wish.customer.id}", "", decision)
    denied = TopupDenied(wish.amount.micros)
    tell(tx, wish.customer.id, topup_denied_key(request), denied)
    return None
