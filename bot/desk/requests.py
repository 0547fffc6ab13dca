"""What operators read before they decide about a request for credit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from bot.base.ids import CustomerId
from bot.base.keys import request_key, reverse_key
from bot.base.money import Money
from bot.base.subjects import request_subject
from bot.db.tx import Tx
from bot.money import approvals, post, requests
from bot.money.approvals import CreditApproval
from bot.money.ledger import TransferKind, customer_account
from bot.money.post import TransferRow
from bot.money.requests import TopupRequest
from bot.money.tables import transfers
from bot.money.topup import Change
from bot.people.letters import Letter, list_letters

_LAST_TOPUPS: Final = 3
_LAST_LETTERS: Final = 10


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request with its customer's credit and last top-ups, newest first.

    `change` is what an approved one has made, `is_undone` where that was taken back since.
    `approval` waits for a second operator. `others` wait in the queue beside it.
    """

    request: TopupRequest
    free: Money
    topups: tuple[TransferRow, ...]
    letters: tuple[Letter, ...]
    change: Change | None
    is_undone: bool
    approval: CreditApproval | None
    others: int


@dataclass(frozen=True, slots=True)
class QueuedCard:
    """The card at a place of the queue, which counts from 0; None where nothing waits.

    `approvals` pieces of credit wait for a second operator.
    """

    card: RequestCard | None
    place: int
    total: int
    approvals: int = 0


def find_queued_card(tx: Tx, place: int) -> QueuedCard:
    """The open request at a place of the queue, oldest first; beyond the ends the nearest."""
    request, at, total = requests.find_in_queue(tx, place)
    card = None if request is None else _card(tx, request)
    return QueuedCard(card, at, total, approvals.count_waiting(tx))


def load_request_card(tx: Tx, request: int) -> RequestCard:
    """The card of any request. Raises NotYours when there is none."""
    return _card(tx, requests.load_topup(tx, request))


def _card(tx: Tx, request: TopupRequest) -> RequestCard:
    customer = request.customer.id
    given = post.find_transfer(tx, request_key(request.id))
    change = None if given is None else _change(tx, request, given)
    undone = given is not None and post.find_transfer(tx, reverse_key(given.id)) is not None
    return RequestCard(
        request=request,
        free=post.customer_balance(tx, customer),
        topups=_last_topups(tx, customer),
        letters=list_letters(tx, request_subject(request.id), _LAST_LETTERS),
        change=change,
        is_undone=undone,
        approval=approvals.find_waiting(tx, request.id),
        others=requests.count_open(tx) - request.is_open,
    )


def _change(tx: Tx, request: TopupRequest, given: TransferRow) -> Change:
    after = post.balance_after(tx, given.id, customer_account(request.customer.id))
    before = after - given.amount
    return Change(given.id, request.customer, given.amount, before, after, fresh=False)


def _last_topups(tx: Tx, customer: CustomerId) -> tuple[TransferRow, ...]:
    query = select(transfers).where(
        transfers.c.credit == customer_account(customer), transfers.c.kind == TransferKind.TOPUP
    )
    return tx.list(TransferRow, query.order_by(transfers.c.id.desc()).limit(_LAST_TOPUPS))
