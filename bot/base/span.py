"""The whole quantities that can be ordered at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LARGEST: Final = 10**9 - 1
"""More than nine digits are never a quantity, whatever a supplier lists."""


@dataclass(frozen=True, slots=True)
class Span:
    """The quantities that can be bought now, both ends included; empty when `least > most`."""

    least: int
    most: int

    def __contains__(self, quantity: int) -> bool:
        return self.least <= quantity <= self.most

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be bought: sold out, or the stock is below the minimum."""
        return self.least > self.most
