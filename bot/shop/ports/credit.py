"""Credit and its movements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import CustomerId, TransferId
from bot.domain.money import Money
from bot.shop.views import Change, TopupRequest, WalletView


@dataclass(frozen=True, slots=True)
class MoneyOrder:
    """Who moves credit and why; `key` makes it happen once."""

    key: str
    actor: str
    reason: str = ""


class Books(Protocol):
    """Credit and its movements. Every money method is idempotent by its key."""

    async def wallet(self, customer: CustomerId) -> WalletView:
        """Balances and the last ten movements."""
        ...

    async def top_up(
        self, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
    ) -> Change:
        """Grant credit and tell the customer. Raises NotYours for an unknown customer."""
        ...

    async def debit(
        self, customer: CustomerId, amount: Money, order: MoneyOrder, now: datetime
    ) -> Change:
        """Take credit back and tell the customer. Raises NotEnoughCredit, NotYours."""
        ...

    async def undo(self, transfer: TransferId, actor: str, now: datetime) -> Change:
        """Reverse a top-up or debit once. Raises AlreadyReversed, NotEnoughCredit, NotYours."""
        ...

    async def ask_topup(
        self, customer: CustomerId, amount: Money, now: datetime
    ) -> tuple[int, bool]:
        """Write a request down and alert operators; an open one is returned again with False."""
        ...

    async def load_topup(self, request: int) -> TopupRequest:
        """One request. Raises NotYours."""
        ...

    async def decide_topup(
        self, request: int, actor: str, now: datetime, *, approve: bool
    ) -> Change | None:
        """Approve (the change) or deny (None), once. Raises TooLate when decided before."""
        ...

    async def prove(self) -> tuple[str, ...]:
        """Everything about the books that is not as it must be, in plain words; empty is proof."""
        ...
