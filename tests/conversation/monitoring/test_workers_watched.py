"""/healthz names the worker that hangs, while the whole process is at work."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot.app.running import run
from sandbox.telegram.faults import WaitFor
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.pages import MetricsPage, health_of
from tests.conversation.shop import Shop

pytestmark = on_sqlite


@asynccontextmanager
async def running(shop: Shop) -> AsyncIterator[None]:
    """Updates are polled for, and every worker has its loop."""
    stopping = asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(run(shop.kiosk, stopping))
        try:
            yield
        finally:
            stopping.set()


async def until_wrong(shop: Shop, *words: str) -> None:
    """Asks again and again until exactly this is wrong."""
    async with asyncio.timeout(60):
        while (await health_of(shop.kiosk))[1]["wrong"] != [*words]:
            shop.kiosk.db.waker.wake_all()


async def test_a_worker_that_hangs_is_named_and_the_others_are_not(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends(f"/topup {ALICE} 1")
    hangs = WaitFor()
    shop.telegram.faults.next("sendMessage", hangs, chat_id=ALICE)
    async with running(shop):
        await hangs.reached.wait()
        shop.clock.turn(timedelta(seconds=121))
        olga.person.sends("/start")
        await until_wrong(shop, "the worker sender has not ended a round for over 120 s")
        hangs.event.set()
        await until_wrong(shop)

    assert alice.times("$1.00") >= 1


async def test_both_pages_are_served_on_the_port_of_the_settings(
    database_url: str, clock: TurnableClock
) -> None:
    port = free_port()
    async with (
        open_shop(database_url, clock, stocked=True, health_port=port) as shop,
        running(shop),
        aiohttp.ClientSession() as client,
    ):
        alice = person(shop, ALICE, "Alice")
        alice.person.sends("/start")
        await shop.telegram.waits_until(lambda: alice.person.messages)
        async with client.get(f"http://127.0.0.1:{port}/healthz") as answer:
            assert (answer.status, (await answer.json())["well"]) == (200, True)
        async with client.get(f"http://127.0.0.1:{port}/metrics") as answer:
            page = MetricsPage(await answer.text())
        with pytest.raises(aiohttp.ClientConnectorError):  # another address of this machine
            await client.get(f"http://127.0.0.2:{port}/healthz")
    assert page.value("kiosk_update_seconds_count", kind="command", outcome="ok") == 1


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
