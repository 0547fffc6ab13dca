"""What operators decide about a request for credit, once, whoever comes first."""

from __future__ import annotations

from enum import StrEnum

from bot.base.acts import Act, Permission
from bot.base.keys import letter_key, message_of, request_key, topup_denied_key
from bot.base.money import Money
from bot.base.subjects import request_subject
from bot.db.tx import Tx
from bot.money.errors import RequestChanged
from bot.money.ledger import TopupDecision
from bot.money.requests import (
    TopupRequest,
    change_open,
    load_locked,
    withdraw_approvals,
)
from bot.money.topup import Change, Grant, grant_credit
from bot.outbox.notices import RequestQuestion, TopupDenied
from bot.outbox.tell import settle_notices, tell
from bot.people.audit import note_act
from bot.people.letters import find_by_key, write_letter
from bot.people.operators import check_act

_LONGEST_REASON = 500


class DenyReason(StrEnum):
    """Why a request is denied, in words that the shop has in every language."""

    NOT_FOUND = "not_found"
    TOO_LITTLE = "too_little"
    UNREADABLE = "unreadable"
    ALREADY_ADDED = "already_added"


def approve_topup(
    tx: Tx, act: Act, request: int, version: int, amount: Money | None = None
) -> Change:
    """Give the credit that a request asks for, or another amount.

    `version` is the one whose amount the operator has read. Raises RequestChanged for another,
    TooLate, NotInSteps, OwnCredit, NeedsSecond, NotYours.
    """
    check_act(tx, act, Permission.CREDIT)
    asked = load_locked(tx, request)
    if asked.version != version:
        raise RequestChanged
    close_request(tx, act.actor, asked, TopupDecision.APPROVED)
    grant = Grant(
        customer=asked.customer.id,
        amount=amount or asked.amount,
        key=request_key(request),
        actor=act.actor,
        wanted=asked.wanted,
        asked=asked.amount,
        request=request,
    )
    return grant_credit(tx, act, grant)


def deny_topup(tx: Tx, act: Act, request: int, reason: str = "") -> None:
    """Decline a request; the customer reads why, where a reason is given.

    It is a `DenyReason` or an operator's own words. Raises TooLate, NotYours.
    """
    check_act(tx, act, Permission.CREDIT)
    asked, why = load_locked(tx, request), reason[:_LONGEST_REASON]
    close_request(tx, act.actor, asked, TopupDecision.DENIED, why)
    note_act(tx, act.actor, "deny top-up", f"customer:{asked.customer.id}")
    denied = TopupDenied(asked.amount.micros, why, request)
    tell(tx, asked.customer.id, topup_denied_key(request), denied)


def close_request(
    tx: Tx, actor: str, asked: TopupRequest, decision: TopupDecision, reason: str = ""
) -> None:
    """Note what was decided about a locked request, and by whom."""
    ended = {"decided_by": actor, "decided_at": tx.now, "reason": reason}
    change_open(tx, asked, decision=decision, **ended)
    withdraw_approvals(tx, asked.id)


def ask_customer(tx: Tx, act: Act, request: int, words: str) -> None:
    """Ask the customer about an open request, once by the act's key. Raises TooLate, NotYours."""
    check_act(tx, act, Permission.CREDIT)
    asked, subject = load_locked(tx, request), request_subject(request)
    if find_by_key(tx, act.key) is not None:
        return
    message = message_of(act.key)
    letter = write_letter(tx, subject, act.actor, words, key=act.key, message=message)
    settle_notices(tx, subject)
    tell(tx, asked.customer.id, letter_key(letter), RequestQuestion(request, letter))
    note_act(tx, act.actor, "ask about top-up", f"customer:{asked.customer.id}")
