"""What a customer does about a problem with an order: claim it, add to it, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import insert, select, update

from bot.base.errors import NotYours, TooLate
from bot.base.ids import CustomerId, OrderId
from bot.base.keys import claim_key, claim_letter_key
from bot.base.subjects import claim_subject
from bot.db.tx import Tx
from bot.orders.claims.rows import NO_FILE, ClaimRow, File, close, find_open
from bot.orders.rows import lock
from bot.orders.rules.claims import NO_UNITS, ClaimReason, ClaimState, Units
from bot.orders.tables import claims, orders
from bot.outbox.claim_notices import ClaimAlert
from bot.outbox.tell import refresh_card, settle_notices, tell_operators
from bot.people.letters import list_letters, write_letter

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What a customer says is wrong with which units of an order; no pieces are all of them.

    `message` is the customer's own that brought the words or the file, 0 without one.
    """

    order: OrderId
    reason: ClaimReason
    pieces: Units = NO_UNITS
    said: str = ""
    file: File = NO_FILE
    message: int = 0


def make_claim(tx: Tx, customer: CustomerId, draft: ClaimDraft) -> tuple[int, bool]:
    """Open a claim and tell operators; False with the one that is open already.

    Raises NotYours for somebody else's order. Orders whose goods are purged may be claimed too.
    """
    row = lock(tx, draft.order)
    if row.customer != customer:
        raise NotYours
    known = find_open(tx, draft.order)
    if known is not None:
        return known.id, False
    everything = Units.all(row.quantity)
    pieces = draft.pieces & everything
    written = {
        "order_id": row.id,
        "customer": customer,
        "reason": draft.reason,
        "pieces": str(pieces if pieces.count else everything),
        "said": tx.settings.seal(draft.said[:_LONGEST]),
        "file": draft.file.id,
        "file_kind": draft.file.kind,
        "at": tx.now,
        "message": draft.message or None,
    }
    claim = int(tx.execute(insert(claims).values(written).returning(claims.c.id)).scalar_one())
    tx.execute(update(orders).where(orders.c.id == row.id).values(problem_at=tx.now))
    refresh_card(tx, customer, row.id)
    tell_operators(tx, claim_key(claim), ClaimAlert(claim))
    return claim, True


def withdraw_claim(tx: Tx, customer: CustomerId, claim: int) -> None:
    """Take a claim back. Raises TooLate when it was closed meanwhile, NotYours."""
    close(tx, _open(tx, customer, claim), ClaimState.WITHDRAWN, str(customer))


def add_to_claim(
    tx: Tx,
    customer: CustomerId,
    claim: int,
    said: str,
    file: File,
    key: str = "",
    message: int = 0,
) -> bool:
    """Write more about a claim, once by its key; whether it was new. Raises TooLate, NotYours."""
    row = _open(tx, customer, claim)
    subject = claim_subject(row.id)
    known = {one.id for one in list_letters(tx, subject)}
    letter = write_letter(tx, subject, "", said, file.id, file.kind, key, message)
    if letter in known:
        return False
    settle_notices(tx, subject)
    tell_operators(tx, claim_letter_key(letter), ClaimAlert(row.id, letter))
    return True


def _open(tx: Tx, customer: CustomerId, claim: int) -> ClaimRow:
    mine = select(claims.c.order_id).where(claims.c.id == claim, claims.c.customer == customer)
    order = tx.find(partial(OrderId), mine)
    if order is None:
        raise NotYours
    lock(tx, order)
    found = find_open(tx, order)
    if found is None or found.id != claim:
        raise TooLate
    return found
