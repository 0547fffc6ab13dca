"""What one process counts and times of itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.base.clock import Clock
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import OrderId
from bot.chat.kit.telegram.incoming import Incoming, UpdateKind, UpdateOutcome
from bot.chat.kit.telegram.session import CallOutcome as TelegramOutcome
from bot.db.database import Database
from bot.ops.metrics import Metrics
from bot.ops.rounds import Rounds
from bot.orders.read import find_beginning
from bot.outbox.notices import CodeArrived, GoodsArrived
from bot.outbox.store import Outgoing
from bot.settings import Settings
from bot.suppliers import RequestOutcome as SupplierOutcome


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The counts of one process; the rooms below are handed its methods as plain callables."""

    metrics: Metrics
    incoming: Incoming
    rounds: Rounds
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the process is to end."""

    @classmethod
    def begun(cls, settings: Settings, clock: Clock) -> Monitoring:
        """A process that has counted nothing yet."""
        webhook_url = "" if settings.webhook_url is None else str(settings.webhook_url)
        incoming = Incoming(clock.now, webhook_url)
        return cls(Metrics(), incoming, Rounds(clock.now))

    def telegram_called(self, method: str, outcome: TelegramOutcome, seconds: float) -> None:
        """A call of Telegram's API ended."""
        self.metrics.telegram_calls.labels(method, outcome).observe(seconds)
        self.incoming.called(method, outcome)

    def update_handled(self, kind: UpdateKind, outcome: UpdateOutcome, seconds: float) -> None:
        """An update came, and its last answer is given."""
        self.metrics.updates.labels(kind, outcome).observe(seconds)
        self.incoming.took_update()

    def supplier_called(
        self, supplier: str, action: str, outcome: SupplierOutcome, seconds: float
    ) -> None:
        """A request to a supplier ended."""
        self.metrics.supplier_calls.labels(supplier, action, outcome).observe(seconds)


@dataclass(frozen=True, slots=True)
class TimeDeliveries:
    """Notes how long an order took until its first delivery was in the chat."""

    db: Database
    metrics: Metrics

    async def __call__(self, row: Outgoing) -> None:
        """Only the first batch of an order counts; what cannot be read is not counted."""
        notice = row.notice
        if not isinstance(notice, GoodsArrived | CodeArrived) or notice.batch != 1:
            return
        try:
            order = await self.db.read(find_beginning, OrderId(notice.order))
        except DatabaseUnavailable:
            return
        if order is None:
            return
        now = self.db.clock.now()
        took = now - order.confirmed_at
        self.metrics.deliveries.labels(order.supplier).observe(took.total_seconds())
        if order.rented_at is not None:
            took = now - order.rented_at
            self.metrics.codes.labels(order.supplier).observe(took.total_seconds())
