"""The suppliers at the wire: one conversation, and a dialect for each supplier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from bot.domain.ids import SupplierName
from bot.suppliers.accplanet import ACCPLANET
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.counting import CallOutcome, CountCall, uncounted
from bot.suppliers.dialect import Dialect
from bot.suppliers.failures import Judge
from bot.suppliers.hstockplus import HSTOCKPLUS
from bot.suppliers.limits import Bound, Limits
from bot.suppliers.pacing import Pace
from bot.suppliers.wire import Wire

DIALECTS: Final[Mapping[str, Dialect]] = {
    dialect.name: dialect for dialect in (ACCPLANET, HSTOCKPLUS)
}
"""The dialects by the name that the settings know them by."""
RATE_CAP: Final = 5.0
"""Requests per second and key, where the operator says nothing else."""


def build_supplier(  # noqa: PLR0913 - the facts of one supplier's settings, each by its name
    name: str,
    url: str,
    key: str,
    dialect: Dialect,
    *,
    now: Callable[[], datetime],
    rate_cap: float = RATE_CAP,
    limits: Limits | None = None,
    count: CountCall = uncounted,
) -> ApiV2:
    """One supplier, ready to be asked; the caller closes it. `now` gives aware times.

    One call per key: the rate cap and the circuit breaker live in what is returned. `count` is
    told of every request.
    """
    wire = Wire(url, key, limits or Limits())
    pace = Pace(wire.limits, rate_cap, now, count)
    judge = Judge(wire.mask, dialect.is_order_id, now)
    return ApiV2(SupplierName(name), dialect, wire, pace, judge)


__all__ = [
    "DIALECTS",
    "RATE_CAP",
    "Bound",
    "CallOutcome",
    "CountCall",
    "Limits",
    "build_supplier",
]
