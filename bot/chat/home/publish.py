"""Tells Telegram the menus and descriptions until it has taken each of them, and what changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import DeleteMyCommands, TelegramMethod

from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CustomerId
from bot.base.topics import MENUS
from bot.chat.home.menu import desk_menu_calls, former_menu_calls
from bot.chat.kit.locale import Locales
from bot.chat.kit.telegram.connection import TROUBLES
from bot.db.database import Database
from bot.ops.loop import pause
from bot.people.menus import DeskMenu, claim_menus, forget_menu

log = structlog.stdlib.get_logger(__name__)

_AGAIN_S: Final = 5.0
_LONGEST_S: Final = 600.0
_REFUSED_BEFORE_GIVING_UP: Final = 3
"""One language may be refused for what it says; when several are, the rest would be too."""


@dataclass(slots=True)
class _Rest:
    """Calls of one kind that Telegram has not taken yet; after `due` they are made again.

    `former` is who gets the menu of a customer back by them.
    """

    calls: list[TelegramMethod[bool]]
    former: CustomerId | None = None
    wait_s: float = _AGAIN_S
    due: float = field(default_factory=time.monotonic)
    refused: int = 0


@dataclass(slots=True)
class PublishMenus:
    """The menus of everybody, told once, and those of operators, told whenever they change.

    `numbers` where SMS numbers are sold.
    """

    bot: Bot
    db: Database
    locales: Locales
    numbers: bool
    _told: dict[CustomerId, DeskMenu] = field(default_factory=dict)
    _desks: dict[CustomerId, _Rest] = field(default_factory=dict)
    _is_behind: bool = True

    async def run(
        self, for_everybody: Iterable[TelegramMethod[bool]], stopping: asyncio.Event
    ) -> None:
        """Make every call until Telegram takes it, whatever becomes of the others.

        A chat that Telegram does not know yet is tried again when an operator comes, and each few
        minutes. Other refusals are logged: the shop works without.
        """
        by_kind: dict[str, _Rest] = {}
        for call in for_everybody:
            by_kind.setdefault(type(call).__name__, _Rest([])).calls.append(call)
        came = self.db.waker.event(MENUS)
        while not stopping.is_set():
            has_come = came.is_set()
            came.clear()
            if has_come or self._is_behind:
                await self._look()
            for rest in (*by_kind.values(), *self._desks.values()):
                if has_come or rest.due <= time.monotonic():
                    await self._make(rest)
            await pause(stopping, came, self._idle_s(by_kind.values()))

    def _idle_s(self, others: Iterable[_Rest]) -> float:
        now = time.monotonic()
        waiting = [rest.due for rest in (*others, *self._desks.values()) if rest.calls]
        latest = now + (_AGAIN_S if self._is_behind else _LONGEST_S)
        return max(0.0, min([*waiting, latest]) - now)

    async def _look(self) -> None:
        """See whose menu is another one than Telegram was told, or a customer's by now."""
        try:
            now, former = await self.db.write(claim_menus)
        except DatabaseUnavailable as failure:
            log.warning("menus_not_read", why=failure.why)
            return
        self._is_behind = False
        for one, menu in now.items():
            if self._told.get(one) != menu:
                self._told[one] = menu
                numbers = self.numbers
                calls = desk_menu_calls(
                    self.locales, one, menu.role, menu.language, numbers=numbers
                )
                self._desks[one] = _Rest(await asyncio.to_thread(list, calls))
        for one in former:
            self._told.pop(one, None)
            self._desks[one] = _Rest([*former_menu_calls(self.locales, one)], former=one)

    async def _make(self, rest: _Rest) -> None:
        """Make the calls in turn, to the first that has to be made again later."""
        while rest.calls:
            call = rest.calls[0]
            try:
                await self.bot(call)
            except (*TROUBLES, TelegramRetryAfter) as trouble:
                _postpone(rest, getattr(trouble, "retry_after", rest.wait_s))
                return
            except TelegramAPIError as refusal:
                if _is_postponed(rest, call, refusal):
                    return
            if rest.calls:
                rest.calls.pop(0)
        await self._forget(rest)

    async def _forget(self, rest: _Rest) -> None:
        former, rest.former = rest.former, None
        if former is None:
            return
        try:
            await self.db.write(forget_menu, former)
        except DatabaseUnavailable:  # then they are taken back once more after a restart
            log.info("a former menu is not noted")


def _is_postponed(rest: _Rest, call: TelegramMethod[bool], refusal: TelegramAPIError) -> bool:
    """Whether the call is made again later; what is refused for good is left out."""
    is_unknown = "chat not found" in refusal.message.lower()
    if is_unknown and isinstance(call, DeleteMyCommands):
        rest.calls.clear()
        return False
    log.warning("menu_refused", call=type(call).__name__, said=refusal.message[:80])
    if is_unknown:
        _postpone(rest, rest.wait_s)
        return True
    rest.refused += 1
    if rest.refused == _REFUSED_BEFORE_GIVING_UP:
        rest.calls.clear()
    return False


def _postpone(rest: _Rest, wait_s: float) -> None:
    rest.due = time.monotonic() + wait_s
    rest.wait_s = min(_LONGEST_S, 2 * rest.wait_s)
