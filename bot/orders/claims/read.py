"""A claim as people read it: what was said and sent, what was answered, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId
from bot.base.subjects import claim_subject
from bot.db.tx import Tx
from bot.orders.claims.rows import ClaimRow, File, RemedyRow, find_claim, list_remedies, load_claim
from bot.orders.rules.claims import ClaimReason, ClaimState, Units
from bot.people.letters import Letter, find_message, list_letters


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its letters, and all remedies of its order, both oldest first.

    `closed_by` is an operator's id, or that of the customer who withdrew it.
    """

    id: int
    order: OrderId
    customer: CustomerId
    reason: ClaimReason
    pieces: Units
    said: str
    file: File
    state: ClaimState
    at: datetime
    closed_by: str
    letters: tuple[Letter, ...]
    remedies: tuple[RemedyRow, ...]

    def find_letter(self, letter: int) -> Letter | None:
        """One of its letters."""
        return next((one for one in self.letters if one.id == letter), None)

    def file_of(self, letter: int) -> File:
        """The file of one of its letters, or, with 0, that of the claim itself."""
        found = self.find_letter(letter)
        return self.file if found is None else File(found.file, found.file_kind)


def load_view(tx: Tx, claim: int) -> ClaimView:
    """A claim as an operator reads it. Raises NotYours for none."""
    return _view(tx, load_claim(tx, claim))


def load_own(tx: Tx, customer: CustomerId, claim: int) -> ClaimView:
    """A customer's own claim. Raises NotYours for somebody else's and for none."""
    row = load_claim(tx, claim)
    if row.customer != customer:
        raise NotYours
    return _view(tx, row)


def find_customers_message(tx: Tx, claim: int, before: int = 0) -> int | None:
    """The newest message in which its customer wrote about a claim, None for one without words.

    `before` is a letter that must be newer.
    """
    added = find_message(tx, claim_subject(claim), before=before)
    if added is not None:
        return added
    row = find_claim(tx, claim)
    return None if row is None else row.message


def _view(tx: Tx, row: ClaimRow) -> ClaimView:
    return ClaimView(
        id=row.id,
        order=row.order_id,
        customer=row.customer,
        reason=row.reason,
        pieces=Units.read(row.pieces),
        said=tx.settings.unseal(row.said),
        file=File(row.file, row.file_kind),
        state=row.state,
        at=row.at,
        closed_by=row.closed_by,
        letters=list_letters(tx, claim_subject(row.id)),
        remedies=list_remedies(tx, row.order_id),
    )
