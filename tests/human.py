"""A person with their Telegram: what they do is brought to the bot at once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from aiogram import Bot

from bot.app.kiosk import LOCALES
from bot.chat.kit.conversation import Conversation
from bot.chat.kit.locale import Locales
from bot.chat.kit.telegram.connection import build_bot
from bot.chat.kit.telegram.updates import read_update
from bot.i18n.texts import Texts
from sandbox.serving import serve
from sandbox.telegram import BotMessage, Person, TelegramWorld, telegram_app
from sandbox.telegram.updates import Update as Act
from tests.clock import TurnableClock

TOKEN: Final = "42:telegram-sandbox"
ALL_LOCALES: Final = Locales.from_texts(Texts.load(LOCALES), "USD")
"""All languages, read once for all tests."""
ENGLISH: Final = ALL_LOCALES.of("en")


@asynccontextmanager
async def open_telegram(clock: TurnableClock) -> AsyncIterator[tuple[TelegramWorld, Bot]]:
    """A Telegram over loopback, and the product's own way to it."""
    world = TelegramWorld(TOKEN, clock.now)
    async with serve(telegram_app(world)) as site, build_bot(TOKEN, site.url) as bot:
        yield world, bot


@dataclass
class Human:
    """Somebody who talks to the shop, and looks at the newest message of their chat."""

    person: Person
    bot: Bot
    dispatcher: Conversation

    async def sends(self, text: str) -> None:
        await self.brings(self.person.sends(text))

    async def taps(self, label: str, message_id: int | None = None) -> None:
        await self.brings(self.person.taps(label, message_id=message_id))

    async def forges(self, callback: str, message_id: int | None = None) -> None:
        """Tap a button that is not there, or not any more."""
        at = message_id or self.card.message_id
        await self.brings(self.person.taps_raw(callback, at))

    async def brings(self, act: Act) -> None:
        """Bring an update to the bot, perhaps a second time."""
        update = read_update(json.dumps(act).encode(), self.bot)
        await self.dispatcher.take(self.bot, update)
        assert not self.person.unanswered

    @property
    def card(self) -> BotMessage:
        return self.person.last_message

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(label for row in self.card.labels for label in row)

    def sees(self, *words: str) -> None:
        for word in words:
            assert word in self.card.text, self.card.text

    def sees_button(self, label: str) -> None:
        assert any(label in shown for shown in self.labels), self.labels

    def sees_no_button(self, label: str) -> None:
        assert not any(label in shown for shown in self.labels), self.labels

    def button(self, label: str) -> str:
        """The tap behind a button, to be repeated later."""
        found = self.card.find_button(label)
        assert found is not None, self.labels
        assert found.callback_data
        return found.callback_data

    @property
    def toast(self) -> str:
        """The last words that a tap was answered with."""
        return self.person.toasts[-1].text
