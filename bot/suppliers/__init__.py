"""The suppliers at the wire: one conversation, and a dialect for each supplier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.base.ids import SupplierName
from bot.db.budgets import Budgets, Circuit
from bot.suppliers.api_v2 import ApiV2
from bot.suppliers.api_v2.failures import Judge
from bot.suppliers.api_v2.limits import Bound, RequestLimits
from bot.suppliers.api_v2.pace import RequestPace
from bot.suppliers.api_v2.wire import Wire
from bot.suppliers.dialects import DIALECTS, KNOWN_SUPPLIERS
from bot.suppliers.dialects.dialect import Dialect
from bot.suppliers.errors import CountRequest, RequestOutcome, uncounted

RATE_CAP: Final = 5.0
"""Requests per second and key, where the operator says nothing else."""


def build_supplier(
    name: str,
    url: str,
    key: str,
    dialect: Dialect,
    *,
    now: Callable[[], datetime],
    rate_cap: float = RATE_CAP,
    limits: RequestLimits | None = None,
    count: CountRequest = uncounted,
    budgets: Budgets | None = None,
) -> ApiV2:
    """One supplier, ready to be asked; the caller closes it.

    To be called once for each key: the rate cap and the circuit breaker live in what it returns.
    `now` gives aware times; `count` is told of every request. With `budgets` the cap is shared
    with other processes.
    """
    wire = Wire(url, key, limits or RequestLimits())
    pace = RequestPace(wire.limits, rate_cap, now, count)
    if budgets is not None:
        budgets.add(f"requests {name}", pace.cap.wanted, pace.cap.set_share)
        circuit = Circuit(pace.breaker.left_s, pace.breaker.spare)
        budgets.circuits[f"spared {name}"] = circuit
    judge = Judge(wire.mask, dialect, now)
    return ApiV2(SupplierName(name), dialect, wire, pace, judge)


__all__ = [
    "DIALECTS",
    "KNOWN_SUPPLIERS",
    "RATE_CAP",
    "Bound",
    "CountRequest",
    "RequestLimits",
    "RequestOutcome",
    "build_supplier",
]
