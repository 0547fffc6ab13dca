"""The arithmetic of a chapter: sums of alternating rounds, percentiles, spans."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Load:
    """What some rounds of taps cost one bot."""

    taps: int = 0
    wall_s: float = 0.0
    cpu_s: float = 0.0
    waits_s: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU per tap."""
        return self.cpu_s * 1000 / self.taps

    @property
    def per_s(self) -> float:
        """Taps per second."""
        return self.taps / self.wall_s

    def wait_ms(self, share: float) -> float:
        """The wait that this share of the taps stayed below."""
        return percentile(self.waits_s, share) * 1000

    def __str__(self) -> str:
        waits = f"p50 {self.wait_ms(0.5):.0f} ms, p99 {self.wait_ms(0.99):.0f} ms"
        return f"{self.cpu_ms:.2f} ms CPU a tap, {self.per_s:.0f} taps/s, {waits}"


@dataclass(slots=True)
class Span:
    """Seconds spent inside of `taken` blocks."""

    seconds: float = 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Add the time of the block."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - began


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
