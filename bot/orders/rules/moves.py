"""The life of an order: its states, the only moves between them, and who may make them.

    quote --confirm--> queued --attempt written--> submitting --id--> active --> completed
                        ^  |                        |   |              |  ^      | partial
                        |  +-------> failed <-------+   |              v  |      | canceled
                        |   cancel,     ^  refused      |         attention      |
                        |   patience    |               v              |         |
                        +---------------+----------- in_doubt          +---------+
                     not sent, send again  operator, evidence          operator

An order that was in doubt once and is sent again goes back there, never to `failed`, when the new
attempt cannot be made: the first one may have arrived. So does one that was waiting in the copy
that the shop was restored from: it may have been sent since. A quote lives ten minutes and is
used once.
`in_doubt` and `attention` are parked: no machine moves their money, except that a late answer to
the same attempt still counts as the answer.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.base.ids import OrderId
from bot.orders.rules.errors import IllegalMove


class State(StrEnum):
    """Where an order stands."""

    QUEUED = "queued"
    SUBMITTING = "submitting"
    ACTIVE = "active"
    IN_DOUBT = "in_doubt"
    ATTENTION = "attention"
    COMPLETED = "completed"
    PARTIAL = "partial"
    CANCELED = "canceled"
    FAILED = "failed"


MOVES: Final[dict[State, frozenset[State]]] = {
    State.QUEUED: frozenset({State.SUBMITTING, State.FAILED, State.IN_DOUBT}),
    State.SUBMITTING: frozenset({State.ACTIVE, State.QUEUED, State.FAILED, State.IN_DOUBT}),
    State.IN_DOUBT: frozenset({State.ACTIVE, State.QUEUED, State.FAILED}),
    State.ACTIVE: frozenset({State.COMPLETED, State.PARTIAL, State.CANCELED, State.ATTENTION}),
    State.ATTENTION: frozenset({State.COMPLETED, State.PARTIAL, State.CANCELED, State.ACTIVE}),
    State.COMPLETED: frozenset(),
    State.PARTIAL: frozenset(),
    State.CANCELED: frozenset(),
    State.FAILED: frozenset(),
}
"""From each state, the states it may become; an empty set is an end."""

FINISHED: Final = frozenset(state for state, onward in MOVES.items() if not onward)
OPEN: Final = frozenset(MOVES) - FINISHED
PARKED: Final = frozenset({State.IN_DOUBT, State.ATTENTION})


def check_move(order: OrderId, now_in: State, to: State) -> None:
    """Let a legal move pass. Raises IllegalMove for every other pair, also a state to itself."""
    if to not in MOVES[now_in]:
        raise IllegalMove(order, to)


class Outcome(StrEnum):
    """What became of one attempt to place an order."""

    UNKNOWN = ""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    IN_DOUBT = "in_doubt"


HARMLESS: Final = frozenset({Outcome.NOT_SENT, Outcome.REFUSED})
"""Attempts that are known for certain to have placed nothing."""


class Reason(StrEnum):
    """Why an order failed, is parked or needs a person; the chat has a sentence for each."""

    REFUSED = "refused"
    OUT_OF_STOCK = "out_of_stock"
    SUPPLIER_UNAVAILABLE = "supplier_unavailable"
    PATIENCE_OVER = "patience_over"
    CUSTOMER_CANCELED = "customer_canceled"
    NOT_PLACED = "not_placed"
    LIKELY_NOT_PLACED = "likely_not_placed"
    WRITTEN_OFF = "written_off"
    ANSWER_LOST = "answer_lost"
    INTERRUPTED = "interrupted"
    ID_ALREADY_OURS = "id_already_ours"
    TROUBLE_STATUS = "trouble_status"
    BAD_REMAINS = "bad_remains"
    GOODS_MISSING = "goods_missing"
    UNKNOWN_TO_SUPPLIER = "unknown_to_supplier"
    UNREADABLE = "unreadable"
    OPERATOR_DECIDED = "operator_decided"
    SUPPLIER_GONE = "supplier_gone"
    NO_CODE = "no_code"
    RESTORED = "restored"
