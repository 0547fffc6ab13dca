"""A shop under test is opened together with the pretend world around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bot.settings import Settings
from bot.suppliers import KNOWN_SUPPLIERS, RequestLimits
from sandbox.serving import serve
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld
from sandbox.telegram import TelegramWorld, telegram_app
from tests.books import KEY
from tests.clock import TurnableClock
from tests.conversation.crew import QUICK, opened
from tests.conversation.human import OLGA
from tests.conversation.services import accounts, socials
from tests.conversation.shop import Shop

TOKEN = "42:token-of-the-test-shop"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For rules that no database has a part in."""


def settings_for(database_url: str, urls: dict[str, str], **more: Any) -> Settings:
    suppliers = {
        "accplanet": {"key": "acc-key-canary", "url": urls["accplanet"], "rate_cap": "5000"},
        "hstockplus": {
            "key": "hst-key-canary",
            "url": urls["hstockplus"],
            "rate_cap": "5000",
            "rate_per_overrides": '{"Instagram": 1000, "Email Accounts": 1}',
        },
    }
    values = {
        "bot_token": TOKEN,
        "telegram_api_url": urls["telegram"],
        "admin_ids": str(OLGA),
        "database_url": database_url,
        "goods_key": KEY,
        "suppliers": suppliers,
        "markup_percent": "20",
        "sell_social": "true",
        "topup_instructions": "Pay Olga at the counter.",
        **more,
    }
    return Settings(KNOWN_SUPPLIERS, **values)


@asynccontextmanager
async def open_shop(
    database_url: str,
    clock: TurnableClock,
    *,
    wire: RequestLimits = QUICK,
    stocked: bool = False,
    **settings: Any,
) -> AsyncIterator[Shop]:
    """A shop with three accounts and two social services on sale, its workers standing still.

    Books that are `stocked` were opened by this very shop at this very instant before.
    """
    telegram = TelegramWorld(TOKEN, clock.now)
    accplanet = AccPlanetWorld(now=clock.now, key="acc-key-canary", services=accounts())
    hstockplus = HstockPlusWorld(now=clock.now, key="hst-key-canary", services=socials())
    async with AsyncExitStack() as stack:
        sites = {
            "telegram": await stack.enter_async_context(serve(telegram_app(telegram))),
            "accplanet": await stack.enter_async_context(serve(accplanet.app())),
            "hstockplus": await stack.enter_async_context(serve(hstockplus.app())),
        }
        urls = {
            name: site.url if name == "telegram" else f"{site.url}/api/v2"
            for name, site in sites.items()
        }
        folder = stack.enter_context(TemporaryDirectory(prefix="kiosk-"))
        configured = settings_for(database_url, urls, **{"data_dir": folder, **settings})
        crew = await stack.enter_async_context(opened(configured, clock, wire))
        shop = Shop(crew, telegram, accplanet, hstockplus, sites, clock)
        shop.start = lambda: stack.enter_async_context(opened(configured, clock, wire))
        if stocked:
            shop.goes_on()
        else:
            await shop.opens()
        yield shop


def sqlite_at(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'kiosk.db'}"
