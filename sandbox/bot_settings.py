"""The settings that point a bot at the sandbox, as its environment and as lines of a .env."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from sandbox.world import ServedWorld

BASES: Final = {"Email Accounts": 1, "Social Accounts": 1}
"""HstockPlus prices work on a link by the thousand, and these categories by the piece."""


def bot_settings(served: ServedWorld) -> dict[str, str]:
    """Everything a bot needs to live in this world, by the names of its settings."""
    settings = {
        "BOT_TOKEN": served.world.telegram.token,
        "TELEGRAM_API_URL": served.url,
        "ADMIN_IDS": ",".join(map(str, sorted(served.world.operators))),
    }
    for supplier in served.world.suppliers:
        prefix = f"SUPPLIERS__{supplier.name}__"
        settings[f"{prefix}KEY"] = supplier.key
        settings[f"{prefix}URL"] = served.supplier_url(supplier.name)
    return settings | {
        "SUPPLIERS__HSTOCKPLUS__RATE_PER": "1000",
        "SUPPLIERS__HSTOCKPLUS__RATE_PER_OVERRIDES": json.dumps(BASES),
        "SELL_SOCIAL": "true",
        "SHOP_NAME": "Kiosk",
        "SUPPORT_CONTACT": "@olga",
        "TOPUP_INSTRUCTIONS": "This is the sandbox: ask Olga, she tops up your balance for free.",
    }


def env_lines(settings: Mapping[str, str]) -> str:
    """The settings as a .env holds them."""
    return "\n".join(f"{name}={_quoted(value)}" for name, value in settings.items())


def _quoted(value: str) -> str:
    return f"'{value}'" if " " in value or '"' in value else value
