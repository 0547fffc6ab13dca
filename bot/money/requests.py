"""Requests for credit: one open for a customer, with what it is for and a proof of the payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, func, insert, or_, select, update

from bot.base.clock import SKEW
from bot.base.errors import Banned, NotYours, TooLate
from bot.base.ids import CustomerId, ServiceId
from bot.base.keys import letter_key, proof_key, reminder_key, topup_key
from bot.base.money import Money
from bot.base.subjects import approval_subject, request_subject
from bot.db.tx import Tx
from bot.money.ledger import ApprovalDecision, TopupDecision
from bot.money.tables import credit_approvals, topup_requests
from bot.money.topup import Wanted, check_steps
from bot.outbox.notices import RequestNews, TopupAsked
from bot.outbox.tell import settle_notices, tell_operators
from bot.people.customers import Customer, load_customer
from bot.people.letters import find_message, list_letters, write_letter
from bot.people.tables import customers

REMINDED_AFTER: Final = timedelta(minutes=15)
"""So long waits what operators are asked for, until they are reminded of it once."""
_LONGEST_PROOF: Final = 1000
_OPEN: Final = topup_requests.c.decision == TopupDecision.OPEN


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a customer has paid: words, or a file by Telegram's own id of it, or both.

    `file_kind` says what Telegram sends it as, `album` is the one that it came in, `message` the
    customer's own that brought it.
    """

    said: str = ""
    file: str = ""
    file_kind: str = ""
    album: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class TopupRequest:
    """A customer's request for credit.

    `version` counts the amounts that it has had. `reason` says why it was denied: one of the
    shop's own reasons (`DenyReason`), or an operator's words. `decided_by` is an operator's id.
    """

    id: int
    customer: Customer
    amount: Money
    at: datetime
    decision: TopupDecision
    version: int = 1
    wanted: Wanted | None = None
    proof: Proof = Proof()
    reason: str = ""
    decided_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided about it."""
        return self.decision is TopupDecision.OPEN

    @property
    def is_proven(self) -> bool:
        """Whether the customer has sent a proof."""
        return bool(self.proof.said or self.proof.file)


def ask_topup(
    tx: Tx, customer: CustomerId, amount: Money, wanted: Wanted | None = None
) -> tuple[int, bool]:
    """Note a request for credit and tell operators; False with one that is open already.

    `wanted` is what the customer will buy with it. Raises NotInSteps, Banned, and NotYours when
    nobody is known by this id.
    """
    check_steps(tx, amount)
    mine = select(customers.c.banned).where(customers.c.id == customer)
    row = tx.execute(mine.with_for_update(key_share=True)).one_or_none()
    if row is None:
        raise NotYours
    if row.banned:
        raise Banned
    known = find_open(tx, customer)
    if known is not None:
        return known.id, False
    values = {"customer": customer, "amount": amount, "at": tx.now}
    if wanted is not None:
        values |= {"service": wanted.service, "quantity": wanted.quantity}
    new = insert(topup_requests).values(values).returning(topup_requests.c.id)
    request = int(tx.execute(new).scalar_one())
    tell_operators(tx, topup_key(request), TopupAsked(request))
    return request, True


def find_open(tx: Tx, customer: CustomerId) -> TopupRequest | None:
    """The open request of a customer, None without one."""
    query = select(topup_requests).where(topup_requests.c.customer == customer, _OPEN)
    row = tx.execute(query.limit(1)).one_or_none()
    return None if row is None else _request(tx, row)


def find_in_queue(tx: Tx, place: int) -> tuple[TopupRequest | None, int, int]:
    """The open request at a place of the queue, oldest first, with its place and how many wait.

    A place beyond the ends is the nearest; None where nothing waits.
    """
    total = count_open(tx)
    at = min(max(place, 0), max(0, total - 1))
    query = select(topup_requests).where(_OPEN).order_by(topup_requests.c.id).offset(at).limit(1)
    row = tx.execute(query).one_or_none()
    return (None if row is None else _request(tx, row)), at, total


def count_open(tx: Tx) -> int:
    """How many requests wait for a decision."""
    return int(
        tx.execute(select(func.count()).select_from(topup_requests).where(_OPEN)).scalar_one()
    )


def load_topup(tx: Tx, request: int) -> TopupRequest:
    """One request. Raises NotYours when there is none."""
    row = tx.execute(select(topup_requests).where(topup_requests.c.id == request)).one_or_none()
    if row is None:
        raise NotYours
    return _request(tx, row)


def load_own(tx: Tx, customer: CustomerId, request: int) -> TopupRequest:
    """A customer's own request. Raises NotYours for any other."""
    found = load_topup(tx, request)
    if found.customer.id != customer:
        raise NotYours
    return found


def _request(tx: Tx, row: Row[Any]) -> TopupRequest:
    wanted = None if row.service is None else Wanted(ServiceId(row.service), row.quantity)
    return TopupRequest(
        id=row.id,
        customer=load_customer(tx, CustomerId(row.customer)),
        amount=row.amount,
        at=row.at,
        decision=row.decision,
        version=row.version,
        wanted=wanted,
        proof=_proof(tx, row),
        reason=row.reason,
        decided_by=row.decided_by,
    )


def _proof(tx: Tx, row: Row[Any]) -> Proof:
    said = tx.settings.unseal(row.said)
    return Proof(said, row.file, row.file_kind, row.album, row.message or 0)


def find_customers_message(tx: Tx, request: int, before: int = 0) -> int | None:
    """The newest message that its customer sent for a request, None without any.

    `before` is a letter that must be newer.
    """
    answer = find_message(tx, request_subject(request), before=before)
    if answer is not None:
        return answer
    query = select(topup_requests.c.message).where(topup_requests.c.id == request)
    return tx.execute(query).scalar_one_or_none()


# What its customer does while it is open


def change_amount(tx: Tx, customer: CustomerId, request: int, amount: Money) -> TopupRequest:
    """Ask for another amount. Raises NotInSteps, NotYours, and TooLate once it is decided."""
    check_steps(tx, amount)
    asked = load_locked(tx, request, customer)
    if asked.amount != amount:
        change_open(tx, asked, amount=amount, version=asked.version + 1)
        withdraw_approvals(tx, request)
    return load_topup(tx, request)


def attach_proof(tx: Tx, customer: CustomerId, request: int, proof: Proof) -> bool:
    """Keep a proof in the place of the one before; operators are told of the first.

    False for another file of an album that one was taken from. Raises NotYours, and TooLate once
    the request is decided.
    """
    asked = load_locked(tx, request, customer)
    if proof.album and proof.album == asked.proof.album:
        return False
    change_open(
        tx,
        asked,
        said=tx.settings.seal(proof.said[:_LONGEST_PROOF]),
        file=proof.file,
        file_kind=proof.file_kind,
        album=proof.album,
        message=proof.message or None,
    )
    if not asked.is_proven:
        tell_operators(tx, proof_key(request), TopupAsked(request, RequestNews.PROOF))
    return True


def withdraw_topup(tx: Tx, customer: CustomerId, request: int) -> None:
    """Call a request back. Raises NotYours, and TooLate once it is decided."""
    asked = load_locked(tx, request, customer)
    change_open(tx, asked, decision=TopupDecision.WITHDRAWN, decided_at=tx.now)
    withdraw_approvals(tx, request)


def answer_question(tx: Tx, customer: CustomerId, request: int, said: Proof, key: str) -> None:
    """Answer what an operator asked about a request, once by the key of the customer's message.

    Operators are told of the first answer to each question; what is said after it stands on the
    card. Raises NotYours, and TooLate once the request is decided.
    """
    load_locked(tx, request, customer)
    subject = request_subject(request)
    before = list_letters(tx, subject, newest=1)
    file, message = (said.file, said.file_kind), said.message
    letter = write_letter(tx, subject, "", said.said, *file, key, message)
    if before and before[0].sender:
        news = TopupAsked(request, RequestNews.ANSWER)
        tell_operators(tx, letter_key(letter), news)
    settle_notices(tx, subject)


# What is done to an open one


def load_locked(tx: Tx, request: int, customer: CustomerId | None = None) -> TopupRequest:
    """An open request, kept from others until the end. With a customer, their own.

    Raises NotYours, and TooLate once it is decided.
    """
    locked = select(topup_requests.c.id).where(topup_requests.c.id == request)
    tx.execute(locked.with_for_update(key_share=True)).one_or_none()
    asked = load_topup(tx, request) if customer is None else load_own(tx, customer, request)
    if not asked.is_open:
        raise TooLate
    return asked


def change_open(tx: Tx, asked: TopupRequest, **values: object) -> None:
    """Change a locked request, and have its cards edited to what is true then."""
    tx.execute(update(topup_requests).where(topup_requests.c.id == asked.id).values(values))
    settle_notices(tx, request_subject(asked.id))


def withdraw_approvals(tx: Tx, request: int) -> None:
    """Nobody has to agree any more to what was to be given for a request."""
    waiting = update(credit_approvals).where(
        credit_approvals.c.request == request,
        credit_approvals.c.decision == ApprovalDecision.WAITING,
    )
    ended = {"decision": ApprovalDecision.WITHDRAWN, "decided_at": tx.now}
    for one in tx.execute(waiting.values(ended).returning(credit_approvals.c.id)).scalars().all():
        settle_notices(tx, approval_subject(one))


def remind(tx: Tx) -> int:
    """Tell operators once of each request that is open for a quarter of an hour; how many."""
    asked_at = topup_requests.c.at
    late = update(topup_requests).where(
        _OPEN,
        topup_requests.c.reminded_at.is_(None),
        or_(asked_at <= tx.now - REMINDED_AFTER, asked_at > tx.now + SKEW),
    )
    reminded = late.values(reminded_at=tx.now).returning(topup_requests.c.id)
    found = tx.execute(reminded).scalars().all()
    for request in sorted(found):
        tell_operators(tx, reminder_key(request), TopupAsked(request, RequestNews.REMINDER))
    return len(found)
