"""A shop whose owner sells what the shipped list would keep off the shelf."""

from datetime import UTC, datetime
from typing import Final

from bot.catalog.hiding.rules import HidingRule, Verdict
from bot.catalog.selection.selection import SHOP

EVERYTHING: Final = (HidingRule(1, SHOP, Verdict.ALLOW, "99", datetime(2026, 1, 1, tzinfo=UTC)),)
