"""Which handler answers a tap: one look-up of its prefix, where aiogram would ask each filter.

What stands around a tap's handler is here too: the tap is answered, and what was to be typed ends.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData

from bot.base.ids import CustomerId
from bot.chat.kit.context import Context
from bot.chat.kit.taps import Stay
from bot.chat.kit.telegram.updates import Tapped
from bot.db.database import Database
from bot.outbox import store

T = TypeVar("T", bound=CallbackData)
_SEPARATOR: Final = ":"


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
        """Stop the spinner, close what was to be typed, and run the handler."""
        if not route.toast:
            await context.answer()
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
    """The tap that a button carries; None for a forged one, or one of an older version."""
    try:
        return kind.unpack(written)
    except (TypeError, ValueError):
        return None


async def _passes(filters: tuple[Filter, ...], tapped: Tapped, context: Context) -> bool:
    for one in filters:
        if not await one(tapped, context):
            return False
    return True
