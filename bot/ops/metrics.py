"""The few numbers that tell an operator whether the shop works, on a registry of their own."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counters and histograms; labels are words of ours, never names, keys or texts of others."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.taps = Counter(
            "kiosk_updates", "Telegram updates by what they were", ["kind"], registry=self.registry
        )
        self.tap_seconds = Histogram(
            "kiosk_update_seconds",
            "Time from an update to its last answer",
            registry=self.registry,
        )
        self.orders = Counter(
            "kiosk_orders", "Orders by the state they reached", ["state"], registry=self.registry
        )
        self.supplier_calls = Counter(
            "kiosk_supplier_calls",
            "Calls to suppliers by action and outcome",
            ["supplier", "action", "outcome"],
            registry=self.registry,
        )
        self.supplier_seconds = Histogram(
            "kiosk_supplier_seconds",
            "Time a supplier took to answer",
            ["supplier", "action"],
            registry=self.registry,
        )
        self.sends = Counter(
            "kiosk_sends", "Messages to Telegram by outcome", ["outcome"], registry=self.registry
        )
        self.steps = Counter(
            "kiosk_worker_steps",
            "Due rows stepped, by worker and outcome",
            ["worker", "outcome"],
            registry=self.registry,
        )
        self.due = Gauge(
            "kiosk_due_rows", "Rows that are due and wait", ["worker"], registry=self.registry
        )

    def render(self) -> bytes:
        """Everything in the Prometheus text format."""
        return generate_latest(self.registry)
