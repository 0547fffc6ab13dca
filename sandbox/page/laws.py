"""What must always hold, looked at while the shop works: the laws, and how far a tour has come."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from sandbox.page.books import Books, Page, Placement
from sandbox.page.stall import Stall

_MICROS: Final = 1_000_000


@dataclass(frozen=True)
class Burst:
    """So many taps on one Confirm at once; `quote` is what its button names."""

    chat_id: int
    quote: int
    taps: int


@dataclass
class Laws:
    """Judges the shop by its database and by what the suppliers received."""

    books: Books
    stalls: Mapping[str, Stall]
    bursts: list[Burst] = field(default_factory=list)

    async def look(self) -> dict[str, Any] | None:
        """How everything stands now; None while there is no database to look into."""
        # The suppliers first: the shop writes an attempt down before it leaves, so what they
        # have is in the books by then.
        placed = Counter(self._placed())
        taken = tuple(self._taken())
        burst = self.bursts[-1] if self.bursts else None
        page = await asyncio.to_thread(self.books.read, burst.quote if burst else 0)
        if page is None:
            return None
        counts = page.counts
        return {
            "laws": _laws(counts, sent_twice=(placed - page.allowed).total()),
            "facts": counts | self._counts(),
            "people": page.people,
            "unknown": [one for one in taken if one["id"] not in page.known],
            "burst": _burst_view(burst, page),
        }

    def _placed(self) -> Iterator[Placement]:
        for name, stall in self.stalls.items():
            for order in stall.world.orders.values():
                yield name, str(order.service.id), order.quantity
            for number in stall.numbers.values():
                yield name, number.project.project_id, 1

    def _counts(self) -> dict[str, int]:
        lost = sum(stall.lost for stall in self.stalls.values())
        return {"lost": lost, "bursts": len(self.bursts)}

    def _taken(self) -> Iterator[dict[str, str]]:
        """Every order and number that a supplier has."""
        for name, stall in self.stalls.items():
            for order_id in (*stall.world.orders, *stall.numbers):
                yield {"supplier": name, "id": order_id}


def _burst_view(burst: Burst | None, page: Page) -> dict[str, int] | None:
    if burst is None:
        return None
    return {"chat": burst.chat_id, "taps": burst.taps, "orders": page.of_quote}


def _laws(counts: Mapping[str, int], *, sent_twice: int) -> list[dict[str, Any]]:
    """The strip: what it is called, what it says, and whether it is as it must be."""
    total = Decimal(counts["sum_micros"]) / _MICROS
    unproved, twice = counts["unproved"], counts["charged_twice"]
    return [
        _law(
            "orders",
            "Orders",
            str(counts["orders"]),
            "placed since this world began, by the shop's database",
        ),
        _law(
            "sent",
            "Sent twice",
            str(sent_twice),
            "orders that a supplier has more often than the shop may have sent them",
            holds=not sent_twice,
        ),
        _law(
            "charged",
            "Charged twice",
            str(twice),
            "orders that cost their customer more than the confirm card said",
            holds=not twice,
        ),
        _law(
            "negative",
            "Negative balances",
            str(counts["negative"]),
            "accounts of customers and of orders below zero",
            holds=not counts["negative"],
        ),
        _law(
            "sum",
            "Sum of all accounts",
            f"{total:.2f}" if total == round(total, 2) else f"{total.normalize():f}",
            f"{unproved} accounts differ from their journal"
            if unproved
            else "and every balance equals its journal",
            holds=not total and not unproved,
        ),
    ]


def _law(law_id: str, label: str, says: str, hint: str, *, holds: bool = True) -> dict[str, Any]:
    return {"id": law_id, "label": label, "says": says, "hint": hint, "holds": holds}
