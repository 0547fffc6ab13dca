"""What a customer waits for at a service."""

from __future__ import annotations

from enum import StrEnum


class WatchReason(StrEnum):
    """What somebody wants to be told of a service."""

    BACK = "back"
    """It can be bought again."""
    PRICE = "price"
    """It costs less than it did."""
