"""Updates by long polling: each is handled in a task of its own, and the next ones are fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

import msgspec
import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.utils.backoff import Backoff, BackoffConfig

from bot.chat.kit.telegram.session import session_of
from bot.chat.kit.telegram.updates import AnyUpdate, read_batch, read_update

log = structlog.stdlib.get_logger(__name__)
RECONNECT: Final = BackoffConfig(min_delay=0.5, max_delay=5.0, factor=1.5, jitter=0.1)
_POLL_S: Final = 10
_LONGEST_POLL_S: Final = 40.0

Take = Callable[[Bot, AnyUpdate], Awaitable[None]]
"""Answers one update."""


class _Numbered(msgspec.Struct):
    update_id: int


_NUMBERS: Final = msgspec.json.Decoder(_Numbered)


async def poll(
    bot: Bot,
    take: Take,
    kinds: Iterable[str],
    handlers: asyncio.TaskGroup,
    again: BackoffConfig = RECONNECT,
) -> None:
    """Fetch updates until cancelled; `handlers` holds those that are being answered.

    What cannot be fetched is asked for again. An update that cannot be read is logged and left
    out: everything behind it would wait for ever.
    """
    asked: dict[str, Any] = {"timeout": _POLL_S, "allowed_updates": list(kinds)}
    session, backoff = session_of(bot), Backoff(again)
    while True:
        try:
            result = await session.call(bot, "getUpdates", asked, _LONGEST_POLL_S)
            batch = [(_NUMBERS.decode(raw).update_id, raw) for raw in read_batch(result)]
        except (AiogramError, ValueError) as trouble:
            log.warning("updates_not_fetched", why=type(trouble).__name__)
            await backoff.asleep()
            continue
        backoff.reset()
        for number, raw in batch:
            asked["offset"] = number + 1
            handlers.create_task(_take(bot, take, raw))


async def _take(bot: Bot, take: Take, raw: msgspec.Raw) -> None:
    try:
        await take(bot, read_update(raw, bot))
    except Exception as failure:  # one update that fails must not end all others
        log.exception("update_failed", why=type(failure).__name__)
