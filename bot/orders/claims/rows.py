"""Claims and remedies as they stand: one claim open for each order, its units made good or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import func, insert, select, update

from bot.base.errors import NotYours
from bot.base.ids import CustomerId, OrderId
from bot.base.keys import claim_key
from bot.base.money import ZERO, Money
from bot.base.subjects import claim_subject
from bot.db.tx import Tx
from bot.orders.rules.claims import NO_UNITS, ClaimReason, ClaimState, Units
from bot.orders.tables import claims, remedies
from bot.outbox.claim_notices import ClaimAlert
from bot.outbox.tell import refresh_card, settle_notices, tell_operators


@dataclass(frozen=True, slots=True)
class File:
    """Telegram's own id of a file, empty for none, and its kind (`photo`, `document`)."""

    id: str = ""
    kind: str = ""


NO_FILE: Final = File()


class ClaimRow(NamedTuple):
    """A row of `claims`, column by column."""

    id: int
    order_id: OrderId
    customer: CustomerId
    reason: ClaimReason
    pieces: str
    said: str
    file: str
    file_kind: str
    state: ClaimState
    at: datetime
    closed_by: str
    closed_at: datetime | None
    message: int | None


class RemedyRow(NamedTuple):
    """A row of `remedies`, column by column."""

    order_id: OrderId
    number: int
    at: datetime
    by: str
    claim: int | None
    pieces: str
    amount: Money
    replacement: OrderId | None
    reason: str

    @property
    def units(self) -> Units:
        """The units that were refunded or replaced; none where money went back as goodwill."""
        return Units.read(self.pieces)


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that makes an order good; see the table."""

    by: str
    units: Units = NO_UNITS
    amount: Money = ZERO
    replacement: OrderId | None = None
    claim: int | None = None
    reason: str = ""


_OLDEST_FIRST: Final = (remedies.c.order_id, remedies.c.number)


def find_claim(tx: Tx, claim: int) -> ClaimRow | None:
    """A claim as it stands, None when there is none by this id."""
    return tx.find(ClaimRow, select(claims).where(claims.c.id == claim))


def load_claim(tx: Tx, claim: int) -> ClaimRow:
    """The same. Raises NotYours when there is none."""
    found = find_claim(tx, claim)
    if found is None:
        raise NotYours
    return found


def find_open(tx: Tx, order: OrderId) -> ClaimRow | None:
    """The claim that is open about an order."""
    query = select(claims).where(claims.c.order_id == order, claims.c.state == ClaimState.OPEN)
    return tx.find(ClaimRow, query)


def list_remedies(tx: Tx, order: OrderId) -> tuple[RemedyRow, ...]:
    """What was done to make an order good, oldest first."""
    query = select(remedies).where(remedies.c.order_id == order).order_by(*_OLDEST_FIRST)
    return tx.list(RemedyRow, query)


def find_remedy(tx: Tx, order: OrderId, number: int) -> RemedyRow | None:
    """One of them."""
    mine = (remedies.c.order_id == order, remedies.c.number == number)
    return tx.find(RemedyRow, select(remedies).where(*mine))


def made_good(done: Iterable[RemedyRow]) -> Units:
    """The units that are refunded or replaced by these."""
    units = NO_UNITS
    for one in done:
        units |= one.units
    return units


def note_remedy(tx: Tx, order: OrderId, number: int, remedy: Remedy) -> None:
    """Write a remedy down; the claim that it is for closes once every unit of it is made good."""
    row = {
        "order_id": order,
        "number": number,
        "at": tx.now,
        "by": remedy.by,
        "claim": remedy.claim,
        "pieces": str(remedy.units),
        "amount": remedy.amount,
        "replacement": remedy.replacement,
        "reason": remedy.reason,
    }
    tx.execute(insert(remedies).values(row))
    claim = find_open(tx, order)
    if claim is None:
        return
    left = Units.read(claim.pieces) - made_good(list_remedies(tx, order))
    if remedy.units.count and not left.count:
        close(tx, claim, ClaimState.MADE_GOOD, remedy.by)
    settle_notices(tx, claim_subject(claim.id))


def close(tx: Tx, claim: ClaimRow, state: ClaimState, by: str) -> None:
    """Close a claim that is open, so that whoever was told of it sees how it ended."""
    ended = {"state": state, "closed_by": by, "closed_at": tx.now}
    tx.execute(update(claims).where(claims.c.id == claim.id).values(ended))
    settle_notices(tx, claim_subject(claim.id))
    refresh_card(tx, claim.customer, claim.order_id)


def replacement_ended(tx: Tx, replacement: OrderId, delivered: int) -> None:
    """Note how much of a replacement came: a claim whose units are still missing is open again.

    With another claim open about that order by now, its operators see the units as missing.
    """
    query = select(remedies).where(remedies.c.replacement == replacement)
    remedy = tx.find(RemedyRow, query)
    if remedy is None or delivered >= remedy.units.count:
        return
    came = remedy.units.first(delivered)
    mine = (remedies.c.order_id == remedy.order_id, remedies.c.number == remedy.number)
    tx.execute(update(remedies).where(*mine).values(pieces=str(came)))
    claim = find_open(tx, remedy.order_id)
    if claim is None and remedy.claim is not None:
        claim = load_claim(tx, remedy.claim)
        opened = {"state": ClaimState.OPEN, "closed_by": "", "closed_at": None}
        tx.execute(update(claims).where(claims.c.id == claim.id).values(opened))
    if claim is not None:
        settle_notices(tx, claim_subject(claim.id))
        refresh_card(tx, claim.customer, claim.order_id)
        again = claim_key(claim.id, remedy.number)
        tell_operators(tx, again, ClaimAlert(claim.id, came_back=True))


def count_open(tx: Tx) -> int:
    """How many claims wait for an operator."""
    query = select(func.count()).where(claims.c.state == ClaimState.OPEN)
    return int(tx.execute(query).scalar_one())
