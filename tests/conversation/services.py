"""What the two suppliers of a shop under test list at first."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.suppliers.services import SandboxService


def account(number: int | str, name: str, rate: str, **more: Any) -> SandboxService:
    more = {"category": "Social", "subcategory": "Instagram", **more}
    return SandboxService(id=number, name=name, rate=Decimal(rate), **more)


def accounts() -> tuple[SandboxService, ...]:
    return (
        account(10042, "Aged account", "0.10", description="<b>Two years</b> old.<br>Warm."),
        account(10043, "Fresh account", "2.50", max=10, stock=4),
        account(
            "507f1f77bcf86cd799439011", "Rare account", "9.99", category="Games", subcategory=""
        ),
    )


def socials() -> tuple[SandboxService, ...]:
    more = {"entity_type": None, "rate_per": 1000}
    return (
        account(
            1,
            "Followers",
            "0.50",
            min=100,
            max=10_000,
            stock=10_000,
            category="Instagram",
            subcategory="Followers",
            refill=True,
            **more,
        ),
        account(
            2,
            "Custom words",
            "5.00",
            min=10,
            max=1_000,
            type="Custom Comments",
            category="Instagram",
            subcategory="Comments",
            **more,
        ),
        account(77, "Mailbox", "0.30", category="Email Accounts", subcategory="Gmail"),
    )
