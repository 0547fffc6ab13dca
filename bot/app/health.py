"""/healthz and /metrics of one running shop."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aiohttp import web

from bot.app.figures import Scrape
from bot.app.kiosk import Kiosk
from bot.base.errors import DatabaseUnavailable
from bot.desk.figures import Pulse, read_pulse
from bot.ops.health import ShopHealth, health_routes

_READ_WITHIN_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class AskHealth:
    """Whether the shop works: its database answers, updates can come, no worker is late."""

    kiosk: Kiosk
    read_within_s: float = _READ_WITHIN_S

    async def __call__(self) -> ShopHealth:
        """What is wrong, and the facts."""
        pulse = await self._pulse()
        facts: dict[str, str | int | bool] = {"on_sale": self.kiosk.shop.shelf.now.on_sale}
        if pulse is not None:
            facts |= {"waiting": pulse.waiting, "safe_mode": pulse.safe_mode}
        books = () if pulse is not None else ("the database does not answer",)
        incoming = self.kiosk.monitoring.incoming.faults()
        return ShopHealth((*books, *incoming, *self._late_workers()), facts)

    async def _pulse(self) -> Pulse | None:
        try:
            async with asyncio.timeout(self.read_within_s):
                return await self.kiosk.db.read(read_pulse)
        except (DatabaseUnavailable, TimeoutError):
            return None

    def _late_workers(self) -> tuple[str, ...]:
        late = self.kiosk.monitoring.rounds.late()
        names = {one.worker: one.within // timedelta(seconds=1) for one in late}
        return tuple(
            f"the worker {name} has not ended a round for over {within_s} s"
            for name, within_s in names.items()
        )


def health_app(kiosk: Kiosk) -> web.Application:
    """The two pages of this shop."""
    scrape = Scrape(
        kiosk.db,
        kiosk.monitoring.metrics,
        tuple(kiosk.shop.suppliers),
        kiosk.settings.currency,
    )
    app = web.Application()
    app.add_routes(health_routes(AskHealth(kiosk), scrape))
    return app
