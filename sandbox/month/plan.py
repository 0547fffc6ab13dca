"""What is bought in the month, by whom, when, and how it ends: the same story in every demo."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sandbox.month.people import REGULARS, Regular

DAYS: Final = 30
_A_DAY: Final = 9
"""Orders on a usual day at first; there are more from week to week."""
_NEW: Final = 0.25
"""How many buyers come for the first time, as long as there are such."""
_QUIET_BEFORE: Final = timedelta(hours=1)
"""Nothing of the month is still under way when the demo opens."""
_HOURS: Final = (1, 1, 0, 0, 0, 1, 1, 2, 4, 5, 6, 6, 6, 7, 6, 6, 7, 8, 9, 10, 10, 9, 6, 3)
"""How much is bought in each hour of a day, compared with the others."""


class End(StrEnum):
    """How an order ends."""

    COMPLETED = "completed"
    PARTIAL = "partial"
    CANCELED = "canceled"
    REFUSED = "refused"
    DOUBT = "doubt"
    """Its answer was lost, and an operator gave the money back."""


_ENDS: Final = (
    *(End.COMPLETED,) * 91,
    *(End.PARTIAL,) * 3,
    *(End.CANCELED,) * 3,
    *(End.REFUSED,) * 2,
    End.DOUBT,
)


@dataclass(frozen=True, slots=True)
class Ware:
    """Something that sells; `often` compared with the rest, in one of these quantities."""

    supplier: str
    remote: str
    often: int
    quantities: Sequence[int] = (1,)
    link: str = ""
    wait_s: int = 40


WARES: Final = (
    Ware("accplanet", "10074", 12, (1, 1, 1, 2)),
    Ware("accplanet", "64f1c0ffee0000000000a004", 14, (1, 1, 2)),
    Ware("accplanet", "64f1c0ffee0000000000a005", 10),
    Ware("accplanet", "10042", 9, (1, 2, 3, 5)),
    Ware("accplanet", "10043", 7, (5, 10, 20)),
    Ware("accplanet", "10067", 8, (1, 1, 2)),
    Ware("accplanet", "10060", 5, wait_s=5400),
    Ware("accplanet", "10061", 4),
    Ware("accplanet", "10062", 4),
    Ware("accplanet", "10057", 5, (1, 2, 3)),
    Ware("accplanet", "10073", 5, (2, 2, 4)),
    Ware("accplanet", "10069", 2),
    Ware("hstockplus", "501", 5, (1, 2, 5), wait_s=150),
    Ware("hstockplus", "605", 3, (5, 10), wait_s=90),
    Ware("hstockplus", "502", 4, (2, 3), wait_s=120),
    Ware("hstockplus", "1", 6, (100, 500, 1000), "https://instagram.com/{username}", 1500),
    Ware("hstockplus", "8", 3, (100, 500), "https://t.me/{username}_channel", 2400),
    Ware("hstockplus", "sms:WhatsApp:us", 4),
    Ware("hstockplus", "sms:WhatsApp:gb", 4),
    Ware("hstockplus", "sms:OpenAI / ChatGPT:us", 5),
)
"""A number's `remote` names its project; the catalogue knows it by an id."""


@dataclass(frozen=True, slots=True)
class Sale:
    """One purchase of the month."""

    at: datetime
    customer: Regular
    ware: Ware
    quantity: int
    end: End
    chance: random.Random

    @property
    def is_number(self) -> bool:
        """Whether a number is rented."""
        return self.ware.remote.startswith("sms:")


def plan_month(now: datetime, seed: int = 7) -> Iterator[Sale]:
    """Some three hundred purchases of the last thirty days, the oldest first."""
    chance = random.Random(seed)  # noqa: S311 - a made-up shop
    newcomers = chance.sample(REGULARS, len(REGULARS))
    for at in sorted(_times(chance, now)):
        if newcomers and chance.random() < _NEW:
            customer = newcomers.pop()
        else:
            [customer] = chance.choices(REGULARS, [one.often for one in REGULARS])
        [ware] = chance.choices(WARES, [one.often for one in WARES])
        quantity, end = chance.choice(ware.quantities), chance.choice(_ENDS)
        if end is End.PARTIAL and quantity == 1:
            end = End.COMPLETED
        yield Sale(at, customer, ware, quantity, end, random.Random(chance.random()))  # noqa: S311 - as above


def _times(chance: random.Random, now: datetime) -> Iterator[datetime]:
    first = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
    for day in range(DAYS + 1):
        midnight = first + timedelta(days=day)
        usual = _A_DAY + day // 7 + (2 if midnight.weekday() in {4, 5} else 0)
        for _ in range(chance.randint(usual - 4, usual + 2)):
            [hour] = chance.choices(range(24), _HOURS)
            at = midnight + timedelta(hours=hour, seconds=chance.randrange(3600))
            if at < now - _QUIET_BEFORE:
                yield at
