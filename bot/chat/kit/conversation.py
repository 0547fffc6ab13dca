"""The way of an update: through what surrounds all of them, to the handler that answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, TypeVar

from aiogram import Bot, Dispatcher
from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import Update

from bot.base.ids import CustomerId
from bot.chat.kit.context import Context
from bot.chat.kit.taps import Stay, check_permitted
from bot.chat.kit.telegram.incoming import Handler, Middleware, UpdateOutcome, note_outcome
from bot.chat.kit.telegram.reply import Reply
from bot.chat.kit.telegram.updates import (
    AnyUpdate,
    InlineUpdate,
    Tapped,
    TapUpdate,
    TypedInline,
    as_read,
)
from bot.db.database import Database
from bot.outbox import store

T = TypeVar("T", bound=CallbackData)
_SEPARATOR: Final = ":"

AnswerInline = Callable[[TypedInline], Awaitable[UpdateOutcome]]
"""Offers results for an inline query; how that ended."""


@dataclass(frozen=True, slots=True)
class TapRoute(Generic[T]):
    """One kind of tap and its handler; `filters` are asked first.

    With `toast` the handler answers the tap with words itself; other taps are answered before it
    runs. With `keeps_form` what was to be typed is still to be typed after it.
    """

    tap: type[T]
    handler: Callable[[Context, T], Awaitable[None]]
    filters: tuple[Filter, ...] = ()
    toast: bool = False
    keeps_form: bool = False


class TapTable:
    """All kinds of taps; `refuse` answers what is none of them."""

    def __init__(
        self,
        routes: Iterable[TapRoute[Any]],
        refuse: Callable[[Context], Awaitable[None]],
        db: Database,
    ) -> None:
        self._routes: dict[str, list[TapRoute[Any]]] = {}
        for route in routes:
            self._routes.setdefault(route.tap.__prefix__, []).append(route)

        async def refused(context: Context, _: CallbackData) -> None:
            await refuse(context)

        self._refusal = TapRoute(CallbackData, refused, toast=True)
        self._db = db

    async def answer(self, tapped: Tapped, context: Context) -> None:
        """Answer a tap: first, or at the latest when its handler is done."""
        route, tap = await self._find(tapped, context)
        await self._run(route, tap, context)
        await context.answer()

    async def _find(self, tapped: Tapped, context: Context) -> tuple[TapRoute[Any], CallbackData]:
        for route in self._routes.get(tapped.data.partition(_SEPARATOR)[0], ()):
            tap = _unpacked(route.tap, tapped.data)
            if tap is not None and await _passes(route.filters, tapped, context):
                return route, tap
        return self._refusal, Stay()

    async def _run(self, route: TapRoute[Any], tap: CallbackData, context: Context) -> None:
        """Stop the spinner, close what was to be typed, and run the handler. Raises NotAllowed."""
        check_permitted(getattr(route.tap, "needs", None), context.customer.role)
        if not route.toast:
            await context.answer()
        await context.turn.come()
        if getattr(tap, "new", False):
            context.card = None
        if context.card is not None and context.customer.role is not None:
            await self._take_over(context.customer.id, context.card)
        if not route.keeps_form:
            await context.close_form()
        await route.handler(context, tap)

    async def _take_over(self, operator: CustomerId, card: int) -> None:
        """An alert that its reader works in is theirs: news of it must not overwrite that."""
        if await self._db.read(store.may_settle, operator, card):
            await self._db.write(store.forget_message, operator, card)


def _unpacked(kind: type[T], written: str) -> T | None:
    """The tap that a button carries; None for a forged one.

    A button of an older version lacks what a newer one has added at the end: its default is meant.
    """
    _prefix, *values = written.split(_SEPARATOR)
    fields = kind.model_fields
    added = list(fields.values())[len(values) :]
    try:
        if not added or any(field.is_required() for field in added):
            return kind.unpack(written)
        return kind.model_validate(dict(zip(fields, values, strict=False)))
    except (TypeError, ValueError):
        return None


async def _passes(filters: tuple[Filter, ...], tapped: Tapped, context: Context) -> bool:
    for one in filters:
        if not await one(tapped, context):
            return False
    return True


class Conversation(Dispatcher):
    """aiogram's dispatcher, with ways of its own for taps and for inline queries.

    Most updates are taps, and what aiogram does for each costs more than to answer it: here a tap
    passes the same middlewares, and is then looked up by its prefix. Inline queries come at every
    letter and go the same short way.
    """

    def __init__(self, around: Sequence[Middleware], taps: TapTable, inline: AnswerInline) -> None:
        super().__init__(disable_fsm=True)
        self._taps = taps
        self._inline = inline
        for middleware in around:
            self.update.outer_middleware(middleware)
        self._answer = _inside(around, self._look_up)
        self._offer = _inside(around, self._answer_inline)

    async def take(self, bot: Bot, update: AnyUpdate, reply: Reply | None = None) -> None:
        """Answer one update, however it came; `reply` may carry the answer to a tap."""
        if isinstance(update, Update):
            await self.feed_update(bot, update)
            return
        if isinstance(update, InlineUpdate):
            await self._offer(update, {"event_from_user": update.inline_query.sender})
            return
        query = update.callback_query
        chat = None if query.message is None else query.message.chat
        around = {"event_from_user": query.sender, "event_chat": chat, "reply": reply}
        await self._answer(update, around)

    async def feed_update(self, bot: Bot, update: Update, **more: Any) -> Any:
        """Answer one that aiogram has read."""
        ours = as_read(update)
        if not isinstance(ours, Update):
            return await self.take(bot, ours)
        return await super().feed_update(bot, update, **more)

    def resolve_used_update_types(self, skip_events: set[str] | None = None) -> list[str]:
        """What Telegram has to send: what has a handler here, taps and inline queries."""
        ours = {"callback_query", "inline_query"}
        return sorted({*super().resolve_used_update_types(skip_events), *ours})

    async def _look_up(self, update: TapUpdate, around: dict[str, Any]) -> None:
        context: Context = around["context"]
        await self._taps.answer(update.callback_query, context)

    async def _answer_inline(self, update: InlineUpdate, around: dict[str, Any]) -> None:
        note_outcome(around, await self._inline(update.inline_query))


def _inside(around: Sequence[Middleware], handler: Handler) -> Handler:
    """The handler with the middlewares around it, the first of them outermost."""
    for middleware in reversed(around):
        handler = partial(middleware, handler)
    return handler
