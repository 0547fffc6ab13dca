"""Judges what the desk did with money: once, in the books, at the supplier and in the chat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.orders.rules.claims import ClaimState
from bot.orders.rules.moves import State
from tests.crash.behaviour.behaviour import Deed
from tests.crash.evidence import BookedClaim, BookedOrder, BookedRemedy, Evidence
from tests.crash.scene import Case, Wish
from tests.crash.scripts import ADDING, remote_of
from tests.crash.told import Words, count, saying
from tests.crash.wares import ASKED, OPERATORS


def undone(wish: Wish, evidence: Evidence) -> Iterator[str]:
    """What operators have still to do."""
    if wish.behaviour.deed is Deed.APPROVE:
        requests = evidence.requests_of(wish.ware.guest)
        if not requests or any(not one.decision for one in requests):
            yield f"nobody has decided about the credit: {requests}"
    elif wish.behaviour.deed is not None:
        for order in _completed(wish, evidence):
            if not evidence.remedies_of(order.id):
                yield f"order {order.id} was not made good"


def judge_deed(case: Case, wish: Wish, evidence: Evidence) -> Iterator[str]:
    """Whatever was done was done once, is paid as it was told, and was told."""
    if wish.behaviour.deed is Deed.APPROVE:
        yield from _credit(case, wish, evidence)
    elif wish.behaviour.deed is not None:
        yield from _adds(case, wish, evidence)
        for order in _completed(wish, evidence):
            yield from (
                f"order {order.id} {what}" for what in _remedy(case, wish, order, evidence)
            )


def _completed(wish: Wish, evidence: Evidence) -> Iterator[BookedOrder]:
    mine = evidence.orders_of(wish.card.quote)
    return (order for order in mine if order.state == State.COMPLETED)


def _credit(case: Case, wish: Wish, evidence: Evidence) -> Iterator[str]:
    """Each request that was approved was paid once, and its customer was told."""
    guest, approved = wish.ware.guest, 0
    for request in evidence.requests_of(guest):
        paid = [one.amount for one in evidence.transfers if one.key == f"req:{request.id}"]
        wanted = [ASKED] if request.decision == "approved" else []
        approved += len(wanted)
        if paid != wanted:
            yield f"request {request.id} is {request.decision!r} and was paid {paid}"
    words = saying(f"{_dollars(ASKED)} was added")
    yield from _told(case, wish, guest, approved, "the credit", words)
    stands = saying(f"Request for a top-up of {_dollars(ASKED)}", f"{guest} ·", "✅ Approved")
    for operator in OPERATORS:
        if approved and not count(case.around, operator, stands):
            yield f"the credit was given, and {operator} does not read so"


def _remedy(case: Case, wish: Wish, order: BookedOrder, evidence: Evidence) -> Iterator[str]:
    remedies = evidence.remedies_of(order.id)
    if len(remedies) != 1:
        yield f"was made good {len(remedies)} times"
        return
    [remedy], claims = remedies, evidence.claims_of(order.id)
    claim = next(one for one in claims if one.id == remedy.claim)
    yield from _alerts(case, claim)
    if wish.behaviour.deed is Deed.REFUND:
        yield from _refund(case, wish, order, claim, remedy, evidence)
    else:
        yield from _replacement(case, wish, order, claim, remedy, evidence)


def _alerts(case: Case, claim: BookedClaim) -> Iterator[str]:
    """What operators were told of a claim says in the end how it stands."""
    stands = "⚠️ A customer reports a problem."
    if claim.state == ClaimState.MADE_GOOD:
        stands = "✅ Settled: a customer reported a problem."
    words = saying(stands, f"order #{claim.order_id}")
    for operator in OPERATORS:
        if not count(case.around, operator, words):
            yield f"has a claim that is {claim.state}, and {operator} does not read so"


def _refund(
    case: Case,
    wish: Wish,
    order: BookedOrder,
    claim: BookedClaim,
    remedy: BookedRemedy,
    evidence: Evidence,
) -> Iterator[str]:
    """What was paid for the units of the claim is back, once, and never more than was paid."""
    due = order.captured * claim.count // order.quantity
    moved = evidence.moved(order.id, "refund")
    if not 0 < due <= order.captured or moved != [due]:
        yield f"was paid {order.captured}, has {due} to be refunded, and moved {moved}"
    if (order.refunded, remedy.amount) != (due, due):
        yield f"notes {order.refunded} and {remedy.amount} refunded, not {due}"
    words = saying(f"{_dollars(due)} is back in your balance", f"#{order.id}")
    yield from _told(case, wish, order.customer, 1, "the refund", words)


def _replacement(
    case: Case,
    wish: Wish,
    order: BookedOrder,
    claim: BookedClaim,
    remedy: BookedRemedy,
    evidence: Evidence,
) -> Iterator[str]:
    """One other order of these units, for nothing; how it ends is judged as of any order."""
    new = evidence.replacements_of(order.id)
    if [one.id for one in new] != [remedy.replacement]:
        yield f"is replaced by {[one.id for one in new]}, and notes {remedy.replacement}"
        return
    [other] = new
    if (other.quantity, other.total, other.captured) != (claim.count, 0, 0):
        yield f"is replaced by {other.quantity} of {claim.count} for {other.total}"
    if order.refunded or evidence.moved(order.id, "refund"):
        yield "was refunded beside its replacement"
    words = saying(f"A replacement is on its way: order #{other.id}.")
    if other.state == State.FAILED:
        words = saying(f"The replacement, order #{other.id}, did not come.")
    yield from _told(case, wish, order.customer, 1, "the replacement", words)


def _adds(case: Case, wish: Wish, evidence: Evidence) -> Iterator[str]:
    """Each order left once at most: they are told apart by how much they are of."""
    may = Counter(str(order.quantity) for order in evidence.family_of(wish.card.quote))
    received = case.around.supplier(wish.ware.supplier).received
    came = Counter(
        one.params.get("quantity", "")
        for one in received
        if one.action in ADDING and remote_of(one) == wish.ware.remote
    )
    for quantity, times in came.items():
        if times > may[quantity]:
            yield f"`add` of {quantity} came {times} times, {may[quantity]} at most"


def _told(
    case: Case, wish: Wish, guest: int, least: int, what: str, words: Words
) -> Iterator[str]:
    """Read once for each, and once more for each kill or fall at most."""
    most = least * (1 + case.kills + case.falls + wish.behaviour.repeats)
    times = count(case.around, guest, words)
    if not least <= times <= most:
        yield f"{guest} read {times} times of {what}, {least} to {most} expected"


def _dollars(micros: int) -> str:
    """As people read it in English, to the cent."""
    return f"${micros // 1_000_000}.{micros // 10_000 % 100:02d}"
