"""When the operator's balance is read again around an attempt in doubt, and what it suggests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

READ_AFTER: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
)
"""How long after the attempt was parked each further reading is due."""


def next_reading(parked_at: datetime, readings: int) -> datetime | None:
    """When the reading after `readings` further ones is due; None when there were enough."""
    return parked_at + READ_AFTER[readings] if readings < len(READ_AFTER) else None
