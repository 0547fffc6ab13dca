"""Requests for credit: one open for a customer, decided once by an operator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.base.acts import Act, Permission
from bot.base.errors import NotYours, TooLate
from bot.base.ids import CustomerId
from bot.base.keys import request_key, request_subject, topup_denied_key, topup_key
from bot.base.money import Money
from bot.db.tx import Tx
from bot.money import post
from bot.money.ledger import TopupDecision, customer_account
from bot.money.tables import topup_requests
from bot.money.topup import Change, check_steps, top_up
from bot.outbox.notices import TopupAsked, TopupDenied
from bot.outbox.tell import settle_notices, tell, tell_operators
from bot.people.audit import note_act
from bot.people.customers import Customer, load_customer
from bot.people.operators import check_act
from bot.people.tables import customers


@dataclass(frozen=True, slots=True)
class TopupRequest:
    """A customer's request for credit."""

    id: int
    customer: Customer
    amount: Money
    at: datetime
    decision: TopupDecision


def ask_topup(tx: Tx, customer: CustomerId, amount: Money) -> tuple[int, bool]:
    """Note a request for credit and tell operators; False with one that is open already.

    Raises NotInSteps, and NotYours when nobody is known by this id.
    """
    check_steps(tx, amount)
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


def topup_change(tx: Tx, request: int) -> Change | None:
    """The change that an approved request has made, None for one that was not approved."""
    row = post.find_transfer(tx, request_key(request))
    if row is None:
        return None
    customer = load_topup(tx, request).customer
    after = post.balance_after(tx, row.id, customer_account(customer.id))
    return Change(row.id, customer, row.amount, after - row.amount, after, fresh=False)


def load_topup(tx: Tx, request: int) -> TopupRequest:
    """One request. Raises NotYours when there is none."""
    query = select(topup_requests).where(topup_requests.c.id == request)
    row = tx.execute(query).one_or_none()
    if row is None:
        raise NotYours
    customer = load_customer(tx, CustomerId(row.customer))
    return TopupRequest(row.id, customer, row.amount, row.at, row.decision)


def decide_topup(tx: Tx, act: Act, request: int, *, approve: bool) -> Change | None:
    """Answer a request for credit, once; the change of an approved one. Raises TooLate."""
    check_act(tx, act, Permission.CREDIT)
    locked = select(topup_requests.c.id).where(topup_requests.c.id == request)
    tx.execute(locked.with_for_update(key_share=True)).one_or_none()
    asked = load_topup(tx, request)
    if asked.decision is not TopupDecision.OPEN:
        raise TooLate
    decision = TopupDecision.APPROVED if approve else TopupDecision.DENIED
    change = update(topup_requests).where(topup_requests.c.id == request)
    tx.execute(change.values(decision=decision))
    settle_notices(tx, request_subject(request))
    if approve:
        granted = replace(act, key=request_key(request))
        return top_up(tx, granted, asked.customer.id, asked.amount)
    note_act(tx, act.actor, "deny top-up", f"customer:{asked.customer.id}", "", decision)
    denied = TopupDenied(asked.amount.micros)
    tell(tx, asked.customer.id, topup_denied_key(request), denied)
    return None
