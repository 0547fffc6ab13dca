"""A desk over ports in memory, with olga at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

import pytest
from aiogram import Dispatcher, Router
from aiogram.types import CallbackQuery, Message, TelegramObject, Update
from bot.shop.credit import Credit
from bot.shop.reopen import Reopen

from bot.chat.forms import Forms
from bot.chat.letters import Letters
from bot.chat.middlewares import CommandsWin, TapManners
from bot.chat.notifier import Notifier
from bot.chat.present import Presenter
from bot.chat.routers.desk import desk_router
from bot.chat.visit import Visit, card_of
from bot.domain.pricing import Pricing
from bot.shop.browse import OpenShelf
from bot.shop.front import Desk, Facts
from bot.shop.ports import Numbers, Orders, Translations
from bot.shop.report import ReportSuppliers
from bot.shop.resolve import Resolve
from bot.shop.suppliers import Suppliers
from bot.shop.translate import Translate
from tests.chat_desk.ports import (
    AlertsInMemory,
    BooksInMemory,
    CustomersInMemory,
    NumbersInMemory,
    OrdersInMemory,
    Parked,
    SafetyInMemory,
    ShelvesInMemory,
    StillClock,
    ToldSupplier,
    suppliers_of,
)
from tests.chat_desk.telegram import PretendSession, Reader, pretend_bot
from tests.chat_desk.world import ALICE, ENGLISH, OLGA, VOICES, a_card, alice, in_doubt, olga, usd


@dataclass
class FormTextsInMemory:
    texts: dict[int, str] = field(default_factory=dict)

    async def put(self, chat: int, text: str) -> None:
        self.texts[chat] = text

    async def get(self, chat: int) -> str | None:
        return self.texts.get(chat)

    async def drop(self, chat: int) -> None:
        self.texts.pop(chat, None)


@dataclass
class World:
    """Everything that a test may turn or look at."""

    customers: CustomersInMemory = field(default_factory=CustomersInMemory)
    books: BooksInMemory = field(default_factory=BooksInMemory)
    parked: Parked = field(default_factory=lambda: Parked(in_doubt(), card=a_card()))
    supplier: ToldSupplier = field(default_factory=ToldSupplier)
    shelves: ShelvesInMemory = field(default_factory=ShelvesInMemory)
    safety: SafetyInMemory = field(default_factory=SafetyInMemory)
    texts: FormTextsInMemory = field(default_factory=FormTextsInMemory)
    lost: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.customers.people[OLGA] = olga
        self.orders = OrdersInMemory(self.parked.dossier_now.order)
        self.numbers = NumbersInMemory()
        self.shelf = OpenShelf.empty(Pricing(Decimal(10), usd("0.01")))
        self.desk = self._desk()

    def _desk(self) -> Desk:
        clock, suppliers = StillClock(), Suppliers(suppliers_of(self.supplier))
        facts = Facts("Kiosk", "USD", "", "", frozenset({OLGA}), timedelta(minutes=10), usd("1"))
        return Desk(
            facts=facts,
            clock=clock,
            credit=Credit(self.books, self.customers, clock),
            customers=self.customers,
            records=self.parked,
            resolve=Resolve(self.parked, self.parked, suppliers, clock),
            report_suppliers=ReportSuppliers(
                suppliers, self.shelves.as_port, self.shelf, AlertsInMemory(), clock
            ),
            reopen=Reopen(self.safety, clock),
        )

    @property
    def letters(self) -> Letters:
        orders, numbers = cast("Orders", self.orders), cast("Numbers", self.numbers)
        translate = Translate(cast("Translations", None), self.shelf, Suppliers())
        return Letters(orders, numbers, self.shelf, self.desk, translate)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def bot_api() -> tuple[Any, PretendSession]:
    return pretend_bot()


@pytest.fixture
def notifier(world: World, bot_api: tuple[Any, PretendSession]) -> Notifier:
    return Notifier(Presenter(bot_api[0]), world.letters, VOICES)


@pytest.fixture
def at_the_desk(world: World, bot_api: tuple[Any, PretendSession]) -> Dispatcher:
    """The desk's router as it hangs in the whole conversation, and a place where the rest ends."""
    dispatcher, forms = Dispatcher(disable_fsm=True), Forms(world.texts)
    presenter, rest = Presenter(bot_api[0]), Router()

    @dispatcher.update.outer_middleware
    async def doorway(
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        assert isinstance(event, Update)
        customer = olga if data["event_from_user"].id == OLGA else alice
        visit = Visit(customer, ENGLISH, presenter)
        if event.callback_query is not None:
            visit.card, visit.tap = card_of(event.callback_query), event.callback_query.id
        return await handler(event, {**data, "visit": visit})

    @rest.message()
    async def stray(message: Message, visit: Visit) -> None:
        world.lost.append(message.text or "")

    @rest.callback_query()
    async def old(query: CallbackQuery) -> None:
        world.lost.append(query.data or "")

    dispatcher.callback_query.middleware(TapManners(forms))
    dispatcher.message.middleware(CommandsWin(forms))
    dispatcher.include_routers(desk_router(world.desk, world.texts), rest)
    return dispatcher


@pytest.fixture
def olga_types(bot_api: tuple[Any, PretendSession], at_the_desk: Dispatcher) -> Reader:
    return Reader(OLGA, *bot_api, at_the_desk)


@pytest.fixture
def alice_types(bot_api: tuple[Any, PretendSession], at_the_desk: Dispatcher) -> Reader:
    return Reader(ALICE, *bot_api, at_the_desk)
