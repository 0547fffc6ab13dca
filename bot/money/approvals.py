"""Credit that one operator may not give alone: it waits until another has agreed, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, or_, select, update

from bot.base.acts import Act, Permission, may
from bot.base.clock import SKEW
from bot.base.errors import NotYours, TooLate
from bot.base.ids import CustomerId
from bot.base.keys import approval_decided_key, approval_key, approval_reminder_key, request_key
from bot.base.money import Money
from bot.base.subjects import approval_subject
from bot.db.tx import Tx, insert_for
from bot.money.decide import close_request
from bot.money.errors import OwnApproval
from bot.money.ledger import ApprovalDecision, TopupDecision
from bot.money.requests import REMINDED_AFTER, load_locked
from bot.money.tables import credit_approvals
from bot.money.topup import Change, Grant, Noted, check_own, check_steps, give
from bot.outbox.notices import ApprovalAsked, ApprovalDecided
from bot.outbox.tell import settle_notices, tell
from bot.people.audit import note_act
from bot.people.customers import Customer, find, load_customer
from bot.people.operators import check_act, find_role

_ROWS: Final = credit_approvals.c
_WAITS: Final = _ROWS.decision == ApprovalDecision.WAITING


@dataclass(frozen=True, slots=True)
class CreditApproval:
    """Credit that waits for a second operator, or did.

    `key` is the deed's own; `request` is the one that the credit answers. `asked_by` is who gives
    it, `asker` the same as a person, None for one who has not written to the bot.
    """

    id: int
    key: str
    customer: Customer
    amount: Money
    note: str
    request: int | None
    asked_by: CustomerId
    asker: Customer | None
    at: datetime
    decision: ApprovalDecision
    decided_by: CustomerId | None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has agreed or refused."""
        return self.decision is ApprovalDecision.WAITING


def ask_second(
    tx: Tx,
    act: Act,
    customer: CustomerId,
    amount: Money,
    note: str = "",
    request: int | None = None,
) -> int:
    """Keep credit until another operator agrees, and tell the others; its id.

    Once by the act's key, or while it waits for the same `request`. Raises NotInSteps, OwnCredit,
    NotYours, and TooLate where the request is decided.
    """
    check_act(tx, act, Permission.CREDIT)
    check_steps(tx, amount)
    check_own(act, customer)
    load_customer(tx, customer)
    if request is not None:
        load_locked(tx, request)
    key = act.key if request is None else request_key(request)
    known = _find_known(tx, key)
    if known is not None:
        return known
    values = {"idem_key": key, "customer": customer, "amount": amount, "note": note}
    values |= {"request": request, "asked_by": act.who, "at": tx.now}
    new = insert_for(tx, credit_approvals).values(values).on_conflict_do_nothing()
    made = tx.execute(new.returning(_ROWS.id)).scalar_one_or_none()
    if made is None:
        raise TooLate
    _tell_others(tx, act.who, approval_key(made), ApprovalAsked(made))
    wanted = f"{amount.decimal:f}"
    note_act(tx, act.actor, "ask for approval", f"customer:{customer}", "", wanted)
    return int(made)


def _tell_others(tx: Tx, asker: CustomerId, key: str, notice: ApprovalAsked) -> None:
    """Tell all who may agree."""
    for operator in tx.settings.list_operators(tx, Permission.CREDIT):
        if operator != asker:
            tell(tx, operator, f"{key}:{operator}", notice)


def remind(tx: Tx) -> int:
    """Tell once of each that has waited for a quarter of an hour, those who may agree; how many.

    Who asked for it is not reminded.
    """
    late = update(credit_approvals).where(
        _WAITS,
        _ROWS.reminded_at.is_(None),
        or_(_ROWS.at <= tx.now - REMINDED_AFTER, _ROWS.at > tx.now + SKEW),
    )
    noted = late.values(reminded_at=tx.now).returning(_ROWS.id, _ROWS.asked_by)
    found = sorted((row.id, CustomerId(row.asked_by)) for row in tx.execute(noted))
    for approval, asker in found:
        again = ApprovalAsked(approval, reminder=True)
        _tell_others(tx, asker, approval_reminder_key(approval), again)
    return len(found)


def _find_known(tx: Tx, key: str) -> int | None:
    """The one that this deed has made; what waited for a request before may be asked for again."""
    still = or_(_ROWS.request.is_(None), _WAITS)
    return tx.execute(select(_ROWS.id).where(_ROWS.idem_key == key, still)).scalar_one_or_none()


def load_approval(tx: Tx, approval: int) -> CreditApproval:
    """One of them. Raises NotYours when there is none."""
    row = tx.execute(select(credit_approvals).where(_ROWS.id == approval)).one_or_none()
    if row is None:
        raise NotYours
    return _approval(tx, row)


def find_next(tx: Tx, place: int) -> tuple[CreditApproval | None, int, int]:
    """What waits at a place, oldest first, with its place and how many wait.

    A place beyond the ends is the nearest; None where nothing waits.
    """
    total = count_waiting(tx)
    at = min(max(place, 0), max(0, total - 1))
    query = select(credit_approvals).where(_WAITS).order_by(_ROWS.id).offset(at).limit(1)
    row = tx.execute(query).one_or_none()
    return (None if row is None else _approval(tx, row)), at, total


def count_waiting(tx: Tx) -> int:
    """How much credit waits for a second operator, in pieces."""
    return int(
        tx.execute(select(func.count()).select_from(credit_approvals).where(_WAITS)).scalar_one()
    )


def find_waiting(tx: Tx, request: int) -> CreditApproval | None:
    """What waits for a second operator to answer this request."""
    query = select(credit_approvals).where(_ROWS.request == request, _WAITS)
    row = tx.execute(query.limit(1)).one_or_none()
    return None if row is None else _approval(tx, row)


def _approval(tx: Tx, row: Row[Any]) -> CreditApproval:
    return CreditApproval(
        id=row.id,
        key=row.idem_key,
        customer=load_customer(tx, CustomerId(row.customer)),
        amount=row.amount,
        note=row.note,
        request=row.request,
        asked_by=CustomerId(row.asked_by),
        asker=find(tx, CustomerId(row.asked_by)),
        at=row.at,
        decision=row.decision,
        decided_by=None if row.decided_by is None else CustomerId(row.decided_by),
    )


def agree(tx: Tx, act: Act, approval: int) -> Change | None:
    """Give it, in the name of who asked for it; None where they may not give credit any more.

    Raises OwnApproval for who asked for it, OwnCredit, TooLate, NotYours.
    """
    check_act(tx, act, Permission.CREDIT)
    asked = _lock(tx, approval)
    if act.who == asked.asked_by:
        raise OwnApproval
    check_own(act, asked.customer.id)
    if not may(find_role(tx, asked.asked_by), Permission.CREDIT):
        _end(tx, act, asked, ApprovalDecision.WITHDRAWN)
        return None
    _end(tx, act, asked, ApprovalDecision.AGREED)
    grant = Grant(asked.customer.id, asked.amount, asked.key, str(asked.asked_by), asked.note)
    if asked.request is not None:
        request = load_locked(tx, asked.request)
        close_request(tx, grant.actor, request, TopupDecision.APPROVED)
        wanted, amount = request.wanted, request.amount
        grant = replace(grant, wanted=wanted, asked=amount, request=request.id)
    return give(tx, grant, Noted(act.actor, "agree to credit"))


def refuse(tx: Tx, act: Act, approval: int) -> None:
    """Give nothing: another operator refuses, or who asked for it takes it back.

    Raises TooLate, NotYours.
    """
    check_act(tx, act, Permission.CREDIT)
    asked = _lock(tx, approval)
    is_own = act.who == asked.asked_by
    _end(tx, act, asked, ApprovalDecision.WITHDRAWN if is_own else ApprovalDecision.REFUSED)
    subject, amount = f"customer:{asked.customer.id}", f"{asked.amount.decimal:f}"
    note_act(tx, act.actor, "refuse credit", subject, "", amount)


def _lock(tx: Tx, approval: int) -> CreditApproval:
    """One that waits, kept from others; its request is locked first, as by all who decide."""
    asked = load_approval(tx, approval)
    if asked.request is not None:
        load_locked(tx, asked.request)
    locked = select(_ROWS.id).where(_ROWS.id == approval).with_for_update(key_share=True)
    tx.execute(locked).one()
    asked = load_approval(tx, approval)
    if not asked.is_waiting:
        raise TooLate
    return asked


def _end(tx: Tx, act: Act, asked: CreditApproval, decision: ApprovalDecision) -> None:
    """Note what became of it, and tell who asked for it unless it is themself."""
    ended = {"decision": decision, "decided_by": act.who, "decided_at": tx.now}
    tx.execute(update(credit_approvals).where(_ROWS.id == asked.id).values(ended))
    settle_notices(tx, approval_subject(asked.id))
    if act.who != asked.asked_by:
        tell(tx, asked.asked_by, approval_decided_key(asked.id), ApprovalDecided(asked.id))
