"""What a shop counts of itself, on a registry of its own, and how that is shown to Prometheus.

Labels are words of ours (kinds, outcomes, states, names from the settings), never ids or texts of
others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ANSWERS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Seconds, from a tap that is answered from memory to a call that runs into its time."""
_REPLIES: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60)
_DELIVERIES: Final = (2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400)
_CODES: Final = (5, 10, 20, 30, 60, 120, 300, 600, 1_200, 3_600)


class Metrics:
    """The histograms of one process; each one's count says how often it happened."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = self._seconds(
            "kiosk_update_seconds",
            "From an update's arrival to its last answer",
            ("kind", "outcome"),
            _ANSWERS,
        )
        self.telegram_calls = self._seconds(
            "kiosk_telegram_call_seconds",
            "Calls of Telegram's API; getUpdates waits for news",
            ("method", "outcome"),
            _ANSWERS,
        )
        self.supplier_calls = self._seconds(
            "kiosk_supplier_call_seconds",
            "Requests to suppliers from when they may leave to the answer understood",
            ("supplier", "action", "outcome"),
            _REPLIES,
        )
        self.deliveries = self._seconds(
            "kiosk_delivery_seconds",
            "From Confirm to an order's first goods in the chat",
            ("supplier",),
            _DELIVERIES,
        )
        self.codes = self._seconds(
            "kiosk_code_seconds",
            "From a number's rent to its first code in the chat",
            ("supplier",),
            _CODES,
        )

    def render(self, standing: Iterable[Metric] = ()) -> bytes:
        """Everything in the Prometheus text format, with what was read for this moment."""
        return generate_latest(_Page((*self.registry.collect(), *standing)))

    def _seconds(
        self, name: str, help_text: str, labels: tuple[str, ...], bounds: tuple[float, ...]
    ) -> Histogram:
        return Histogram(name, help_text, labels, buckets=bounds, registry=self.registry)


class _Page(Collector):
    """Families without the series of when each of them began."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        for family in self._families:
            family.samples = [
                sample for sample in family.samples if not sample.name.endswith("_created")
            ]
            yield family
