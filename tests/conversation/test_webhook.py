"""Updates by webhook: only with the secret, and each is handled before it is confirmed."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.chat.webhook import webhook_routes
from sandbox.serving import Served, serve
from tests.conversation.driver import BORIS, Human, Shop, on_sqlite

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
