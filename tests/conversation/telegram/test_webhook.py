"""Updates by webhook: only with the secret, and each is handled before it is confirmed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from typing import Any, cast

import aiohttp
import pytest
from aiohttp import web

from bot.chat.kit.telegram.webhook import webhook_routes
from sandbox.serving import Served, hang_up, serve
from tests.conversation.human import BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.replicas import two_processes, work_at_once
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite

SECRET = "the-secret_of-the-test-shop"
HEADER = b"X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def hook(shop: Shop) -> AsyncIterator[Served]:
    app = web.Application()
    app.add_routes(webhook_routes(shop.kiosk.dispatcher, shop.kiosk.bot, SECRET))
    async with serve(app) as site:
        yield site


async def posts(site: Served, body: Any, secret: bytes | None, path: str = "/hook") -> int:
    """The answer's status; bytes go over the wire as they are."""
    written = body if isinstance(body, bytes) else aiohttp.JsonPayload(body)
    headers = {} if secret is None else {HEADER.decode(): secret.decode(errors="surrogateescape")}
    async with aiohttp.ClientSession() as client:
        address = f"{site.url}{path}"
        async with client.post(address, data=written, headers=headers) as answer:
            return answer.status


def start(boris: Human) -> dict[str, Any]:
    return boris.person.sends("/start")


async def test_an_update_with_the_secret_is_handled_before_the_answer(
    shop: Shop, boris: Human, hook: Served
) -> None:
    said = len(boris.person.messages)
    for path in ("/hook", "/", "/a/b/c"):
        assert await posts(hook, start(boris), SECRET.encode(), path) == 200
    assert len(boris.person.messages) == said + 3


WRONG = {
    "missing": None,
    "empty": b"",
    "wrong": b"another-secret",
    "too long": SECRET.encode() + b"x",
    "too short": SECRET.encode()[:-1],
    "other case": SECRET.upper().encode(),
    "not ascii": "тайна".encode(),
    "not utf-8": b"\xff\xfe\x80",
}


async def test_without_the_secret_nothing_is_handled(
    shop: Shop, boris: Human, hook: Served
) -> None:
    before = boris.chat
    for kind, secret in WRONG.items():
        assert await posts(hook, start(boris), secret) == 401, kind
    assert boris.chat == before


async def test_a_shop_without_a_secret_takes_no_update_at_all(shop: Shop, boris: Human) -> None:
    app = web.Application()
    app.add_routes(webhook_routes(shop.kiosk.dispatcher, shop.kiosk.bot, ""))
    before = boris.chat
    async with serve(app) as site:
        for secret in (None, b"", b"x"):
            assert await posts(site, start(boris), secret) == 401
    assert boris.chat == before


async def test_what_is_no_update_is_refused(shop: Shop, hook: Served) -> None:
    for body in (b"", b"not json", b"[]", b"{}", b"null", b'{"update_id": "x"}', b"\xff\xfe"):
        assert await posts(hook, body, SECRET.encode()) == 400, body


async def test_an_update_that_comes_twice_is_handled_once(
    shop: Shop, boris: Human, hook: Served
) -> None:
    update, said = start(boris), len(boris.person.messages)
    for _ in range(3):
        assert await posts(hook, update, SECRET.encode()) == 200
    assert len(boris.person.messages) == said + 1


async def test_only_posts_are_taken(hook: Served) -> None:
    async with aiohttp.ClientSession() as client:
        headers = {HEADER.decode(): SECRET}
        async with client.get(f"{hook.url}/hook", headers=headers) as answer:
            assert answer.status == 405
    assert BORIS


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def handler_of(kiosk: Any, secret: str = SECRET) -> Handler:
    [route] = webhook_routes(kiosk.dispatcher, kiosk.bot, secret)
    return cast("Handler", route.handler)


async def points_to(shop: Shop, site: Served, secret: str) -> None:
    """What was polled already, and not confirmed yet, does not come again."""
    address = f"{site.url}/hook"
    await shop.kiosk.bot.set_webhook(address, secret_token=secret, drop_pending_updates=True)


async def until_all_taken(shop: Shop) -> None:
    async with asyncio.timeout(60):
        while shop.telegram.updates.pending:
            await shop.telegram.updates.bell.heard()


async def test_what_telegram_repeats_to_another_process_counts_once_and_in_order(
    shop: Shop, boris: Human, olga: Human
) -> None:
    """Each answer gets lost once: the one process has done it, and the other is asked again."""
    shop.telegram.back_off_s, requests = (0.0,), count()
    async with two_processes(shop) as both:
        handlers = [handler_of(kiosk) for kiosk in both]

        async def take(request: web.Request) -> web.StreamResponse:
            nth = next(requests)
            answer = await handlers[nth % 2](request)
            return answer if nth % 2 else hang_up(request)

        app = web.Application()
        app.add_routes([web.post("/hook", take)])
        async with serve(app) as site:
            await points_to(shop, site, SECRET)
            for nth in "123":
                olga.person.sends(f"/topup {BORIS} {nth} no{nth}")
            await until_all_taken(shop)
            await shop.kiosk.bot.delete_webhook()
        await work_at_once(*both)

    assert next(requests) == 6
    assert (await boris.wallet()).free == usd("6")
    told = [message.text[-3:] for message in boris.person.messages if "added" in message.text]
    assert told == ["no1", "no2", "no3"]
    assert [olga.times(f"${nth}.00 of credit given") for nth in "123"] == [2, 2, 2]
    assert await shop.proof() == ()


async def test_updates_under_a_wrong_secret_wait_at_telegram_until_it_is_right(
    shop: Shop, boris: Human
) -> None:
    shop.telegram.back_off_s, said = (0.0,), len(boris.person.messages)
    answers: asyncio.Queue[int] = asyncio.Queue()
    handler = handler_of(shop.kiosk)

    async def take(request: web.Request) -> web.StreamResponse:
        answer = await handler(request)
        answers.put_nowait(answer.status)
        return answer

    app = web.Application()
    app.add_routes([web.post("/hook", take)])
    async with asyncio.timeout(60), serve(app) as site:
        await points_to(shop, site, "of-another-shop")
        for _ in "12":
            boris.person.sends("/start")
        assert [await answers.get() for _ in range(3)] == [401, 401, 401]
        assert len(boris.person.messages) == said
        assert len(shop.telegram.updates.pending) == 2

        await shop.kiosk.bot.set_webhook(f"{site.url}/hook", secret_token=SECRET)
        await until_all_taken(shop)
        await shop.kiosk.bot.delete_webhook()
    assert len(boris.person.messages) == said + 2
