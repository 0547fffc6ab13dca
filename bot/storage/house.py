"""What the transactions know of the house: its operators, its patience, its currency, its seal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.domain.ids import CustomerId


class Sealer(Protocol):
    """Seals goods at rest."""

    def seal(self, text: str) -> str:
        """Unreadable without the key."""
        ...

    def unseal(self, sealed: str) -> str:
        """What was sealed. Raises SealBroken when no key fits."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """Settings that transactions read. `currency` is three letters."""

    sealer: Sealer
    operators: tuple[CustomerId, ...] = ()
    patience: timedelta = field(default=timedelta(minutes=15))
    currency: str = "USD"
