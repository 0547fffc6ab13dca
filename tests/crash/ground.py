"""What every trial starts from, made once by a bot that nobody kills: people, credit, quotes.

Guests have their credit, and a confirm card in their chat for each ware of theirs; one of them has
bought something already. The database is copied for every trial.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet

from bot.chat.orders.taps import Confirm, TakeQuantity
from sandbox.clock import NOON
from sandbox.telegram import BotMessage, Person
from tests.crash.books import Books
from tests.crash.clock import SharedClock
from tests.crash.lives import begin_life
from tests.crash.mortal import Orders
from tests.crash.surroundings import Surroundings, surroundings
from tests.crash.waiting import until_known
from tests.crash.wares import (
    CREDIT,
    GUESTS,
    LINK,
    LOOKER,
    OLD_REMOTE,
    OLD_WARE,
    OPERATORS,
    WARES,
    Kind,
    Ware,
)

_PATIENCE_S: Final = 60.0
_SERVICES: Final = "SELECT supplier, remote_id, id FROM services"


@dataclass(frozen=True, slots=True)
class Card:
    """A confirm card in a chat, and the quote behind its button."""

    quote: int
    message: BotMessage

    @property
    def tap(self) -> str:
        """What its button sends."""
        return Confirm(quote=self.quote).pack()


@dataclass(frozen=True, slots=True)
class Ground:
    """What goes with the prepared database. `messages` and `updates` were used up."""

    key: str
    ended_at: datetime
    cards: Mapping[Ware, Card]
    messages: int
    updates: int

    @property
    def looked_at(self) -> BotMessage:
        """A message of somebody who only looks at something."""
        return self.cards[WARES[LOOKER, Kind.WORK]].message

    def furnish(self, around: Surroundings) -> None:
        """Put a fresh world into the state that the database knows."""
        telegram = around.telegram
        telegram.updates.next_id = self.updates
        for _ in range(self.messages):
            telegram.next_message_id()
        for card in self.cards.values():
            chat = telegram.chats[card.message.chat_id]
            chat.messages[card.message.message_id] = replace(card.message, edits=[])
        around.accplanet.next_id()  # the old order's


async def prepare(context: ForkServerContext, folder: Path, books: Books) -> Ground:
    """Make the ground in an empty database; the bot that makes it ends in good order."""
    clock = SharedClock.started(folder / "clock", NOON)
    key = Fernet.generate_key().decode()
    async with surroundings(clock.right) as around:
        life = begin_life(
            context,
            Orders(
                folder=folder,
                settings=around.settings(key, books.url),
                clock=folder / "clock",
                trace=folder / "trace",
                log=folder / "bot.log",
                seed=0,
            ),
        )
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await around.until_polled_anew(0)
                cards = await _furnished(around, books)
        finally:
            life.kill(signal.SIGTERM)
            await life.ended()
            await books.close()
        telegram = around.telegram
        return Ground(
            key=key,
            ended_at=clock.right(),
            cards=cards,
            messages=telegram.next_message_id(),
            updates=telegram.updates.next_id,
        )


async def _furnished(around: Surroundings, books: Books) -> dict[Ware, Card]:
    people = around.telegram.people
    for operator in OPERATORS:
        people[operator].sends("/start")
    for guest in GUESTS:
        people[guest].sends("/start")
        await people[guest].waits_for(lambda said: "Welcome" in said.text, _PATIENCE_S)
        people[OPERATORS[0]].sends(f"/topup {guest} {CREDIT}")
        await people[guest].waits_for(lambda said: "was added" in said.text, _PATIENCE_S)
    services = await _services(books)
    await _tied(people[OPERATORS[0]], services)
    bought = await _asks(people[OLD_WARE.guest], OLD_WARE, services)
    people[OLD_WARE.guest].taps_raw(bought.tap, bought.message.message_id)
    old = f"user_{OLD_REMOTE}_1"
    await people[OLD_WARE.guest].waits_for(lambda said: old in said.text, _PATIENCE_S)
    cards: dict[Ware, Card] = {}

    async def fill(guest: int) -> None:
        for kind in Kind:
            ware = WARES[guest, kind]
            cards[ware] = await _asks(people[guest], ware, services)

    async with asyncio.TaskGroup() as tasks:
        for guest in GUESTS:
            tasks.create_task(fill(guest))
    return cards


async def _services(books: Books) -> dict[tuple[str, str], int]:
    """The shop's ids of all wares, once all are on its shelf."""
    wares = (*WARES.values(), OLD_WARE)
    wanted = {one for ware in wares for one in ((ware.supplier, ware.remote), ware.tapped)}

    async def are_there() -> bool:
        return wanted <= (await _stored(books)).keys()

    await until_known(are_there, _PATIENCE_S)
    return await _stored(books)


async def _tied(operator: Person, services: Mapping[tuple[str, str], int]) -> None:
    """What is tapped, and what stands in for it."""
    for ware in WARES.values():
        if ware.chosen:
            tied = services[ware.tapped], services[ware.supplier, ware.remote]
            operator.sends("/tie #{} #{}".format(*tied))
            await operator.waits_for(_saying(f"1. #{tied[0]} "), _PATIENCE_S)


def _saying(words: str) -> Callable[[BotMessage], bool]:
    return lambda said: words in said.text


async def _stored(books: Books) -> dict[tuple[str, str], int]:
    [rows] = await books.look(_SERVICES)
    return {(supplier, remote): number for supplier, remote, number in rows}


async def _asks(person: Person, ware: Ware, services: Mapping[tuple[str, str], int]) -> Card:
    """Go from a fresh first screen to the confirm card of a ware."""
    tap = TakeQuantity(service=services[ware.tapped], quantity=ware.quantity)
    before = len(person.messages)
    person.sends("/start")
    home = await person.waits_for(lambda _: len(person.messages) > before, _PATIENCE_S)
    person.taps_raw(tap.pack(), home.message_id)
    if ware.kind is Kind.WORK:
        await person.waits_for(lambda _: "link" in home.text.lower(), _PATIENCE_S)
        person.sends(LINK)
    await person.waits_for(lambda _: _quote_of(home) is not None, _PATIENCE_S)
    return Card(_quote_of(home) or 0, replace(home, edits=[]))


def _quote_of(message: BotMessage) -> int | None:
    """The quote of a confirm card, None for other messages."""
    for button in message.buttons:
        name, _, number = (button.callback_data or "").partition(":")
        if name == "y":
            return int(number)
    return None
