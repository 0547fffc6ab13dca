"""A shop with a webhook: its silence is no fault, what Telegram cannot deliver is one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest
from aiohttp import web

from bot.chat.kit.telegram.webhook import webhook_routes
from sandbox.serving import serve
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, OLGA, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.pages import health_of
from tests.conversation.shop import Shop

pytestmark = on_sqlite

SECRET = "the-secret_of-the-test-shop"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
SHARED = "Another program uses this bot's token"


@dataclass
class Hooked:
    """A shop behind its webhook, which may be broken."""

    url: str = ""
    shop: Shop = field(init=False)
    is_broken: bool = False
    refused: int = 0
    repeated: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when what was refused comes again."""

    async def take(self, request: web.Request) -> web.StreamResponse:
        if self.is_broken:
            self.refused += 1
            if self.refused > 1:
                self.repeated.set()
            return web.Response(status=502)
        [route] = webhook_routes(self.shop.kiosk.dispatcher, self.shop.kiosk.bot, SECRET)
        return await cast("Handler", route.handler)(request)

    async def sets_its_webhook(self) -> None:
        await self.shop.kiosk.bot.set_webhook(self.url, secret_token=SECRET)

    async def wrong(self) -> list[str]:
        found: list[str] = (await health_of(self.shop.kiosk))[1]["wrong"]
        return found


@pytest.fixture
async def hooked(database_url: str, clock: TurnableClock) -> AsyncIterator[Hooked]:
    hook = Hooked()
    app = web.Application()
    app.add_routes([web.post("/hook", hook.take)])
    async with serve(app) as site:
        hook.url = f"{site.url}/hook"
        async with open_shop(
            database_url, clock, stocked=True, webhook_url=hook.url, webhook_secret=SECRET
        ) as shop:
            hook.shop = shop
            shop.telegram.back_off_s = (0.0,)
            yield hook


async def test_a_quiet_shop_is_well_as_long_as_telegram_says_so(hooked: Hooked) -> None:
    assert await hooked.wrong() == ["Telegram has not answered getWebhookInfo yet"]
    await hooked.sets_its_webhook()
    assert await hooked.wrong() == []
    await hooked.shop.passes(minutes=30)
    assert await hooked.wrong() == []

    await hooked.shop.sites["telegram"].go_down()
    await hooked.shop.leaps(5, seconds=25)
    assert await hooked.wrong() == ["Telegram has not answered getWebhookInfo for 125 s"]
    await hooked.shop.sites["telegram"].come_back()
    await hooked.shop.leaps(2, seconds=25)
    assert await hooked.wrong() == []


async def test_an_update_that_cannot_be_delivered_is_a_fault_until_it_is(hooked: Hooked) -> None:
    await hooked.sets_its_webhook()
    hooked.is_broken = True
    hooked.shop.clock.turn(timedelta(seconds=5))
    alice = person(hooked.shop, ALICE, "Alice")
    alice.person.sends("/start")
    async with asyncio.timeout(60):
        await hooked.repeated.wait()
    await hooked.shop.leaps(1, seconds=31)
    assert await hooked.wrong() == ["Telegram cannot deliver updates to WEBHOOK_URL"]

    hooked.is_broken = False
    await hooked.shop.telegram.waits_until(lambda: alice.person.messages)
    await hooked.shop.leaps(1, seconds=31)
    assert hooked.shop.telegram.updates.webhook.last_error
    assert await hooked.wrong() == []


async def test_another_address_is_another_program_and_operators_hear_of_it_once(
    hooked: Hooked,
) -> None:
    olga = person(hooked.shop, OLGA, "Olga")
    await hooked.sets_its_webhook()
    olga.person.sends("/start")
    await hooked.shop.telegram.waits_until(lambda: olga.person.messages)
    await hooked.shop.kiosk.bot.set_webhook("https://example.com/theirs")
    await hooked.shop.leaps(10, seconds=31)
    assert await hooked.wrong() == ["another program takes the updates of this bot's token"]
    assert olga.times(SHARED) == 1

    await hooked.sets_its_webhook()
    await hooked.shop.leaps(10, seconds=31)
    assert await hooked.wrong() == []
    assert olga.times("🟢 No other program uses this bot's token any more.") == 1
    assert olga.times(SHARED) == 1
