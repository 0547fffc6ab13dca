"""Alice with her Telegram, the whole conversation, and a shop in memory behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update

from bot.chat.dispatcher import build_dispatcher
from bot.chat.present import Presenter
from bot.chat.voice import Voice, Voices
from bot.i18n.texts import Texts
from sandbox.serving import serve
from sandbox.telegram import BotMessage, Person, TelegramWorld, telegram_app
from sandbox.telegram.updates import Update as Act
from tests.chat_customer.fakes import FakeShop
from tests.clock import TurnableClock

TOKEN = "42:telegram-sandbox"
LOCALES = Path(__file__).parents[2] / "locales"


class _PromptSession(AiohttpSession):
    """Closes without aiogram's pause for TLS, which loopback does not need."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


@pytest.fixture(scope="session")
def voices() -> Voices:
    return Voices.speaking(Texts.load(LOCALES), "USD")


@pytest.fixture(scope="session")
def english(voices: Voices) -> Voice:
    return voices.of("en")


@pytest.fixture(params=["en", "ar", "ru"])
def voice(request: pytest.FixtureRequest, voices: Voices) -> Voice:
    return voices.of(request.param)


@pytest.fixture
def world(clock: TurnableClock) -> TelegramWorld:
    return TelegramWorld(TOKEN, clock.now)


@pytest.fixture
async def bot(world: TelegramWorld) -> AsyncIterator[Bot]:
    async with serve(telegram_app(world)) as site:
        session = _PromptSession(api=TelegramAPIServer.from_base(site.url))
        async with Bot(TOKEN, session=session) as bot:
            yield bot


@pytest.fixture
def presenter(bot: Bot) -> Presenter:
    return Presenter(bot)


@pytest.fixture
def shop(clock: TurnableClock) -> FakeShop:
    return FakeShop(clock)


@pytest.fixture
def dispatcher(shop: FakeShop, presenter: Presenter, voices: Voices) -> Dispatcher:
    return build_dispatcher(shop.storefront(), presenter, voices, shop.forms)


@dataclass
class Alice:
    """A customer: what she does is brought to the bot at once, and she sees the answer."""

    person: Person
    world: TelegramWorld
    bot: Bot
    dispatcher: Dispatcher

    async def sends(self, text: str) -> None:
        await self.brings(self.person.sends(text))

    async def taps(self, label: str, message_id: int | None = None) -> None:
        await self.brings(self.person.taps(label, message_id=message_id))

    async def forges(self, callback: str, message_id: int | None = None) -> None:
        at = message_id or self.card.message_id
        await self.brings(self.person.taps_raw(callback, at))

    async def brings(self, act: Act) -> None:
        update = Update.model_validate(act, context={"bot": self.bot})
        await self.dispatcher.feed_update(self.bot, update)
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

    @property
    def toast(self) -> str:
        return self.person.toasts[-1].text


@pytest.fixture
def alice(world: TelegramWorld, bot: Bot, dispatcher: Dispatcher) -> Alice:
    person = world.person(7, "Alice", username="alice")
    return Alice(person, world, bot, dispatcher)
