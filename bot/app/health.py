"""The pages for machines of one running shop: whether it works, what it holds and counted."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from aiohttp import web
from prometheus_client.metrics_core import GaugeMetricFamily, Metric

from bot.app.kiosk import Kiosk
from bot.base.errors import DatabaseUnavailable
from bot.base.ids import SupplierName
from bot.db.database import Database
from bot.desk.figures import Figures, Oldest, Pulse, read_figures, read_pulse
from bot.ops.health import ShopHealth, health_routes
from bot.ops.metrics import Metrics
from bot.orders.rules.moves import State

_READ_WITHIN_S: Final = 2.0
_SILENT: Final = "the database does not answer"
_KEPT: Final = timedelta(seconds=10)
"""Several scrapes within this time share one reading of the database."""


async def ask_ready(kiosk: Kiosk) -> ShopHealth:
    """Whether a balancer may send it updates: it stays, and its database answers and is written.

    What Telegram says of the webhook is no matter of it: a balancer that sends nothing is the
    reason why Telegram complains, and would be for ever.
    """
    _, why = await _pulse(kiosk.db)
    return ShopHealth(tuple(_faults(kiosk, why)))


async def ask_health(kiosk: Kiosk) -> ShopHealth:
    """Whether the shop works: as above, updates can come, and no worker is late."""
    pulse, why = await _pulse(kiosk.db)
    facts: dict[str, str | int | bool] = {"on_sale": kiosk.shop.shelf.now.on_sale}
    if pulse is not None:
        facts |= {"waiting": pulse.waiting, "safe_mode": pulse.safe_mode}
    books = tuple(_faults(kiosk, why))
    late = {one.worker: one.within for one in kiosk.monitoring.rounds.late()}
    workers = (
        f"the worker {name} has not ended a round for over {within // timedelta(seconds=1)} s"
        for name, within in late.items()
    )
    return ShopHealth((*books, *kiosk.monitoring.incoming.faults(), *workers), facts)


def _faults(kiosk: Kiosk, why: str) -> Iterator[str]:
    if kiosk.monitoring.stopping.is_set():
        yield "it is stopping, and takes no more updates"
    if why:
        yield why
    elif not kiosk.heartbeat.is_alive():
        yield "the database has taken nothing that was written for seconds"


async def _pulse(db: Database) -> tuple[Pulse | None, str]:
    """What the database says, or why it says nothing."""
    try:
        async with asyncio.timeout(_READ_WITHIN_S):
            return await db.read(read_pulse), ""
    except DatabaseUnavailable as failure:
        return None, f"{_SILENT}: {failure.why}"
    except TimeoutError:
        return None, _SILENT


@dataclass(slots=True)
class Scrape:
    """Renders /metrics, without the figures of the database while that cannot be read."""

    db: Database
    metrics: Metrics
    suppliers: tuple[SupplierName, ...]
    currency: str
    _last: Figures | None = None
    _read_at: datetime | None = None

    async def __call__(self) -> bytes:
        """The whole page."""
        figures = await self._figures()
        standing = () if figures is None else self._families(figures, self.db.clock.now())
        return self.metrics.render(standing)

    async def _figures(self) -> Figures | None:
        now = self.db.clock.now()
        if self._read_at is not None and now - self._read_at < _KEPT:
            return self._last
        try:
            async with asyncio.timeout(_READ_WITHIN_S):
                self._last = await self.db.read(read_figures)
        except (DatabaseUnavailable, TimeoutError):
            self._last = None
        self._read_at = now
        return self._last

    def _families(self, figures: Figures, now: datetime) -> Iterator[Metric]:
        yield self._orders(figures)
        held = GaugeMetricFamily("kiosk_held", "Money that open orders hold", labels=["currency"])
        # Prometheus knows no other numbers; nothing is ever read back from here.
        held.add_metric([self.currency], float(figures.held.decimal))
        yield held
        lateness = (
            ("kiosk_submit_late_seconds", "order due to be sent", figures.submit_since),
            ("kiosk_poll_late_seconds", "order due to be asked for", figures.poll_since),
            ("kiosk_number_late_seconds", "number due for a look", figures.number_since),
        )
        for name, what, since in lateness:
            yield self._late(name, f"How long the oldest {what} has been due", since, now)
        yield GaugeMetricFamily(
            "kiosk_outbox_late_seconds",
            "How long the oldest message due to be sent has been due",
            value=_age_s(figures.message_since, now),
        )

    def _orders(self, figures: Figures) -> Metric:
        """Every state of every supplier of the settings, zeros too, and what older ones left."""
        family = GaugeMetricFamily("kiosk_orders", "Orders by state", labels=["state", "supplier"])
        named = {(state, supplier): 0 for state in State for supplier in self.suppliers}
        for (state, supplier), count in sorted((named | dict(figures.orders)).items()):
            family.add_metric([state, supplier], count)
        return family

    def _late(self, name: str, help_text: str, since: Oldest, now: datetime) -> Metric:
        family = GaugeMetricFamily(name, help_text, labels=["supplier"])
        for supplier in sorted({*self.suppliers, *since}):
            family.add_metric([supplier], _age_s(since.get(supplier), now))
        return family


def _age_s(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())


def health_app(kiosk: Kiosk) -> web.Application:
    """The pages of this shop."""
    suppliers, currency = tuple(kiosk.shop.suppliers), kiosk.settings.currency
    scrape = Scrape(kiosk.db, kiosk.monitoring.metrics, suppliers, currency)
    app = web.Application()
    app.add_routes(
        health_routes(partial(ask_health, kiosk), scrape, is_ready=partial(ask_ready, kiosk))
    )
    return app
