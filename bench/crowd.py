"""People who walk through a shop: each taps again as soon as the card has changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Final

from bench.figures import Load
from bench.processes import Running
from sandbox.telegram import BotMessage, Change, Person, TelegramWorld

_FIRST_ID: Final = 50_000
_PATIENCE_S: Final = 60.0

Route = Callable[[BotMessage, int], str]
"""The button to tap on a card, by the number of the tap; an empty text is the catalog's."""


class Guest:
    """One person, their card, and whether it has changed since they tapped."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.catalog = ""
        self._last = ""
        self._changed = asyncio.Event()

    @property
    def card(self) -> BotMessage:
        """What they look at."""
        return self.person.last_message

    def hears(self, change: Change) -> None:
        """Take note when the bot did something in their chat."""
        if change.chat_id == self.person.user_id and _is_the_bots(change):
            self._changed.set()

    async def says(self, text: str) -> BotMessage:
        """Write, and wait for the answer."""
        self._changed.clear()
        self.person.sends(text)
        await self._waits()
        return self.card

    async def taps(self, tap: str) -> float:
        """Tap the card, and wait until it has changed; the seconds that took.

        The screen that is there already would not change: then it is home instead.
        """
        tap = button(self.card, "h:") if tap == self._last else tap
        self._last = tap
        self._changed.clear()
        began = time.perf_counter()
        self.person.taps_raw(tap, self.card.message_id)
        await self._waits()
        return time.perf_counter() - began

    async def arrives(self) -> None:
        """Say hello, and remember the way to the catalog."""
        home = await self.says("/start")
        self.catalog = button(home, "c:")

    async def _waits(self) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            await self._changed.wait()


class Crowd:
    """Some guests of one bot."""

    def __init__(self, telegram: TelegramWorld, size: int, language: str = "en") -> None:
        free = range(_FIRST_ID + len(telegram.people), _FIRST_ID + len(telegram.people) + size)
        people = [telegram.person(n, f"Guest {n}", language_code=language) for n in free]
        self.guests = {person.user_id: Guest(person) for person in people}
        telegram.subscribe(self._notice)

    def _notice(self, change: Change) -> None:
        guest = self.guests.get(change.chat_id or 0)
        if guest is not None:
            guest.hears(change)

    async def arrives(self) -> None:
        """Everybody says hello."""
        async with asyncio.TaskGroup() as tasks:
            for guest in self.guests.values():
                tasks.create_task(guest.arrives())

    async def walks(self, bot: Running, taps: int, route: Route, load: Load) -> None:
        """So many taps in all; what they cost the bot is added to `load`."""
        each = taps // len(self.guests)
        began, cpu = time.perf_counter(), bot.cpu_s()
        async with asyncio.TaskGroup() as tasks:
            for guest in self.guests.values():
                tasks.create_task(_walk(guest, each, route, load))
        load.wall_s += time.perf_counter() - began
        load.cpu_s += bot.cpu_s() - cpu
        load.taps += each * len(self.guests)


async def _walk(guest: Guest, taps: int, route: Route, load: Load) -> None:
    for number in range(taps):
        tap = route(guest.card, number) or guest.catalog
        load.waits_s.append(await guest.taps(tap))


def _is_the_bots(change: Change) -> bool:
    return change.kind == "edited" or (
        change.kind == "sent" and isinstance(change.subject, BotMessage)
    )


def around(card: BotMessage, number: int) -> str:
    """Catalog, a category, a service (or a category in it), and again from the catalog."""
    step = number % 3
    if step == 0:
        return ""
    rows = list(_rows(card, "s:" if step > 1 else "k:")) or list(_rows(card, "k:"))
    return rows[number // 3 % len(rows)] if rows else ""


def to_and_fro(card: BotMessage, number: int) -> str:
    """From a category to one of its services and back; first into the category."""
    services = list(_rows(card, "s:"))
    if services:
        return services[number // 2 % len(services)]
    return next((tap for tap in taps_on(card) if tap.startswith("k:")), "")


def button(card: BotMessage, prefix: str) -> str:
    """The first tap of that kind on a card."""
    return next(tap for tap in taps_on(card) if tap.startswith(prefix))


def taps_on(card: BotMessage) -> tuple[str, ...]:
    """What the buttons of a card send."""
    return tuple(one.callback_data for one in card.buttons if one.callback_data)


def _rows(card: BotMessage, prefix: str) -> Iterator[str]:
    """The taps of that kind that have a row of their own: no pager, no sorting."""
    for row in card.keyboard:
        if len(row) == 1 and (row[0].callback_data or "").startswith(prefix):
            yield row[0].callback_data or ""
