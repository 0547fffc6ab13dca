"""Judges a trial by its end: every violation is a plain sentence, none means that all is well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from bot.orders.rules.moves import Reason, State
from tests.crash.deed_judge import judge_deed, undone
from tests.crash.deliveries import judge_deliveries, missing_deliveries
from tests.crash.evidence import BookedOrder, Evidence
from tests.crash.scene import Case, Wish
from tests.crash.surroundings import Surroundings
from tests.crash.told import count, saying
from tests.crash.wares import CREDIT, GUESTS, LOOKER, OPERATORS, TYPIST

_MICROS: Final = 1_000_000
_MAY_BE_DROPPED: Final = ("card:", "waits:", "doubt:", "attention:")
"""Notices to customers that may have become untrue before they were sent."""
_CARD_SAYS: Final = {
    State.COMPLETED: ("Completed", "The code has arrived"),
    State.PARTIAL: ("Partly delivered",),
    State.CANCELED: ("Canceled and refunded", "No code came, refunded"),
    State.FAILED: ("Not placed, refunded",),
    State.IN_DOUBT: ("Being checked",),
    State.ATTENTION: ("Someone from the shop is looking at it",),
}
_SAYS_IT_IS_AWAY: Final = re.compile(
    r"event=worker_failed worker=.* why=|event=\"the books are closed\" why="
    r"|event=\"kept in memory until it can be written: |^DATABASE_URL cannot be used"
)
"""Whoever needs a database that is away says so, and no more than that."""
_TELLINGS: Final = {
    State.IN_DOUBT: (
        "doubt",
        ("An order is in doubt", "Settled: this order was in doubt"),
        "rder #{} is being checked",
    ),
    State.ATTENTION: (
        "attention",
        ("An order needs a person", "Settled: this order needed a person"),
        "omething went wrong with order #{}, and someone from the shop is looking at it",
    ),
}
"""The keys of the notices about a parked order, and their words: to operators as they are told and
as they stand there once that is settled, to customers as they are told.
"""


def unfinished(case: Case, evidence: Evidence) -> Iterator[str]:
    """What still has to happen, were nobody to interrupt it any more."""
    for wish in case.wishes:
        found = evidence.orders_of(wish.card.quote)
        if len(found) != wish.ware.parts and not _may_be_unsold(case, wish, found):
            yield f"{_name(wish)}: {len(found)} orders of {wish.ware.parts}"
        for order in evidence.family_of(wish.card.quote):
            is_parked_early = (
                not case.kills and order.state == State.IN_DOUBT != wish.behaviour.ends
            )
            if order.state not in _CARD_SAYS or wish.is_to_be_decided(order) or is_parked_early:
                yield f"{_name(wish)}: order {order.id} is still {order.state}"
            yield from missing_deliveries(case, wish, order)
        yield from (f"{_name(wish)}: {what}" for what in undone(wish, evidence))
        if wish.behaviour.others_look:
            yield from _not_shown(case)
    for row in evidence.outbox:
        if row.state == "pending":
            yield f"message {row.key} to {row.chat} is not sent"


def _not_shown(case: Case) -> Iterator[str]:
    """The screens that two others have asked for, which no news of an order would bring."""
    home = saying("What would you like to do?")
    if not count(case.around, LOOKER, home):
        yield f"{LOOKER} tapped Home and does not see it"
    if not count(case.around, TYPIST, home):
        yield f"{TYPIST} sent /start and does not see it"


def unanswered(around: Surroundings, taps: Sequence[str]) -> Iterator[str]:
    """Taps that nobody has tried to answer: what Telegram makes of it is not ours."""
    tried = {
        call.params.get("callback_query_id")
        for call in around.telegram.calls_of("answerCallbackQuery")
    }
    return (tap for tap in taps if tap not in tried)


def _may_be_unsold(case: Case, wish: Wish, found: Sequence[BookedOrder]) -> bool:
    """Whether nobody heard the Confirm while that could be bought, and the customer was told."""
    if not case.slept and not (case.kills and wish.behaviour.pauses_sales):
        return False
    card = case.around.telegram.people[wish.ware.guest].chat.messages[wish.card.message.message_id]
    return not found and "Nothing was charged" in card.text


def violations(case: Case, evidence: Evidence, proof: Sequence[str]) -> list[str]:
    """Everything that is not as it must be; `proof` is what the shop's own has found."""
    found = [
        *_books(evidence),
        *(f"audit: {finding}" for finding in proof),
        *_wallets(evidence),
        *_outbox(evidence),
        *_refusals(case),
        *_log(case),
        *(f"stuck: {what}" for what in unfinished(case, evidence)),
        *(f"tap {tap} was not answered" for tap in unanswered(case.around, case.taps)),
        *_forgotten(evidence),
    ]
    for wish in case.wishes:
        found += _adds(case, wish)
        found += (f"{_name(wish)}: {what}" for what in judge_deed(case, wish, evidence))
        for order in evidence.family_of(wish.card.quote):
            found += _order(case, wish, order, evidence)
    return list(dict.fromkeys(found))


def _name(wish: Wish) -> str:
    return f"{wish.behaviour.name} ({wish.ware.guest})"


def _books(evidence: Evidence) -> Iterator[str]:
    """The sum is zero, each balance is its journal's, nobody is below zero."""
    total = sum(evidence.balances.values())
    if total:
        yield f"books: all balances together are {total}, not 0"
    journal: Counter[str] = Counter()
    for transfer in evidence.transfers:
        journal[transfer.credit] += transfer.amount
        journal[transfer.debit] -= transfer.amount
    for account, balance in evidence.balances.items():
        if balance != journal[account]:
            yield f"books: {account} shows {balance}, its journal says {journal[account]}"
        if balance < 0 and account.startswith(("customer:", "hold:")):
            yield f"books: {account} is below zero: {balance}"


def _wallets(evidence: Evidence) -> Iterator[str]:
    """Every guest has what was given, less what is held and what was paid for good."""
    for guest in GUESTS:
        mine = [order for order in evidence.orders if order.customer == guest]
        gone = sum(order.total - order.released - order.refunded for order in mine)
        asked = evidence.requests_of(guest)
        given = CREDIT * _MICROS + sum(one.amount for one in asked if one.decision == "approved")
        has = evidence.balances.get(f"customer:{guest}", 0)
        if has != given - gone:
            yield f"money: {guest} has {has}, was given {given} and spent {gone}"


def _forgotten(evidence: Evidence) -> Iterator[str]:
    """Nothing is old enough to be purged, whatever a clock says for a moment."""
    if evidence.forgotten:
        yield f"purged: {', '.join(evidence.forgotten)}"


def _outbox(evidence: Evidence) -> Iterator[str]:
    for row in evidence.outbox:
        may_be_dropped = row.key.startswith(_MAY_BE_DROPPED)
        if row.state not in {"sent", "pending"} and not may_be_dropped:
            yield f"message {row.key} to {row.chat} is {row.state}: {row.why}"


def _refusals(case: Case) -> Iterator[str]:
    """Telegram takes every call; an edit that changes nothing is fine, and so is an old tap."""
    fine = ("is not modified", "query is too old")
    for call in case.around.telegram.calls:
        said = call.refusal or ""
        if said and call.fault is None and not any(word in said for word in fine):
            yield f"Telegram refused {call.method}: {said}"


def _log(case: Case) -> Iterator[str]:
    for line in case.log.read_text(errors="replace").splitlines():
        if case.falls and _SAYS_IT_IS_AWAY.search(line):
            continue
        if "level=error" in line or "level=critical" in line or line.startswith("Traceback"):
            start = max(0, line.find("logger="))
            yield f"log: {line[start : start + 160]}"


def _adds(case: Case, wish: Wish) -> Iterator[str]:
    """An order leaves once; what the supplier took is known to us or in doubt."""
    adds = case.around.adds_of(wish.ware.supplier, wish.ware.remote)
    most = wish.behaviour.adds * wish.ware.parts
    if adds > most:
        yield f"{_name(wish)}: `add` came {adds} times, {most} at most"
    if wish.ware.chosen:
        first = case.around.adds_of(*wish.ware.tapped)
        if first > 1 or case.around.taken_of(*wish.ware.tapped):
            yield f"{_name(wish)}: `add` came {first} times to the one that refuses"


def _order(case: Case, wish: Wish, order: BookedOrder, evidence: Evidence) -> Iterator[str]:
    name, state = f"{_name(wish)}: order {order.id}", State(order.state)
    yield from _state(case, wish, order, name)
    yield from (f"{name} {what}" for what in _money(wish, order, evidence))
    most = 1 + case.kills + case.falls + wish.behaviour.repeats
    yield from (f"{name} {what}" for what in _tellings(case, order, evidence, most))
    yield from (f"{name} {what}" for what in judge_deliveries(case, wish, order))
    taken = case.around.taken_of(wish.ware.supplier, wish.ware.remote)
    known = {one.remote_order for one in evidence.family_of(wish.card.quote)}
    if state is State.FAILED and taken - known:
        yield f"{name} was refunded, but the supplier has taken it"
    if order.remote_order is not None and order.remote_order not in taken:
        yield f"{name} is {order.remote_order} there, which the supplier does not know"
    card = case.around.telegram.people[order.customer].chat.messages.get(order.card or 0)
    words = _CARD_SAYS.get(state, ())
    is_unseen = card is None and order.replaces is not None  # it has none until it is opened
    if not is_unseen and (card is None or not any(word in card.text for word in words)):
        yield f"{name} is {state}, its card says: {card.text[:120] if card else None!r}"


def _state(case: Case, wish: Wish, order: BookedOrder, name: str) -> Iterator[str]:
    """The end that the behaviour leads to; a kill may leave the order in doubt instead."""
    may = {wish.behaviour.ends}
    if case.kills and order.reason == Reason.INTERRUPTED:
        may.add(State.IN_DOUBT)
    if case.kills and wish.behaviour.decision is not None and order.attempt > 1:
        may.add(State.IN_DOUBT)  # the attempt that was to succeed is lost, nobody decides again
    if case.slept and order.reason == Reason.PATIENCE_OVER:
        may.add(State.FAILED)
    if case.slept and wish.behaviour.asleep is not None:
        may.add(wish.behaviour.asleep)
    may |= set(wish.behaviour.interrupted) if case.kills or case.falls else set()
    why = wish.behaviour.reason
    if why is not None and order.state == wish.behaviour.ends and order.reason != why:
        yield f"{name} is {order.state} because of {order.reason}, not {why}"
    if order.state not in may:
        yield f"{name} is {order.state} ({order.reason}), not {wish.behaviour.ends}"


def _money(wish: Wish, order: BookedOrder, evidence: Evidence) -> Iterator[str]:
    """State and money agree; each kind of transfer happened at most once."""
    captured, released = _due(wish, order)
    moved = {kind: evidence.moved(order.id, kind) for kind in ("hold", "capture", "release")}
    wanted = {
        "hold": [order.total] if order.replaces is None else [],
        "capture": [captured] if captured else [],
        "release": [released] if released else [],
    }
    if moved != wanted:
        yield f"is {order.state} and moved {moved}, not {wanted}"
    held = evidence.balances.get(f"hold:{order.id}", 0)
    if held != order.total - captured - released:
        yield f"is {order.state} and holds {held} of {order.total}"
    if (order.captured, order.released) != (captured, released):
        yield f"notes {order.captured} paid and {order.released} given back"


def _due(wish: Wish, order: BookedOrder) -> tuple[int, int]:
    """What has to be captured and released of an order where it stands."""
    if order.state == State.COMPLETED:
        return order.total, 0
    if order.state in {State.CANCELED, State.FAILED}:
        return 0, order.total
    if order.state == State.PARTIAL:
        left = order.quantity - wish.behaviour.timeline(order.quantity)[-1].stage.delivered
        released = -(-order.total * left // order.quantity)
        return order.total - released, released
    return 0, 0


def _tellings(case: Case, order: BookedOrder, evidence: Evidence, most: int) -> Iterator[str]:
    """Each time an order is parked its customer is told once, and every operator once.

    People may read it once more for each kill and each fall: Telegram may have had it, and nobody
    knows. What a customer was to be told may have become untrue meanwhile.
    """
    for state, (key, alerted, words) in _TELLINGS.items():
        times = evidence.moves.get((order.id, state), 0)
        mine = len(evidence.messages_like(f"{key}:{order.id}:"))
        alerts = len(evidence.messages_like(f"a-{key}:{order.id}:"))
        if (mine, alerts) != (times, times * len(OPERATORS)):
            yield f"was {times} times {state}, with {mine} notices and {alerts} alerts"
        read: dict[int, tuple[int, tuple[str, ...], str]] = dict.fromkeys(
            OPERATORS, (times, alerted, f"Order #{order.id}:")
        )
        read[order.customer] = (int(state == order.state), (words.format(order.id),), "")
        for chat, (least, either, name) in read.items():
            seen = sum(count(case.around, chat, saying(name, said)) for said in either)
            if not least <= seen <= times * most:
                yield f"was {times} times {state}, and {chat} read it {seen} times"
