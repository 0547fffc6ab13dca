"""Credit by command: granted, taken back, undone, asked for; each once by its key."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, or_, select, update

from bot.domain import ledger
from bot.domain.errors import AlreadyReversed, NotYours, TooLate
from bot.domain.ids import CustomerId, OrderId, ServiceId, TransferId
from bot.domain.ledger import Transfer, TransferKind, customer_account
from bot.domain.money import Money
from bot.shop.notices import Credited, Debited, TopupAsked, TopupDenied
from bot.shop.ports import MoneyOrder
from bot.shop.views import Change, Customer, Movement, TopupRequest, WalletView
from bot.storage import books
from bot.storage.audit_log import note_act
from bot.storage.customers import customer_of, select_customers
from bot.storage.house import House
from bot.storage.post import tell, tell_operators
from bot.storage.tables import customers, topup_requests, transfers

_MOVEMENTS: Final = 10
_WISH_LASTS: Final = timedelta(days=7)
_REVERSIBLE: Final = frozenset({TransferKind.TOPUP, TransferKind.DEBIT})


def top_up(
    connection: Connection, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
) -> Change:
    """See `Books.top_up`."""
    transfer = ledger.topup(customer, amount, order.key, order.actor, order.reason)
    change = _change(connection, customer, transfer, now)
    if change.fresh:
        _tell_credited(connection, change, order.reason, now)
    return change


def debit(
    connection: Connection, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
) -> Change:
    """See `Books.debit`."""
    transfer = ledger.debit(customer, amount, order.key, order.actor, order.reason)
    change = _change(connection, customer, transfer, now)
    if change.fresh:
        notice = Debited(amount.micros, change.after.micros, order.reason)
        tell(connection, customer, f"debited:{change.transfer}", notice, now)
    return change


def _change(
    connection: Connection, customer: CustomerId, transfer: Transfer, now: datetime
) -> Change:
    """Post an operator's transfer and write the act down, once by the transfer's key."""
    person = _load(connection, customer)
    transfer_id, fresh = books.post(connection, transfer, now)
    after = books.balance(connection, customer_account(customer))
    sign = 1 if transfer.credit == customer_account(customer) else -1
    before = Money(after.micros - sign * transfer.amount.micros)
    if fresh:
        moved = (f"{before.decimal:f}", f"{after.decimal:f}")
        by = (transfer.actor, now)
        note_act(connection, by, transfer.kind, f"customer:{customer}", moved)
    return Change(transfer_id, person, transfer.amount, before, after, fresh)


def _load(connection: Connection, customer: CustomerId) -> Customer:
    query = select_customers().where(customers.c.id == customer)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotYours
    return customer_of(row)


def _tell_credited(connection: Connection, change: Change, note: str, now: datetime) -> None:
    """Tell the customer, and offer what they could not afford before."""
    customer = change.customer.id
    row = connection.execute(select(customers).where(customers.c.id == customer)).one()
    still = row.wish_at is not None and now - row.wish_at < _WISH_LASTS
    notice = Credited(
        change.amount.micros,
        change.after.micros,
        note,
        ServiceId(row.wish_service) if still else None,
        row.wish_quantity if still else 0,
    )
    tell(connection, customer, f"credited:{change.transfer}", notice, now)
    forgotten = update(customers).where(customers.c.id == customer).values(wish_at=None)
    connection.execute(forgotten)


def undo(connection: Connection, transfer: TransferId, actor: str, now: datetime) -> Change:
    """See `Books.undo`."""
    row = connection.execute(select(transfers).where(transfers.c.id == transfer)).one_or_none()
    if row is None or row.kind not in _REVERSIBLE:
        raise NotYours
    back = Transfer(
        debit=row.credit,
        credit=row.debit,
        amount=row.amount,
        kind=TransferKind.REVERSE,
        key=f"rev:{transfer}",
        actor=actor,
        reason=f"undo {transfer}",
        reverses=transfer,
    )
    change = _change(connection, _customer_in(row), back, now)
    if not change.fresh:
        raise AlreadyReversed
    granted = row.kind is TransferKind.DEBIT
    shape = Credited if granted else Debited
    notice = shape(change.amount.micros, change.after.micros)
    tell(connection, change.customer.id, f"undone:{transfer}", notice, now)
    return change


def _customer_in(row: Row[Any]) -> CustomerId:
    name = row.credit if row.credit.startswith("customer:") else row.debit
    return CustomerId(int(name.partition(":")[2]))


def wallet(connection: Connection, customer: CustomerId) -> WalletView:
    """See `Books.wallet`."""
    money = books.wallet(connection, customer)
    return WalletView(money, movements(connection, customer))


def movements(connection: Connection, customer: CustomerId) -> tuple[Movement, ...]:
    """The last movements of a customer's free credit, newest first."""
    account = customer_account(customer)
    query = (
        select(transfers)
        .where(or_(transfers.c.debit == account, transfers.c.credit == account))
        .order_by(transfers.c.id.desc())
        .limit(_MOVEMENTS)
    )
    return tuple(_movement(row, account) for row in connection.execute(query))


def _movement(row: Row[Any], account: str) -> Movement:
    return Movement(
        transfer=TransferId(row.id),
        at=row.created_at,
        kind=row.kind,
        amount=row.amount if row.credit == account else -row.amount,
        order=None if row.order_id is None else OrderId(row.order_id),
        reason=row.reason,
    )


def ask_topup(
    connection: Connection, house: House, customer: CustomerId, amount: Money, now: datetime
) -> tuple[int, bool]:
    """See `Books.ask_topup`."""
    mine = select(customers.c.id).where(customers.c.id == customer)
    if connection.execute(mine.with_for_update(key_share=True)).one_or_none() is None:
        raise NotYours
    waiting = select(topup_requests.c.id).where(
        topup_requests.c.customer == customer, topup_requests.c.decision == ""
    )
    known = connection.execute(waiting.limit(1)).scalar_one_or_none()
    if known is not None:
        return known, False
    row = insert(topup_requests).values(customer=customer, amount=amount, at=now)
    request = connection.execute(row.returning(topup_requests.c.id)).scalar_one()
    notice = TopupAsked(request)
    tell_operators(connection, house.operators, f"topup:{request}", notice, now)
    return request, True


def load_topup(connection: Connection, request: int) -> TopupRequest:
    """See `Books.load_topup`."""
    query = select(topup_requests).where(topup_requests.c.id == request)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotYours
    customer = _load(connection, CustomerId(row.customer))
    return TopupRequest(row.id, customer, row.amount, row.at, row.decision)


def _lock_request(connection: Connection, request: int) -> None:
    query = select(topup_requests.c.id).where(topup_requests.c.id == request)
    connection.execute(query.with_for_update(key_share=True)).one_or_none()


def decide_topup(
    connection: Connection, request: int, by: tuple[str, datetime], *, approve: bool
) -> Change | None:
    """See `Books.decide_topup`."""
    actor, now = by
    _lock_request(connection, request)
    wish = load_topup(connection, request)
    if wish.decision:
        raise TooLate
    decision = "approved" if approve else "denied"
    change = update(topup_requests).where(topup_requests.c.id == request)
    connection.execute(change.values(decision=decision))
    if approve:
        order = MoneyOrder(f"req:{request}", actor)
        return top_up(connection, wish.customer.id, wish.amount, order, now)
    note_act(connection, by, "deny top-up", f"customer:{wish.customer.id}", ("", decision))
    denied = TopupDenied(wish.amount.micros)
    tell(connection, wish.customer.id, f"topup-denied:{request}", denied, now)
    return None
