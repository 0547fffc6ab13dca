"""/healthz is well only while the database answers, updates can come and every worker works."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramConflictError, TelegramUnauthorizedError

from bot.chat.kit.telegram.connection import build_bot
from sandbox.telegram.faults import ServerError
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import TOKEN, on_sqlite
from tests.conversation.pages import health_of
from tests.conversation.shop import Shop
from tests.conversation.stuck import stuck_books

ANOTHER = "another program takes the updates of this bot's token"
REVOKED = "Telegram refuses BOT_TOKEN (401): it was revoked or replaced"


async def wrong(shop: Shop) -> list[str]:
    """What /healthz says is wrong; its status agrees."""
    status, said = await health_of(shop.kiosk)
    assert status == (503 if said["wrong"] else 200)
    assert said["well"] is not bool(said["wrong"])
    found: list[str] = said["wrong"]
    return found


@on_sqlite
async def test_a_shop_that_works_is_well_and_says_a_few_facts(
    shop: Shop, alice: Human, olga: Human
) -> None:
    assert await health_of(shop.kiosk) == (
        200,
        {"well": True, "wrong": [], "on_sale": 5, "waiting": False, "safe_mode": False},
    )
    await olga.sends(f"/topup {ALICE} 1")
    _, said = await health_of(shop.kiosk)
    assert said["waiting"] is True


async def test_a_database_that_does_not_answer_is_not_well(shop: Shop, alice: Human) -> None:
    async with stuck_books(shop), asyncio.timeout(60):
        assert await wrong(shop) == ["the database does not answer"]
    assert await wrong(shop) == []


@on_sqlite
async def test_a_balancer_may_send_updates_whatever_telegram_complains_of(shop: Shop) -> None:
    assert await wrong(shop) == ["Telegram has not answered getUpdates yet"]
    assert await health_of(shop.kiosk, "/readyz") == (200, {"well": True, "wrong": []})


@on_sqlite
async def test_a_balancer_sends_nothing_without_a_database_or_before_an_end(
    shop: Shop, alice: Human
) -> None:
    async with stuck_books(shop), asyncio.timeout(60):
        status, said = await health_of(shop.kiosk, "/readyz")
    assert (status, said["wrong"]) == (503, ["the database does not answer"])
    shop.kiosk.monitoring.stopping.set()
    for page in ("/readyz", "/healthz"):
        status, said = await health_of(shop.kiosk, page)
        assert status == 503
        assert "it is stopping, and takes no more updates" in said["wrong"]


@on_sqlite
async def test_a_bot_that_polls_is_well_while_its_polls_are_answered(shop: Shop) -> None:
    assert await wrong(shop) == ["Telegram has not answered getUpdates yet"]
    await shop.hears()  # an empty answer counts
    assert await wrong(shop) == []
    shop.clock.turn(timedelta(seconds=60))
    assert await wrong(shop) == []
    shop.clock.turn(timedelta(seconds=1))
    shop.telegram.faults.next("getUpdates", ServerError())
    with suppress(TelegramAPIError):
        await shop.hears()
    assert await wrong(shop) == ["Telegram has not answered getUpdates for 61 s"]
    await shop.hears()
    assert await wrong(shop) == []


@asynccontextmanager
async def another_program(shop: Shop) -> AsyncIterator[Bot]:
    """One that was given the same token."""
    bot = build_bot(TOKEN, shop.sites["telegram"].url)
    yield bot
    await bot.session.close()


async def loses_its_poll(shop: Shop, other: Bot) -> None:
    """Our poll waits for news, theirs comes, and Telegram ends ours."""

    async def polls() -> None:
        with suppress(TelegramConflictError):
            await shop.kiosk.bot.get_updates(timeout=30)

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        ours = tasks.create_task(polls())
        await shop.telegram.updates.until_polled()
        await other.get_updates(timeout=0)
        await ours


@on_sqlite
async def test_another_program_on_the_token_is_not_well_until_it_is_gone_for_sure(
    shop: Shop, alice: Human
) -> None:
    await shop.hears()
    async with another_program(shop) as other:
        await loses_its_poll(shop, other)
        assert await wrong(shop) == [ANOTHER]
        await alice.sends("/start")  # while both poll, each is answered now and then
        await shop.hears()
        assert await wrong(shop) == [ANOTHER]
        shop.clock.turn(timedelta(seconds=14))
        await loses_its_poll(shop, other)
    shop.clock.turn(timedelta(seconds=14))
    await shop.hears()
    assert await wrong(shop) == [ANOTHER]
    shop.clock.turn(timedelta(seconds=1))
    assert await wrong(shop) == [ANOTHER]
    await shop.hears()
    assert await wrong(shop) == []


@on_sqlite
async def test_a_webhook_that_somebody_set_is_another_program(shop: Shop) -> None:
    await shop.hears()
    async with another_program(shop) as other:
        await other.set_webhook("https://example.com/hook")
        with suppress(TelegramConflictError):
            await shop.hears()
        assert await wrong(shop) == [ANOTHER]
        await other.delete_webhook()
    shop.clock.turn(timedelta(seconds=15))
    await shop.hears()
    assert await wrong(shop) == []


@on_sqlite
async def test_a_revoked_token_is_not_well_until_a_call_is_answered_again(
    shop: Shop, alice: Human
) -> None:
    shop.telegram.token = "42:the-new-one"
    with suppress(TelegramUnauthorizedError):
        await shop.hears()
    assert await wrong(shop) == [REVOKED]
    shop.telegram.token = TOKEN
    await shop.kiosk.bot.send_message(ALICE, "hello")
    assert await wrong(shop) == []
