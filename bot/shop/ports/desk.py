"""What operators decide and look up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.ids import CustomerId, OrderId, RemoteId
from bot.domain.order import Reason
from bot.domain.shelf import Page
from bot.shop.views import CustomerCard, Dossier, OrderView


class Decisions(Protocol):
    """What operators decide about parked orders; each works once, lands in the audit log."""

    async def attach(
        self, order: OrderId, remote: RemoteId, actor: str, now: datetime
    ) -> OrderView:
        """In doubt -> active with an id. Raises IllegalMove, TooLate when the id is taken."""
        ...

    async def fail(self, order: OrderId, reason: Reason, actor: str, now: datetime) -> OrderView:
        """In doubt -> failed, the money goes back (NOT_PLACED or WRITTEN_OFF)."""
        ...

    async def send_again(self, order: OrderId, actor: str, now: datetime) -> OrderView:
        """In doubt -> queued: a second `add` in an operator's name."""
        ...

    async def end(self, order: OrderId, delivered: int, actor: str, now: datetime) -> OrderView:
        """Attention -> completed, partial or canceled, by how many units were delivered."""
        ...

    async def keep_polling(self, order: OrderId, actor: str, now: datetime) -> OrderView:
        """Attention -> active."""
        ...


class DeskFilter(StrEnum):
    """Which orders an operator lists."""

    ALL = "all"
    OPEN = "open"
    DOUBT = "doubt"
    ATTENTION = "attention"


class Records(Protocol):
    """What operators look up."""

    async def customer_card(self, customer: CustomerId) -> CustomerCard | None:
        """A customer with money and last orders."""
        ...

    async def dossier(self, order: OrderId) -> Dossier | None:
        """An order's whole history."""
        ...

    async def list_orders(self, which: DeskFilter, page: int) -> Page[OrderView]:
        """Newest first, eight a page."""
        ...
