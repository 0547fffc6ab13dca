"""What is on sale in a trial, and who buys it: a service of each kind for every guest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.base.ids import RemoteId
from bot.suppliers.words import NumberId
from sandbox.suppliers.numbers import SmsProject
from sandbox.suppliers.services import SandboxService

GUESTS: Final = (1001, 1002, 1003, 1004, 1005)
"""The customers; Alice, the first one, is alone in most trials."""
LOOKER, TYPIST = GUESTS[1:3]
"""Two who only look at something, in some trials: one by a tap, one by a word."""
OPERATORS: Final = (2001, 2002)
CREDIT: Final = 100
"""Dollars that every guest was given."""
ASKED: Final = 25_000_000
"""Micro-units of credit that somebody asks for, in some trials."""
LINK: Final = "https://instagram.com/alice"
_COUNTRY: Final = "us"


class Kind(StrEnum):
    """How a ware is bought and delivered."""

    ACCOUNTS = "accounts"
    OTHER_ACCOUNTS = "other accounts"
    WORK = "work"
    NUMBER = "number"
    NUMBERS = "numbers"
    TIED = "tied"


@dataclass(frozen=True, slots=True)
class Ware:
    """One service in the quantity that its one guest buys; `parts` orders come of it.

    `chosen` is the service of accplanet that is tapped, where this one stands in for it.
    """

    guest: int
    kind: Kind
    supplier: str
    remote: str
    quantity: int
    parts: int = 1
    chosen: str = ""

    @property
    def tapped(self) -> tuple[str, str]:
        """The supplier and the service that the guest chooses."""
        return ("accplanet", self.chosen) if self.chosen else (self.supplier, self.remote)


def _ware(guest: int, kind: Kind) -> Ware:
    nth = guest % 1000
    if kind is Kind.ACCOUNTS:
        return Ware(guest, kind, "accplanet", str(100 + nth), 3)
    if kind is Kind.OTHER_ACCOUNTS:
        return Ware(guest, kind, "hstockplus", str(200 + nth), 3)
    if kind is Kind.WORK:
        return Ware(guest, kind, "hstockplus", str(300 + nth), 100)
    if kind is Kind.TIED:
        return Ware(guest, kind, "hstockplus", str(500 + nth), 3, chosen=str(400 + nth))
    several = 2 if kind is Kind.NUMBERS else 1
    number = NumberId(_project(nth, kind), _COUNTRY)
    return Ware(guest, kind, "hstockplus", number.remote_id, several, several)


def _project(nth: int, kind: Kind) -> str:
    return f"{'65f0' if kind is Kind.NUMBER else '75f0'}{nth:020x}"


WARES: Final = {(guest, kind): _ware(guest, kind) for guest in GUESTS for kind in Kind}
OLD_WARE: Final = Ware(GUESTS[-1], Kind.ACCOUNTS, "accplanet", "100", 1)
"""Bought before the trial begins, so that the books are not empty."""
OLD_REMOTE: Final = "665f1a2b3c4d5e6f70000001"
"""Its id at AccPlanet."""


def accplanet_shelf() -> list[SandboxService]:
    """Accounts by the piece, one dollar each."""
    rows = [ware for ware in WARES.values() if ware.kind is Kind.ACCOUNTS]
    tied = [ware.chosen for ware in WARES.values() if ware.chosen]
    return [
        _accounts(one, "1.00") for one in (*(ware.remote for ware in (*rows, OLD_WARE)), *tied)
    ]


def hstockplus_shelf() -> list[SandboxService]:
    """Accounts by the piece, and work on a link by the thousand."""
    rows = [ware for ware in WARES.values() if ware.supplier == "hstockplus"]
    kinds = {Kind.OTHER_ACCOUNTS, Kind.TIED}
    others = [_accounts(ware.remote, "0.50") for ware in rows if ware.kind in kinds]
    return others + [_work(ware) for ware in rows if ware.kind is Kind.WORK]


def sms_projects() -> list[SmsProject]:
    """Codes for half a dollar."""
    numbers = [ware for ware in WARES.values() if ware.kind in {Kind.NUMBER, Kind.NUMBERS}]
    return [
        SmsProject(
            project_id=number.project,
            name=f"Chat {ware.guest} {ware.kind}",
            price=Decimal("0.5"),
            country_id=_COUNTRY,
            country_title="United States",
        )
        for ware in numbers
        if (number := NumberId.find(RemoteId(ware.remote))) is not None
    ]


def _accounts(remote: str, rate: str) -> SandboxService:
    return SandboxService(
        id=int(remote),
        name=f"Account {remote}",
        rate=Decimal(rate),
        category="Accounts",
        subcategory="Aged",
    )


def _work(ware: Ware) -> SandboxService:
    return SandboxService(
        id=int(ware.remote),
        name=f"Followers {ware.remote}",
        rate=Decimal("5.00"),
        category="Instagram",
        subcategory="Followers",
        min=10,
        max=1000,
        stock=1000,
        entity_type=None,
        rate_per=1000,
    )
