"""Updates reach the bot in order, by polling or by webhook, until it has confirmed them."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.clock import TurnableClock
from sandbox.serving import serve
from sandbox.telegram import Person, TelegramWorld
from tests.sandbox_telegram.conftest import Api


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def test_an_update_comes_until_a_higher_offset_confirms_it(
    api: Api,
    alice: Person,
) -> None:
    for text in ("a", "b", "c"):
        alice.sends(text)

    assert ids(await api.result("getUpdates", limit=2)) == [1, 2]
    assert ids(await api.result("getUpdates")) == [1, 2, 3]
    assert ids(await api.result("getUpdates", offset=3)) == [3]
    assert ids(await api.result("getUpdates", offset=4)) == []
    assert ids(await api.result("getUpdates")) == []


async def test_a_negative_offset_forgets_all_but_the_newest(api: Api, alice: Person) -> None:
    for text in ("a", "b", "c"):
        alice.sends(text)
    assert ids(await api.result("getUpdates", offset=-1)) == [3]
    assert ids(await api.result("getUpdates")) == [3]


async def test_a_long_poll_ends_when_something_happens(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.result("getUpdates", timeout=30))
        await world.updates.until_polled()
        alice.sends("hello")
    assert ids(poll.result()) == [1]


async def test_a_second_poll_sends_the_first_away(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(api.refusal("getUpdates", timeout=30))
        await world.updates.until_polled()
        second = group.create_task(api.result("getUpdates", timeout=30))
        assert (await first).startswith("Conflict: terminated by other getUpdates request")
        alice.sends("hello")
    assert ids(second.result()) == [1]


async def test_a_held_burst_comes_in_one_batch(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    world.updates.hold()
    for text in ("a", "b", "c"):
        alice.sends(text)
    assert await api.result("getUpdates") == []
    world.updates.rearrange([3, 1])
    world.updates.release()
    assert ids(await api.result("getUpdates")) == [3, 1, 2]


async def test_a_redelivered_update_comes_again_under_its_old_number(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    update = alice.sends("buy")
    assert await api.result("getUpdates", offset=1) == [update]
    world.redeliver(update)
    assert await api.result("getUpdates", offset=2) == [update]
    assert await api.result("getUpdates", offset=2) == []


async def test_updates_are_forgotten_after_a_day(
    api: Api,
    alice: Person,
    clock: TurnableClock,
) -> None:
    alice.sends("old")
    clock.advance(hours=23)
    alice.sends("young")
    clock.advance(hours=1)
    assert ids(await api.result("getUpdates")) == [2]


async def test_allowed_updates_are_remembered_until_they_are_named_again(
    api: Api,
    alice: Person,
) -> None:
    await api.result("getUpdates", allowed_updates=["callback_query"])
    alice.sends("unheard")
    assert await api.result("getUpdates") == []
    await api.result("getUpdates", allowed_updates=[])
    alice.sends("heard")
    assert ids(await api.result("getUpdates")) == [2]


async def test_a_webhook_gets_each_update_in_order_with_the_secret_until_it_takes_it(
    api: Api,
    world: TelegramWorld,
    alice: Person,
) -> None:
    world.back_off_s = (0,)
    seen: list[tuple[str | None, str]] = []

    async def take(request: web.Request) -> web.Response:
        text = (await request.json())["message"]["text"]
        seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), text))
        return web.Response(status=500 if len(seen) < 3 else 200)

    async with serve(receiver(take)) as bot:
        await api.result("setWebhook", url=f"{bot.url}/hook", secret_token="s3cret_-")
        alice.sends("one")
        alice.sends("two")
        await until(world, lambda: not world.updates.pending)
        assert seen == [("s3cret_-", text) for text in ("one", "one", "one", "two")]
        told = await api.result("getWebhookInfo")
        assert told["last_error_message"] == (
            "Wrong response from the webhook: 500 Internal Server Error"
        )
        refusal = await api.refusal("getUpdates")
        assert refusal.startswith("Conflict: can't use getUpdates method while webhook is active")
        await api.result("deleteWebhook")
    assert await api.result("getUpdates") == []


async def test_a_method_in_the_answer_of_a_webhook_is_performed(
    api: Api,
    alice: Person,
) -> None:
    async def take(_: web.Request) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 7, "text": "hi"})

    async with serve(receiver(take)) as bot:
        await api.result("setWebhook", url=f"{bot.url}/hook")
        alice.sends("hello")
        message = await alice.waits_for(lambda said: said.text == "hi")
        await api.result("deleteWebhook")
    assert message.chat_id == 7


async def test_a_webhook_needs_a_good_address_and_secret(api: Api) -> None:
    for params, words in (
        ({"url": "http://shop.example"}, "An HTTPS URL must be provided for webhook"),
        ({"url": "https://shop.example:9000"}, "only on ports 80, 88, 443 or 8443"),
        ({"url": "https://shop.example", "secret_token": "ключ"}, "unallowed characters"),
    ):
        assert words in await api.refusal("setWebhook", **params)


def receiver(take: Any) -> web.Application:
    app = web.Application()
    app.router.add_post("/hook", take)
    return app


async def until(world: TelegramWorld, condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await world.updates.bell.heard()
