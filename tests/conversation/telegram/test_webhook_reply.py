"""A tap that came by webhook is answered by the webhook's own answer, unless that takes long."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.chat.kit.telegram.webhook import webhook_routes
from sandbox.serving import Served, serve
from sandbox.telegram.faults import RetryAfter, WaitFor
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite

SECRET = "the-secret_of-the-test-shop"


@pytest.fixture
async def hook(shop: Shop) -> AsyncIterator[Served]:
    app = web.Application()
    app.add_routes(webhook_routes(shop.kiosk.dispatcher, shop.kiosk.bot, SECRET))
    async with serve(app) as site:
        yield site


async def posts(site: Served, update: dict[str, Any]) -> dict[str, Any]:
    """What the webhook answers; nothing for an empty answer."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with (
        aiohttp.ClientSession(headers=headers) as client,
        client.post(f"{site.url}/hook", json=update) as answer,
    ):
        assert answer.status == 200
        body = await answer.read()
    return json.loads(body) if body else {}


def answers(shop: Shop) -> list[str]:
    return [one.method for one in shop.telegram.calls if one.method == "answerCallbackQuery"]


async def test_a_quick_tap_is_answered_in_the_reply_and_by_no_call(
    shop: Shop, boris: Human, hook: Served
) -> None:
    tap = boris.person.taps("Catalog")
    said = await posts(hook, tap)

    query = tap["callback_query"]["id"]
    assert said == {"method": "answerCallbackQuery", "callback_query_id": query}
    assert answers(shop) == []
    boris.sees("Catalog")


async def test_a_tap_whose_screen_takes_long_is_answered_by_a_call_meanwhile(
    shop: Shop, boris: Human, hook: Served
) -> None:
    slow = WaitFor()
    shop.telegram.faults.next("editMessageText", slow)
    tap = boris.person.taps("Catalog")
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        posting = tasks.create_task(posts(hook, tap))
        await shop.telegram.waits_until(lambda: bool(answers(shop)))
        assert not slow.event.is_set()
        slow.event.set()

    assert posting.result() == {}
    assert len(answers(shop)) == 1
    boris.sees("Catalog")


async def test_what_says_something_above_the_screen_goes_by_a_call_that_is_heard(
    shop: Shop, boris: Human, hook: Served
) -> None:
    said = await posts(hook, boris.person.taps_raw("no-such-tap", boris.card.message_id))

    assert said == {}
    assert "out of date" in boris.toast


async def test_what_is_no_tap_and_what_comes_again_gets_an_empty_reply(
    shop: Shop, boris: Human, hook: Served
) -> None:
    tap = boris.person.taps("Catalog")
    assert await posts(hook, boris.person.sends("/start")) == {}
    assert await posts(hook, tap) != {}
    assert await posts(hook, tap) == {}


async def test_a_tap_is_answered_though_its_screen_has_to_wait(
    shop: Shop, boris: Human, hook: Served
) -> None:
    shop.telegram.faults.next("editMessageText", RetryAfter(3))
    said = await posts(hook, boris.person.taps("Catalog"))
    assert said["method"] == "answerCallbackQuery"


async def test_telegram_stops_the_spinner_by_the_reply(
    shop: Shop, boris: Human, hook: Served
) -> None:
    await shop.kiosk.bot.set_webhook(
        f"{hook.url}/hook", secret_token=SECRET, drop_pending_updates=True
    )
    boris.person.taps("Catalog")
    async with asyncio.timeout(60):
        await shop.telegram.waits_until(lambda: not boris.person.unanswered)
        await shop.kiosk.bot.delete_webhook()
    boris.sees("Catalog")
    assert len(answers(shop)) == 1
