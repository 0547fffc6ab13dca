"""What the pretend Telegram refuses is what aiogram knows, and its polling talks with it."""

import asyncio

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    Message,
)

from sandbox.telegram import (
    BLOCKED,
    LostAfter,
    Person,
    RetryAfter,
    ServerError,
    TelegramWorld,
)


async def test_refusals_become_the_errors_that_aiogram_names(
    bot: Bot,
    world: TelegramWorld,
    alice: Person,
) -> None:
    world.faults.next("sendMessage", RetryAfter(9))
    world.faults.next("sendMessage", BLOCKED, chat_id=alice.user_id)
    world.faults.next("sendMessage", ServerError(502))
    world.faults.next("sendMessage", LostAfter())

    with pytest.raises(TelegramRetryAfter) as slow:
        await bot.send_message(7, "a")
    assert slow.value.retry_after == 9
    with pytest.raises(TelegramForbiddenError):
        await bot.send_message(7, "b")
    with pytest.raises(TelegramServerError):
        await bot.send_message(7, "c")
    with pytest.raises(TelegramNetworkError):
        await bot.send_message(7, "d")
    assert [message.text for message in alice.messages] == ["d"]


async def test_a_wrong_token_is_unauthorized(bot: Bot) -> None:
    async with Bot("42:wrong", session=bot.session) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_a_polling_dispatcher_talks_with_a_person(
    bot: Bot,
    world: TelegramWorld,
    alice: Person,
) -> None:
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(f"You said {message.text}")

    async with asyncio.TaskGroup() as group:
        polling = dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False)
        group.create_task(polling)
        await world.updates.until_polled()
        alice.sends("hello")
        assert (await alice.waits_for(lambda said: "hello" in said.text)).chat_id == 7
        await world.updates.until_polled()
        await dispatcher.stop_polling()
