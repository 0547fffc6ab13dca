"""Menus reach Telegram one by one: what it refuses or delays keeps back nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.running import publish_menus
from bot.people.operators import list_operators
from sandbox.telegram.faults import Refuse, RetryAfter
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite
UNKNOWN = Refuse(400, "Bad Request: chat not found")


@asynccontextmanager
async def publishing(shop: Shop) -> AsyncIterator[None]:
    """The menus are told while the block lasts."""
    stopping = asyncio.Event()
    operators = await shop.kiosk.db.read(list_operators)
    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(publish_menus(shop.kiosk, operators, stopping))
        yield
        stopping.set()


async def told(shop: Shop, method: str, count: int) -> None:
    """Wait until Telegram took so many calls of a method."""
    await shop.telegram.waits_until(lambda: len(taken(shop, method)) >= count or None)


def taken(shop: Shop, method: str) -> list[dict[str, object]]:
    calls = shop.telegram.calls
    return [call.params for call in calls if call.method == method and call.refusal is None]


async def test_a_description_that_has_to_wait_keeps_back_no_menu(shop: Shop, olga: Human) -> None:
    shop.telegram.faults.keep("setMyDescription", RetryAfter(3_600))
    async with publishing(shop):
        await told(shop, "setMyShortDescription", 16)
        await told(shop, "setMyCommands", 32)

    chats = [call["scope"] for call in taken(shop, "setMyCommands")]
    assert sum("chat_id" in str(scope) for scope in chats) == 16
    refused = [call for call in shop.telegram.calls if call.method == "setMyDescription"]
    assert len(refused) == 1


async def test_an_operator_who_presses_start_later_gets_their_menu_then(shop: Shop) -> None:
    shop.telegram.faults.keep("setMyCommands", UNKNOWN, chat_id=OLGA)
    async with publishing(shop):
        await told(shop, "setMyShortDescription", 16)
        assert not any(str(OLGA) in str(call) for call in taken(shop, "setMyCommands"))
        shop.telegram.faults.clear()
        await person(shop, OLGA, "Olga").sends("/start")
        await told(shop, "setMyCommands", 32)

    assert sum(str(OLGA) in str(call["scope"]) for call in taken(shop, "setMyCommands")) == 16


async def test_one_refused_language_keeps_back_no_other(shop: Shop, olga: Human) -> None:
    shop.telegram.faults.next("setMyCommands", Refuse(400, "Bad Request: command is too long"))
    async with publishing(shop):
        await told(shop, "setMyShortDescription", 16)
        await told(shop, "setMyCommands", 31)

    assert len(taken(shop, "setMyCommands")) == 31
