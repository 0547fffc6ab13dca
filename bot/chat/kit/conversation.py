"""The way of an update: through what surrounds all of them, to the handler that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from bot.chat.kit.context import Context
from bot.chat.kit.tap_table import TapTable
from bot.chat.kit.telegram.incoming import Handler, Middleware
from bot.chat.kit.telegram.reply import Reply
from bot.chat.kit.telegram.updates import AnyUpdate, TapUpdate, as_tap


class Conversation(Dispatcher):
    """aiogram's dispatcher, with a way of its own for taps.

    Most updates are taps, and what aiogram does for each costs more than to answer it: here a tap
    passes the same middlewares, and is then looked up by its prefix.
    """

    def __init__(self, around: Sequence[Middleware], taps: TapTable) -> None:
        super().__init__(disable_fsm=True)
        self._taps = taps
        self._answer: Handler = self._look_up
        for middleware in around:
            self.update.outer_middleware(middleware)
        for middleware in reversed(around):
            self._answer = partial(middleware, self._answer)

    async def take(self, bot: Bot, update: AnyUpdate, reply: Reply | None = None) -> None:
        """Answer one update, however it came; `reply` may carry the answer to a tap."""
        if isinstance(update, Update):
            await self.feed_update(bot, update)
            return
        query = update.callback_query
        chat = None if query.message is None else query.message.chat
        around = {"event_from_user": query.sender, "event_chat": chat, "reply": reply}
        await self._answer(update, around)

    async def feed_update(self, bot: Bot, update: Update, **more: Any) -> Any:
        """Answer one that aiogram has read."""
        if update.callback_query is not None:
            return await self.take(bot, as_tap(update))
        return await super().feed_update(bot, update, **more)

    def resolve_used_update_types(self, skip_events: set[str] | None = None) -> list[str]:
        """What Telegram has to send: what has a handler here, and taps."""
        return sorted({*super().resolve_used_update_types(skip_events), "callback_query"})

    async def _look_up(self, update: TapUpdate, around: dict[str, Any]) -> None:
        context: Context = around["context"]
        await self._taps.answer(update.callback_query, context)
