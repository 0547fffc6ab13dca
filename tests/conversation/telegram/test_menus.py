"""Menus reach Telegram one by one: what it refuses or delays keeps back nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import select

from bot.app.running import publish_menus
from bot.db.meta import MENUS, facts
from sandbox.telegram.faults import Refuse, RetryAfter
from tests.conversation.human import BORIS, OLGA, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite
UNKNOWN = Refuse(400, "Bad Request: chat not found")


@asynccontextmanager
async def publishing(shop: Shop) -> AsyncIterator[None]:
    """The menus are told while the block lasts."""
    stopping = asyncio.Event()
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(publish_menus(shop.kiosk, stopping))
        yield
        stopping.set()


async def told(shop: Shop, method: str, count: int) -> None:
    """Wait until Telegram took so many calls of a method."""
    await shop.telegram.waits_until(lambda: len(taken(shop, method)) >= count or None)


async def refused(shop: Shop, method: str) -> None:
    """Wait until Telegram refused a call of a method."""
    calls = shop.telegram.calls
    await shop.telegram.waits_until(
        lambda: any(call.method == method and call.refusal for call in calls) or None
    )


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
        await refused(shop, "setMyCommands")
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


async def test_a_menu_follows_its_operators_role_and_language(
    shop: Shop, olga: Human, boris: Human
) -> None:
    async with publishing(shop):
        await told(shop, "setMyCommands", 32)
        await olga.sends(f"/role {BORIS} cashier")
        await olga.taps("Yes, change the role")
        await told(shop, "setMyCommands", 48)
        cashier = menus_of(shop, BORIS)
        await boris.sends("/language")
        await boris.taps("Deutsch")
        await told(shop, "setMyCommands", 64)
        german = menus_of(shop, BORIS)
        await olga.sends(f"/role {BORIS} none")
        await olga.taps("Yes, change the role")
        await told(shop, "deleteMyCommands", 16)

    assert {menu["topup"] for menu in cashier} == {"Give credit"}
    assert not any("role" in menu or "order" in menu for menu in cashier)
    assert {menu["desk"] for menu in german} != {menu["desk"] for menu in cashier}
    assert len({menu["desk"] for menu in german}) == 1
    assert all(str(BORIS) in str(call["scope"]) for call in taken(shop, "deleteMyCommands"))
    assert await known_menus(shop) == str(OLGA)


async def test_who_lost_the_role_while_nobody_told_telegram_gets_a_customers_menu_later(
    shop: Shop, olga: Human, boris: Human
) -> None:
    await olga.sends(f"/role {BORIS} viewer")
    await olga.taps("Yes, change the role")
    shop.telegram.faults.keep("deleteMyCommands", RetryAfter(3_600))
    async with publishing(shop):
        await told(shop, "setMyCommands", 48)
        await olga.sends(f"/role {BORIS} none")
        await olga.taps("Yes, change the role")
        await refused(shop, "deleteMyCommands")
    shop.telegram.faults.clear()
    async with publishing(shop):  # as after a restart
        await told(shop, "deleteMyCommands", 16)


def menus_of(shop: Shop, chat: int) -> list[dict[str, str]]:
    """The last sixteen menus of a chat: each command with its words."""
    calls = [call for call in taken(shop, "setMyCommands") if str(chat) in str(call["scope"])]
    menus: list[Any] = [call["commands"] for call in calls[-16:]]
    return [{line["command"]: line["description"] for line in menu} for menu in menus]


async def known_menus(shop: Shop) -> str:
    """The chats that have an operator's menu, as the books know it."""
    query = select(facts.c.value).where(facts.c.name == MENUS)
    found: str = await shop.kiosk.db.read(lambda tx: tx.execute(query).scalar_one())
    return found
