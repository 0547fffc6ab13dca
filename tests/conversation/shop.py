"""A whole shop over real HTTP: two suppliers, a Telegram, a clock to turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from bot.app.kiosk import Kiosk
from bot.base.ids import OrderId
from bot.chat.kit.telegram.session import session_of
from bot.chat.kit.telegram.updates import read_batch, read_update
from bot.orders import order_details
from bot.orders.order_details import OrderDetails
from bot.orders.rules.moves import State
from bot.people.tables import audit_log
from sandbox.serving import Served
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld, SupplierWorld
from sandbox.telegram import TelegramWorld
from tests.clock import TurnableClock
from tests.conversation.crew import Crew, keep_timetable, opened


@dataclass
class Shop:
    """The shop under test, with everything around it. Every verb awaits its own consequences."""

    crew: Crew
    telegram: TelegramWorld
    accplanet: AccPlanetWorld
    hstockplus: HstockPlusWorld
    sites: dict[str, Served]
    clock: TurnableClock
    _offset: int = field(default=0)
    start: Callable[[], Awaitable[Crew]] | None = None

    @property
    def kiosk(self) -> Kiosk:
        """The process under test."""
        return self.crew.kiosk

    @property
    def suppliers(self) -> tuple[SupplierWorld, ...]:
        return self.accplanet, self.hstockplus

    async def hears(self) -> None:
        """The bot takes the waiting updates over HTTP and handles them, as polling does."""
        bot, asked = self.kiosk.bot, {"offset": self._offset, "timeout": 0}
        updates = read_batch(await session_of(bot).call(bot, "getUpdates", asked))
        async with asyncio.TaskGroup() as tasks:
            for update in (read_update(raw, bot) for raw in updates):
                self._offset = max(self._offset, update.update_id + 1)
                tasks.create_task(self.kiosk.dispatcher.take(bot, update))

    async def works(self) -> None:
        """The workers do what they were woken for, until everybody rests."""
        await self.crew.works()

    async def passes(self, **span: float) -> None:
        """Time passes in steps short enough for every worker to see what is due on its way."""
        left = timedelta(**span)
        while left > timedelta(0):
            step = min(left, max(timedelta(seconds=1), timedelta(**span) / 10))
            left -= step
            await self.comes_to(step)

    async def comes_to(self, step: timedelta) -> None:
        """One step of time."""
        self.clock.turn(step)
        await keep_timetable(self.kiosk.timetable)
        await self.looks()

    async def looks(self) -> None:
        """Whoever has something due looks by itself, as each does from time to time."""
        await self.crew.looks()
        await self.works()

    async def leaps(self, times: int, **span: float) -> None:
        """Time passes in a few leaps, for what only has to stay as it is."""
        for _ in range(times):
            await self.comes_to(timedelta(**span))

    async def opens(self) -> None:
        """The first minute of a shop: catalogues and balances are read."""
        await keep_timetable(self.kiosk.timetable)
        await self.works()

    def goes_on(self) -> None:
        """The minute after that: what the books hold was read just now."""
        for entry in self.kiosk.timetable.entries:
            entry.due_at = entry.due_at or self.clock.now() + entry.every

    async def restarts(self) -> None:
        """A new process on the same database; the one before does nothing any more."""
        assert self.start is not None
        self.crew = await self.start()
        await self.kiosk.heartbeat.recover_alone()  # its heart has stopped
        await self.kiosk.recover()

    async def acts_audited(self) -> list[tuple[str, str, str]]:
        """What operators did, by the audit log: actor, action and what it was done to."""
        query = select(audit_log.c.actor, audit_log.c.action, audit_log.c.subject)
        rows = await self.kiosk.db.read(
            lambda connection: connection.execute(query.order_by(audit_log.c.id)).all()
        )
        return [(row.actor, row.action, row.subject) for row in rows]

    async def proof(self) -> tuple[str, ...]:
        return await self.kiosk.shop.audit()

    async def details(self, order: int = 1) -> OrderDetails:
        found = await self.kiosk.shop.desk.db.read(order_details.find_details, OrderId(order))
        assert found is not None
        return found

    async def state(self, order: int = 1) -> State:
        return (await self.details(order)).order.state

    async def refreshes(self) -> None:
        """Every catalogue is read again now."""
        for supplier in self.kiosk.shop.suppliers.values():
            await self.kiosk.shop.refresh(supplier)

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[Kiosk]:
        """The process was killed: another one opens the same database, while the block lasts."""
        before = self.crew
        async with opened(before.kiosk.settings, self.clock) as crew:
            self.crew = crew
            try:
                yield before.kiosk
            finally:
                self.crew = before

    def trouble(self) -> list[str]:
        """Refused calls that no test planned; an edit that changes nothing is no trouble."""
        return [
            call.refusal
            for call in self.telegram.calls
            if call.refusal and call.fault is None and "is not modified" not in call.refusal
        ]
