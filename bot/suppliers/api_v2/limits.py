"""How long, how often and how much: every bound of a conversation with a supplier in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that one request may take: seconds from connecting to the last byte, and bytes."""

    total_s: float
    most_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLimits:
    """The bounds of one supplier. The defaults are for a shop, tests bring smaller ones.

    `turn_s` is how long a call may wait for the rate cap; `attempts` is for readings only and 1
    means that nothing is ever repeated.
    """

    connect_s: float = 5.0
    write_s: float = 10.0
    pool_s: float = 10.0
    turn_s: float = 20.0
    reading: Bound = Bound(15.0, _MIB)
    status: Bound = Bound(15.0, 16 * _MIB)
    number: Bound = Bound(8.0, _MIB)
    catalogue: Bound = Bound(60.0, 64 * _MIB)
    add: Bound = Bound(30.0, _MIB)
    attempts: int = 2
    most_pages: int = 200
    failures_to_open: int = 5
    first_pause: timedelta = timedelta(seconds=2)
    longest_pause: timedelta = timedelta(seconds=60)
