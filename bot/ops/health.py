"""Two pages for machines: /healthz says whether the shop works, /metrics how much."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from aiohttp import web

from bot.ops.metrics import CONTENT_TYPE, Metrics

_PATIENCE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the shop works, and the facts behind that."""

    well: bool
    facts: Mapping[str, str | int | bool | None] = field(default_factory=dict)


def health_routes(ask: Callable[[], Awaitable[Health]], metrics: Metrics) -> list[web.RouteDef]:
    """Routes for an aiohttp application: 200 when well, 503 when not or when `ask` takes too long.

    Facts are shown to whoever reaches the port: no names, no amounts, no keys.
    """

    async def healthz(_: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                health = await ask()
        except TimeoutError:
            health = Health(well=False, facts={"reason": "no answer in time"})
        return web.json_response(
            {"well": health.well, **health.facts}, status=200 if health.well else 503
        )

    async def numbers(_: web.Request) -> web.Response:
        return web.Response(body=metrics.render(), headers={"Content-Type": CONTENT_TYPE})

    return [web.get("/healthz", healthz), web.get("/metrics", numbers)]
