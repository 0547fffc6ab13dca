"""What an operator says about a claim: an answer, or that it is solved.

Both raise NotYours for somebody who is no operator in that role, NotAllowed where the role does
not permit it, TooLate when the claim was closed meanwhile; the audit log has each.
"""

from __future__ import annotations

from bot.base.acts import Act, Permission
from bot.base.errors import TooLate
from bot.base.keys import claim_closed_key, claim_letter_key, message_of
from bot.base.subjects import claim_subject
from bot.db.tx import Tx
from bot.orders.claims.rows import NO_FILE, ClaimRow, File, close, find_open, load_claim
from bot.orders.rows import lock
from bot.orders.rules.claims import ClaimState
from bot.outbox.claim_notices import ClaimAnswered, ClaimClosed
from bot.outbox.tell import settle_notices, tell
from bot.people.audit import note_act
from bot.people.letters import write_letter
from bot.people.operators import check_act


def answer_claim(tx: Tx, act: Act, claim: int, said: str, file: File) -> int:
    """Write to the customer about their claim, once by the act's key; the letter."""
    row = lock_open(tx, claim, act)
    subject = claim_subject(claim)
    letter = _write(tx, act, subject, said, file)
    note_act(tx, act.actor, "answer claim", f"order:{row.order_id}")
    settle_notices(tx, subject)
    tell(tx, row.customer, claim_letter_key(letter), ClaimAnswered(claim, letter))
    return letter


def solve_claim(tx: Tx, act: Act, claim: int, said: str = "", file: File = NO_FILE) -> None:
    """Close a claim, perhaps with words or a picture for its customer."""
    row = lock_open(tx, claim, act)
    letter = 0
    if said or file.id:
        subject = claim_subject(claim)
        letter = _write(tx, act, subject, said, file)
    close(tx, row, ClaimState.SOLVED, act.actor)
    note_act(tx, act.actor, "solve claim", f"order:{row.order_id}")
    tell(tx, row.customer, claim_closed_key(claim, tx.now), ClaimClosed(claim, letter))


def _write(tx: Tx, act: Act, subject: str, said: str, file: File) -> int:
    message = message_of(act.key)
    return write_letter(tx, subject, act.actor, said, file.id, file.kind, act.key, message)


def lock_open(tx: Tx, claim: int, act: Act) -> ClaimRow:
    """A claim that is open, its order locked, for an operator who may decide about it."""
    check_act(tx, act, Permission.ORDERS)
    order = load_claim(tx, claim).order_id
    lock(tx, order)
    found = find_open(tx, order)
    if found is None or found.id != claim:
        raise TooLate
    return found
