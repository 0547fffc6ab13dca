"""What the transactions know of the house: its operators, its patience, its currency, its seal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.domain.ids import CustomerId


class Sealer(Protocol):
    """Seals goods at rest; `marks` tells its keys apart, the newest first."""

    @property
    def marks(self) -> tuple[str, ...]:
        """A short word a key, which says nothing about it."""
        ...

    def seal(self, text: str) -> str:
        """Unreadable without the key."""
        ...

    def unseal(self, sealed: str) -> str:
        """What was sealed. Raises SealBroken when no key fits."""
        ...

    def renew(self, sealed: str) -> str:
        """The same under the newest key, unchanged when it is. Raises SealBroken."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """Settings that transactions read. `currency` is three letters.

    `releases`: a doubt whose readings say "likely not placed" may end by itself.
    """

    sealer: Sealer
    operators: tuple[CustomerId, ...] = ()
    patience: timedelta = field(default=timedelta(minutes=15))
    currency: str = "USD"
    releases: bool = False

    def seal(self, text: str) -> str:
        """Sealed, for the database; nothing stays nothing."""
        return self.sealer.seal(text) if text else ""

    def unseal(self, sealed: str) -> str:
        """What was sealed; empty where nothing was, or where it is no longer kept."""
        return self.sealer.unseal(sealed) if sealed else ""
