"""The connection to Telegram: a bot at the operator's API address, and what it tells of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiogram.types import (
    BotCommandScopeAllPrivateChats,
    MenuButtonCommands,
    TelegramObject,
)

from bot.chat.menu import customer_commands
from bot.chat.voice import Voice, Voices
from bot.i18n.language import ENGLISH

log = structlog.stdlib.get_logger(__name__)
_ANSWER_WITHIN_S: Final = 30.0

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


def build_bot(token: str, api_url: str) -> Bot:
    """A bot that speaks to `api_url`; whoever asked for it closes its session."""
    server = TelegramAPIServer.from_base(api_url.rstrip("/"))
    return Bot(token, session=_Session(api=server, timeout=_ANSWER_WITHIN_S))


class _Session(AiohttpSession):
    """Closes at once: aiogram's pause is for TLS shutdowns that nobody here waits for."""

    async def close(self) -> None:
        """End all connections."""
        if self._session is not None and not self._session.closed:
            await self._session.close()


async def introduce(bot: Bot, voices: Voices) -> None:
    """Set the command menu in every language; a refusal is logged, the shop works without."""
    try:
        for code in voices.languages:
            await _list_commands(bot, voices.of(code))
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramAPIError as refusal:
        log.warning("commands_not_set", why=type(refusal).__name__)


async def _list_commands(bot: Bot, voice: Voice) -> None:
    code = None if voice.code == ENGLISH else voice.code.partition("-")[0]
    if "-" in voice.code and voice.code.partition("-")[0] == "pt":
        return
    await bot.set_my_commands(
        customer_commands(voice), scope=BotCommandScopeAllPrivateChats(), language_code=code
    )


class InFlight(BaseMiddleware):
    """Counts the updates under way, so that stopping can wait for them."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Pass the update on and count it meanwhile."""
        self._count += 1
        self._idle.clear()
        try:
            return await handler(event, data)
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def drained(self, within_s: float) -> bool:
        """Wait until nothing is under way; False when that takes longer than allowed."""
        try:
            async with asyncio.timeout(within_s):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
