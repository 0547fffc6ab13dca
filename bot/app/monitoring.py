"""What one process counts and times of itself."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Final

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

_WINDOW_S: Final = 1.0
_LOOK_S: Final = 0.05
_QUIET_S: Final = 2.0
"""How long what comes last rests once Telegram has turned any call away for being too fast."""


class Traffic:
    """When the last `most` messages and edits left; so many in one second are enough.

    Answers to taps leave as soon as they can: what goes to thousands gives way to them.
    Source: Telegram's limit, about 30/s overall.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._left_at: deque[float] = deque(maxlen=most)
        self._quiet_until = 0.0

    def called(self, method: str, outcome: TelegramOutcome) -> None:
        """Count a call that sends or edits."""
        if not method.lower().startswith(("send", "edit")):
            return
        now = asyncio.get_running_loop().time()
        self._left_at.append(now)
        if outcome is TelegramOutcome.FLOOD:
            self._quiet_until = now + _QUIET_S

    async def find_room(self, within_s: float) -> bool:
        """Wait until one more may leave; False where that takes longer."""
        loop = asyncio.get_running_loop()
        until = loop.time() + within_s
        while not self._has_room(loop.time()):
            if loop.time() >= until:
                return False
            await asyncio.sleep(_LOOK_S)
        return True

    def _has_room(self, now: float) -> bool:
        is_full = len(self._left_at) == self._most and self._left_at[0] > now - _WINDOW_S
        return now >= self._quiet_until and not is_full


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The counts of one process; the rooms below are handed its methods as plain callables."""

    metrics: Metrics
    incoming: Incoming
    rounds: Rounds
    traffic: Traffic
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the process is to end."""

    @classmethod
    def begun(cls, settings: Settings, clock: Clock, most_per_s: int) -> Monitoring:
        """A process that has counted nothing yet, and is to send so much in one second."""
        webhook_url = "" if settings.webhook_url is None else str(settings.webhook_url)
        incoming = Incoming(clock.now, webhook_url)
        return cls(Metrics(), incoming, Rounds(clock.now), Traffic(most_per_s))

    def telegram_called(self, method: str, outcome: TelegramOutcome, seconds: float) -> None:
        """A call of Telegram's API ended."""
        self.metrics.telegram_calls.labels(method, outcome).observe(seconds)
        self.incoming.called(method, outcome)
        self.traffic.called(method, outcome)

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
