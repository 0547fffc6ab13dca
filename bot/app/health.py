"""/healthz and /metrics of one running shop."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import Final

from aiohttp import web

from bot.app.figures import Scrape
from bot.app.kiosk import Kiosk
from bot.base.errors import DatabaseUnavailable
from bot.db.database import Database
from bot.desk.figures import Pulse, read_pulse
from bot.ops.health import ShopHealth, health_routes

_READ_WITHIN_S: Final = 2.0


async def ask_health(kiosk: Kiosk) -> ShopHealth:
    """Whether the shop works: its database answers, updates can come, no worker is late."""
    pulse = await _pulse(kiosk.db)
    facts: dict[str, str | int | bool] = {"on_sale": kiosk.shop.shelf.now.on_sale}
    if pulse is not None:
        facts |= {"waiting": pulse.waiting, "safe_mode": pulse.safe_mode}
    books = () if pulse is not None else ("the database does not answer",)
    late = {one.worker: one.within for one in kiosk.monitoring.rounds.late()}
    workers = (
        f"the worker {name} has not ended a round for over {within // timedelta(seconds=1)} s"
        for name, within in late.items()
    )
    return ShopHealth((*books, *kiosk.monitoring.incoming.faults(), *workers), facts)


async def _pulse(db: Database) -> Pulse | None:
    try:
        async with asyncio.timeout(_READ_WITHIN_S):
            return await db.read(read_pulse)
    except (DatabaseUnavailable, TimeoutError):
        return None


def health_app(kiosk: Kiosk) -> web.Application:
    """The two pages of this shop."""
    suppliers, currency = tuple(kiosk.shop.suppliers), kiosk.settings.currency
    scrape = Scrape(kiosk.db, kiosk.monitoring.metrics, suppliers, currency)
    app = web.Application()
    app.add_routes(health_routes(partial(ask_health, kiosk), scrape))
    return app
