"""How each request to a supplier ended and how long it took, for whoever counts them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Final

from bot.suppliers.api_v2.wire import Lost
from bot.suppliers.errors import InDoubt, Malformed, NotSent, Refused, SupplierError, Throttled


class CallOutcome(StrEnum):
    """What one request ended in; the words of `bot.base.errors`, and ok."""

    OK = "ok"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    IN_DOUBT = "in_doubt"
    THROTTLED = "throttled"
    MALFORMED = "malformed"


CountCall = Callable[[str, CallOutcome, float], None]
"""Is told the action, the outcome and the seconds of each request."""

_OUTCOMES: Final[dict[type[SupplierError], CallOutcome]] = {
    Refused: CallOutcome.REFUSED,
    NotSent: CallOutcome.NOT_SENT,
    InDoubt: CallOutcome.IN_DOUBT,
    Throttled: CallOutcome.THROTTLED,
    Malformed: CallOutcome.MALFORMED,
}


def uncounted(_action: str, _outcome: CallOutcome, _seconds: float) -> None:
    """Count nothing."""


class Stopwatch:
    """The time since a request's turn came; none has passed before."""

    def __init__(self) -> None:
        self._began: float | None = None

    def start(self) -> None:
        """The request may leave now."""
        self._began = time.perf_counter()

    @property
    def seconds(self) -> float:
        """What has passed; 0 for a request that never had its turn."""
        return 0.0 if self._began is None else time.perf_counter() - self._began


@contextmanager
def counted(count: CountCall, action: str) -> Iterator[Stopwatch]:
    """Count the request made inside; one that is cancelled ended in nothing and is not counted."""
    watch = Stopwatch()
    try:
        yield watch
    except (Lost, SupplierError) as failure:
        count(action, outcome_of(failure), watch.seconds)
        raise
    else:
        count(action, CallOutcome.OK, watch.seconds)


def outcome_of(failure: Lost | SupplierError) -> CallOutcome:
    """The word for a failure. A reading whose answer got lost is malformed, as for its caller."""
    if isinstance(failure, Lost):
        return CallOutcome.MALFORMED if failure.sent else CallOutcome.NOT_SENT
    return _OUTCOMES.get(type(failure), CallOutcome.MALFORMED)
