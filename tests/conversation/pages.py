"""The two pages for machines, fetched over HTTP and read as their readers do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.app.health import health_app
from bot.app.kiosk import Kiosk
from sandbox.serving import Served, serve


@dataclass(frozen=True)
class MetricsPage:
    """One scrape."""

    text: str

    def value(self, sample: str, **labels: str) -> float:
        """The sum of all samples of this name that have these labels; 0 where there is none."""
        return sum(
            one.value
            for family in text_string_to_metric_families(self.text)
            for one in family.samples
            if one.name == sample and labels.items() <= one.labels.items()
        )

    @property
    def labels(self) -> dict[str, set[str]]:
        """The families with the names of their samples' labels."""
        return {
            family.name: {name for sample in family.samples for name in sample.labels} - {"le"}
            for family in text_string_to_metric_families(self.text)
        }

    def shows(self, sample: str) -> bool:
        """Whether there is any sample of this name."""
        families = text_string_to_metric_families(self.text)
        return any(one.name == sample for family in families for one in family.samples)


async def metrics_of(kiosk: Kiosk) -> MetricsPage:
    async with serve(health_app(kiosk)) as site:
        return await metrics_at(site)


async def metrics_at(site: Served) -> MetricsPage:
    """A scrape of pages that stay open between two of them."""
    status, body = await _fetch(site, "/metrics")
    assert status == 200, body
    return MetricsPage(body)


async def health_of(kiosk: Kiosk, page: str = "/healthz") -> tuple[int, dict[str, Any]]:
    """The status of /healthz or /readyz and what it says."""
    async with serve(health_app(kiosk)) as site:
        status, body = await _fetch(site, page)
        return status, json.loads(body)


async def _fetch(site: Served, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as client,
        client.get(f"{site.url}{path}") as answer,
    ):
        return answer.status, await answer.text()
