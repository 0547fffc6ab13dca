"""Three pages for machines: /healthz and /readyz say whether the shop works, /metrics how much."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.ops.metrics import CONTENT_TYPE

_ANSWER_WITHIN_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class ShopHealth:
    """What is wrong, a sentence each, and a few facts beside it; nothing wrong is well."""

    wrong: tuple[str, ...] = ()
    facts: Mapping[str, str | int | bool] = field(default_factory=dict)


Ask = Callable[[], Awaitable[ShopHealth]]


def health_routes(
    ask: Ask,
    scrape: Callable[[], Awaitable[bytes]],
    within_s: float = _ANSWER_WITHIN_S,
    is_ready: Ask | None = None,
) -> list[web.RouteDef]:
    """Routes for an aiohttp application: /healthz is 200 when well, else 503; all are bounded.

    /readyz is for balancers, about `is_ready`. What they say is shown to whoever
    reaches the port: no names of people, no keys, no texts.
    """

    async def healthz(_: web.Request) -> web.Response:
        return await _answer(ask, within_s)

    async def readyz(_: web.Request) -> web.Response:
        return await _answer(is_ready or ask, within_s)

    async def metrics(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(within_s):
                body = await scrape()
        except TimeoutError:
            return web.Response(status=503)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    pages = (("/healthz", healthz), ("/readyz", readyz), ("/metrics", metrics))
    return [web.get(path, page) for path, page in pages]


async def _answer(ask: Ask, within_s: float) -> web.Response:
    try:
        async with asyncio.timeout(within_s):
            health = await ask()
    except TimeoutError:
        health = ShopHealth(wrong=("no answer in time",))
    answer = {"well": not health.wrong, "wrong": health.wrong, **health.facts}
    return web.json_response(answer, status=503 if health.wrong else 200)
