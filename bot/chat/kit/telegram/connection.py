"""The connection to Telegram: a bot at the operator's API address, and waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.chat.kit.telegram.session import Session, WatchCall
from bot.ops.loop import pause

log = structlog.stdlib.get_logger(__name__)
_ANSWER_WITHIN_S: Final = 30.0
_AGAIN_S: Final = 3.0
TROUBLES: Final = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
"""Telegram's own; a page of the server in front, instead of JSON, cannot be decoded."""
_TOO_OLD: Final = ("query is too old", "query id is invalid", "query_id_invalid")


def is_too_old(refusal: TelegramAPIError) -> bool:
    """Whether nobody waits any more for the answer to this tap or inline query."""
    return any(words in refusal.message.lower() for words in _TOO_OLD)


def build_bot(token: str, api_url: str, watch: WatchCall = lambda *_: None) -> Bot:
    """A bot that calls `api_url`; the caller closes its session."""
    server = TelegramAPIServer.from_base(api_url.rstrip("/"))
    return Bot(token, session=Session(server, _ANSWER_WITHIN_S, watch))


async def until_telegram_answers(
    ask: Callable[[], Awaitable[object]], stopping: asyncio.Event
) -> None:
    """Repeat a call while Telegram is down or busy, until it is done or we are to stop.

    Raises TelegramAPIError, a refusal that asking again would not change.
    """
    while not stopping.is_set():
        try:
            await ask()
        except (*TROUBLES, TelegramRetryAfter) as trouble:
            log.warning("telegram_does_not_answer", why=type(trouble).__name__)
            await pause(stopping, stopping, getattr(trouble, "retry_after", _AGAIN_S))
        else:
            return
