"""Tells Telegram the menus and descriptions until it has taken each of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.chat.kit.telegram.connection import TROUBLES
from bot.ops.loop import pause

log = structlog.stdlib.get_logger(__name__)

_AGAIN_S: Final = 5.0
_LONGEST_S: Final = 600.0
_REFUSED_BEFORE_GIVING_UP: Final = 3
"""One language may be refused for what it says; when several are, the rest would be too."""


@dataclass(slots=True)
class _Rest:
    """Calls of one kind that Telegram has not taken yet; after `due` they are made again."""

    calls: list[TelegramMethod[bool]]
    wait_s: float = _AGAIN_S
    due: float = field(default_factory=time.monotonic)
    refused: int = 0


async def publish(
    bot: Bot,
    for_everybody: Iterable[TelegramMethod[bool]],
    for_operators: Iterable[Iterable[TelegramMethod[bool]]],
    stopping: asyncio.Event,
    came: asyncio.Event,
) -> None:
    """Make every call until Telegram takes it, whatever becomes of the others.

    A chat that Telegram does not know yet is tried again when an operator `came`, and each few
    minutes. Other refusals are logged: the shop works without.
    """
    by_kind: dict[str, _Rest] = {}
    for call in for_everybody:
        by_kind.setdefault(type(call).__name__, _Rest([])).calls.append(call)
    waiting = [*by_kind.values(), *(_Rest(list(calls)) for calls in for_operators)]
    while waiting and not stopping.is_set():
        for rest in waiting:
            if came.is_set() or rest.due <= time.monotonic():
                await _make(bot, rest)
        came.clear()
        waiting = [rest for rest in waiting if rest.calls]
        due = min((rest.due for rest in waiting), default=0.0)
        await pause(stopping, came, max(0.0, due - time.monotonic()))


async def _make(bot: Bot, rest: _Rest) -> None:
    """Make the calls in turn, to the first that has to be made again later."""
    while rest.calls:
        call = rest.calls[0]
        try:
            await bot(call)
        except (*TROUBLES, TelegramRetryAfter) as trouble:
            _postpone(rest, getattr(trouble, "retry_after", rest.wait_s))
            return
        except TelegramAPIError as refusal:
            log.warning("menu_refused", call=type(call).__name__, said=refusal.message[:80])
            if "chat not found" in refusal.message.lower():
                _postpone(rest, rest.wait_s)
                return
            rest.refused += 1
            if rest.refused == _REFUSED_BEFORE_GIVING_UP:
                rest.calls.clear()
                return
        rest.calls.pop(0)


def _postpone(rest: _Rest, wait_s: float) -> None:
    rest.due = time.monotonic() + wait_s
    rest.wait_s = min(_LONGEST_S, 2 * rest.wait_s)
