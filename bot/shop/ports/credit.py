"""Credit and its movements."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MoneyOrder:
    """Who moves credit and why; `key` makes it happen once."""

    key: str
    actor: str
    reason: str = ""
