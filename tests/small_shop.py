"""The product's shop on books of its own, with one supplier in memory and no worker running."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiogram import Bot

from bot.app.shop import Shop, build_shop
from bot.base.ids import CustomerId
from bot.chat.dispatcher import build_dispatcher
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.conversation import Conversation
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.present import Presenter
from bot.chat.outbox.render import RenderNotice
from bot.chat.outbox.send_notice import SendNotice
from bot.orders.fence import Fence
from bot.settings import Settings
from bot.suppliers import KNOWN_SUPPLIERS
from bot.suppliers.words import CatalogRow
from sandbox.telegram import TelegramWorld
from tests.books import KEY
from tests.clock import TurnableClock
from tests.human import ALL_LOCALES, TOKEN, Human, open_telegram
from tests.orders.work import Work
from tests.stored_shop import OLGA, Books
from tests.suppliers.fake import FakeSupplier


@dataclass
class SmallShop:
    """A shop that sells at what its supplier asks, and the people who write to it."""

    books: Books
    supplier: FakeSupplier
    shop: Shop
    telegram: TelegramWorld
    bot: Bot
    dispatcher: Conversation

    @property
    def work(self) -> Work:
        """Alice's orders, brought on their way without her chat."""
        return Work(self.books, self.supplier)

    @property
    def send_notice(self) -> SendNotice:
        render = RenderNotice(
            self.books.db,
            self.shop.shelf,
            self.shop.store.translate,
            CHAT_KINDS,
            self.shop.tell_watchers.put_into_words,
            self.shop.desk.figures,
        )
        return SendNotice(Presenter(self.bot), render, ALL_LOCALES)

    async def sells(self, *rows: CatalogRow) -> None:
        """Nothing but these, as the supplier lists them from now on."""
        self.supplier.services.clear()
        self.supplier.sells(*rows)
        await self.shop.refresh(self.supplier)

    def person(self, customer: CustomerId, name: str) -> Human:
        """Somebody who has not come yet."""
        person = self.telegram.person(customer, name, username=name.lower())
        return Human(person, self.bot, self.dispatcher)

    def another_process(self) -> Conversation:
        """The whole conversation as a process that has just begun leads it."""
        return _conversation(self.books, self.shop, self.bot)


@asynccontextmanager
async def open_small_shop(url: str, clock: TurnableClock) -> AsyncIterator[SmallShop]:
    async with AsyncExitStack() as stack:
        books = await Books.open(url, clock, stack)
        telegram, bot = await stack.enter_async_context(open_telegram(clock))
        supplier = FakeSupplier(clock)
        known = {supplier.name: supplier}
        shop = build_shop(_settings(url), clock, books.db, known, Fence(clock, time.monotonic))
        conversation = _conversation(books, shop, bot)
        yield SmallShop(books, supplier, shop, telegram, bot, conversation)


def _conversation(books: Books, shop: Shop, bot: Bot) -> Conversation:
    screens = LateScreens(Presenter(bot), books.clock, lambda: None)
    return build_dispatcher(shop.store, screens, ALL_LOCALES, shop.desk)


def _settings(url: str) -> Settings:
    said: dict[str, Any] = {
        "bot_token": TOKEN,
        "admin_ids": str(OLGA),
        "database_url": url,
        "goods_key": KEY,
        "suppliers": {"accplanet": {"key": "not-asked-for"}},
        "markup_percent": "0",
        "sell_social": "true",
        "support_contact": "@olga",
        "topup_instructions": "Pay olga in the shop.",
    }
    return Settings(KNOWN_SUPPLIERS, **said)
