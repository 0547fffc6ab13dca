"""Whoever asks gets an answer in time, whatever hangs."""

import asyncio
from typing import NoReturn

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.ops.health import health_routes


async def hangs() -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError


async def test_both_pages_answer_in_time_when_what_they_ask_hangs() -> None:
    app = web.Application()
    app.add_routes(health_routes(hangs, hangs, within_s=0.01))
    async with asyncio.timeout(60), TestClient(TestServer(app)) as client:
        health, metrics = await client.get("/healthz"), await client.get("/metrics")
        assert (health.status, metrics.status) == (503, 503)
        assert await health.json() == {"well": False, "wrong": ["no answer in time"]}
