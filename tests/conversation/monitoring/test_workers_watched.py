"""/healthz names the worker that hangs, while the whole process is at work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.app.running import run
from bot.outbox.tell import OUTBOX
from sandbox.telegram.faults import WaitFor
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.pages import health_of
from tests.conversation.shop import Shop

pytestmark = on_sqlite


@asynccontextmanager
async def running(shop: Shop) -> AsyncIterator[None]:
    """Updates are polled for, and every worker has its loop."""
    stopping = asyncio.Event()
    async with asyncio.timeout(30), asyncio.TaskGroup() as tasks:
        tasks.create_task(run(shop.kiosk, stopping))
        try:
            yield
        finally:
            stopping.set()


async def until_wrong(shop: Shop, *words: str) -> None:
    """Asks again and again until exactly this is wrong."""
    async with asyncio.timeout(15):
        while (await health_of(shop.kiosk))[1]["wrong"] != [*words]:
            shop.kiosk.db.waker.wake((OUTBOX,))


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
        await until_wrong(shop, "the worker sender has not ended a round for 120 s")
        hangs.event.set()
        await until_wrong(shop)

    assert alice.times("$1.00") >= 1
