"""A whole shop over real HTTP: people with their Telegram, two suppliers, a clock to turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.app.kiosk import LOCALES, Kiosk, Pieces, open_kiosk
from bot.base.acts import Act, Role
from bot.base.ids import CustomerId, OrderId
from bot.base.money import Money, money_from
from bot.chat.orders.taps import Confirm
from bot.i18n.texts import Texts
from bot.money import wallet
from bot.money.ledger import Wallet
from bot.orders import dossier
from bot.orders.dossier import Dossier
from bot.orders.rules.moves import State
from bot.outbox.sender import Limits as SendLimits
from bot.people import customers
from bot.people.tables import audit_log
from bot.settings import Settings
from bot.suppliers import KNOWN_SUPPLIERS, Bound, Limits
from sandbox.serving import Served, serve
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld, SupplierWorld
from sandbox.suppliers.services import SandboxService
from sandbox.telegram import BotMessage, Person, TelegramWorld, telegram_app
from tests.books import KEY
from tests.clock import TurnableClock
from tests.conversation.crew import Crew

TOKEN = "42:token-of-the-test-shop"
ALICE, BORIS, OLGA = 11, 12, 99
AS_OLGA = Act(CustomerId(OLGA), Role.OWNER)
QUICK = Limits(
    connect_s=0.5,
    write_s=0.5,
    pool_s=0.5,
    turn_s=5.0,
    reading=Bound(5.0, 2**20),
    status=Bound(5.0, 2**20),
    catalogue=Bound(5.0, 2**26),
    add=Bound(0.5, 2**20),
    attempts=1,
    failures_to_open=1000,
)
"""Bounds short enough for lost answers to be quick, and a breaker that stays out of the way."""
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For rules that no database has a part in."""
TEXTS = Texts.load(LOCALES)
"""All languages, read once for all shops."""
UNPACED = SendLimits(overall_per_s=100_000, chat_every=timedelta(0))


def usd(amount: str) -> Money:
    return money_from(Decimal(amount))


def account(number: int | str, name: str, rate: str, **more: Any) -> SandboxService:
    more = {"category": "Social", "subcategory": "Instagram", **more}
    return SandboxService(id=number, name=name, rate=Decimal(rate), **more)


@dataclass
class Shop:
    """The shop under test, with everything around it. Every verb awaits its own consequences."""

    crew: Crew
    telegram: TelegramWorld
    accplanet: AccPlanetWorld
    hstockplus: HstockPlusWorld
    sites: dict[str, Served]
    clock: TurnableClock
    _offset: int = field(default=0)
    start: Callable[[], Awaitable[Crew]] | None = None

    @property
    def kiosk(self) -> Kiosk:
        """The process under test."""
        return self.crew.kiosk

    @property
    def suppliers(self) -> tuple[SupplierWorld, ...]:
        return self.accplanet, self.hstockplus

    async def hears(self) -> None:
        """The bot takes the waiting updates over HTTP and handles them, as polling does."""
        updates = await self.kiosk.bot.get_updates(offset=self._offset, timeout=0)
        async with asyncio.TaskGroup() as tasks:
            for update in updates:
                self._offset = max(self._offset, update.update_id + 1)
                tasks.create_task(self.kiosk.dispatcher.feed_update(self.kiosk.bot, update))

    async def works(self) -> None:
        """The workers do what they were woken for, until everybody rests."""
        await self.crew.works()

    async def passes(self, **span: float) -> None:
        """Time passes in steps short enough for every worker to see what is due on its way."""
        left = timedelta(**span)
        while left > timedelta(0):
            step = min(left, max(timedelta(seconds=1), timedelta(**span) / 10))
            left -= step
            await self.comes_to(step)

    async def comes_to(self, step: timedelta) -> None:
        """One step of time."""
        self.clock.turn(step)
        await self.kiosk.timetable.step()
        await self.looks()

    async def looks(self) -> None:
        """Whoever has something due looks by itself, as each does from time to time."""
        await self.crew.looks()
        await self.works()

    async def leaps(self, times: int, **span: float) -> None:
        """Time passes in a few leaps, for what only has to stay as it is."""
        for _ in range(times):
            await self.comes_to(timedelta(**span))

    async def opens(self) -> None:
        """The first minute of a shop: catalogues and balances are read."""
        await self.kiosk.timetable.step()
        await self.works()

    def goes_on(self) -> None:
        """The minute after that: what the books hold was read just now."""
        for entry in self.kiosk.timetable.entries:
            entry.due_at = entry.due_at or self.clock.now() + entry.every

    async def restarts(self) -> None:
        """A new process on the same database; the one before does nothing any more."""
        assert self.start is not None
        self.crew = await self.start()
        await self.kiosk.recover()

    async def acts_audited(self) -> list[tuple[str, str, str]]:
        """What operators did, by the audit log: actor, action and what it was done to."""
        query = select(audit_log.c.actor, audit_log.c.action, audit_log.c.subject)
        rows = await self.kiosk.db.read(
            lambda connection: connection.execute(query.order_by(audit_log.c.id)).all()
        )
        return [(row.actor, row.action, row.subject) for row in rows]

    async def proof(self) -> tuple[str, ...]:
        return await self.kiosk.shop.audit()

    async def dossier(self, order: int = 1) -> Dossier:
        found = await self.kiosk.shop.desk.db.read(dossier.dossier, OrderId(order))
        assert found is not None
        return found

    async def state(self, order: int = 1) -> State:
        return (await self.dossier(order)).order.state

    async def refreshes(self) -> None:
        """Every catalogue is read again now."""
        for supplier in self.kiosk.shop.suppliers.values():
            await self.kiosk.shop.refresh(supplier)

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator[Kiosk]:
        """The process was killed: another one opens the same database, while the block lasts."""
        before = self.crew
        async with opened(before.kiosk.settings, self.clock) as crew:
            self.crew = crew
            try:
                yield before.kiosk
            finally:
                self.crew = before

    def trouble(self) -> list[str]:
        """Refused calls that no test planned; an edit that changes nothing is no trouble."""
        return [
            call.refusal
            for call in self.telegram.calls
            if call.refusal and call.fault is None and "is not modified" not in call.refusal
        ]


@dataclass
class Human:
    """A person with their chat; what they do is brought to the bot at once."""

    shop: Shop
    person: Person

    @property
    def id(self) -> int:
        return self.person.user_id

    async def sends(self, text: str) -> None:
        self.person.sends(text)
        await self.shop.hears()

    async def taps(self, label: str, message_id: int | None = None) -> None:
        self.person.taps(label, message_id=message_id)
        await self.shop.hears()

    async def forges(self, data: str, message_id: int | None = None) -> None:
        self.person.taps_raw(data, message_id or self.card.message_id)
        await self.shop.hears()

    async def does(self, act: Callable[[Person], object]) -> None:
        """Whatever else a person can do in their Telegram, brought to the bot at once."""
        act(self.person)
        await self.shop.hears()

    @property
    def toast(self) -> str:
        """The last words that a tap was answered with."""
        return self.person.toasts[-1].text if self.person.toasts else ""

    @property
    def card(self) -> BotMessage:
        return self.person.last_message

    @property
    def chat(self) -> str:
        return "\n---\n".join(message.text for message in self.person.messages)

    def sees(self, *words: str) -> None:
        for word in words:
            assert word in self.chat, f"{word!r} is not in:\n{self.chat}"

    def sees_last(self, *words: str) -> None:
        for word in words:
            assert word in self.card.text, f"{word!r} is not in:\n{self.card.text}"

    def sees_nothing_of(self, *words: str) -> None:
        for word in words:
            assert word not in self.chat, f"{word!r} is in:\n{self.chat}"

    def button(self, label: str) -> str:
        """The tap behind a button, to be repeated or forged."""
        button = self.card.find_button(label)
        assert button is not None, self.card.labels
        assert button.callback_data is not None
        return button.callback_data

    async def wallet(self) -> Wallet:
        view = await self.shop.kiosk.shop.store.db.read(wallet.wallet, CustomerId(self.id))
        return view.wallet

    async def goes_to_confirm(self, service: str = "Aged account", quantity: str = "3") -> None:
        """From the start to the confirm card, the way a customer walks."""
        await self.sends("/start")
        await self.taps("Catalog")
        await self.taps("Social")
        await self.taps("Instagram")
        await self.taps(service)
        await self.taps("Buy")
        await self.sends(quantity)

    async def buys(self, service: str = "Aged account", quantity: str = "3") -> None:
        await self.goes_to_confirm(service, quantity)
        await self.taps("Confirm")

    async def buys_unseen(self, service: str = "Aged account", quantity: int = 3) -> None:
        """A price and the tap that confirms it, without the walk from screen to screen."""
        store = self.shop.kiosk.shop.store
        customer = await store.db.read(customers.find, CustomerId(self.id))
        services = self.shop.kiosk.shop.shelf.now.services()
        wanted = next(one.id for one in services if one.listed.name == service)
        assert customer is not None
        quote = await store.ask_quote(customer, wanted, quantity)
        await self.forges(Confirm(quote=quote.id).pack())

    async def buys_mailboxes(self, quantity: str = "3") -> None:
        """Accounts of the supplier that lists no subcategories."""
        await self.sends("/start")
        for label in ("Catalog", "Email Accounts", "Mailbox", "Buy"):
            await self.taps(label)
        await self.sends(quantity)
        await self.taps("Confirm")

    async def buys_followers(self, quantity: str = "1000") -> None:
        """Work on a link."""
        await self.sends("/start")
        for label in ("Catalog", "Instagram", "Followers", "Buy"):
            await self.taps(label)
        await self.sends(quantity)
        await self.sends("https://example.com/alice")
        await self.taps("Confirm")

    def times(self, words: str) -> int:
        """How many of the messages in the chat say this."""
        return sum(words in message.text for message in self.person.messages)


def settings_for(database_url: str, urls: dict[str, str], **more: Any) -> Settings:
    suppliers = {
        "accplanet": {"key": "acc-key-canary", "url": urls["accplanet"], "rate_cap": "5000"},
        "hstockplus": {
            "key": "hst-key-canary",
            "url": urls["hstockplus"],
            "rate_cap": "5000",
            "rate_per_overrides": '{"Instagram": 1000, "Email Accounts": 1}',
        },
    }
    values = {
        "bot_token": TOKEN,
        "telegram_api_url": urls["telegram"],
        "admin_ids": str(OLGA),
        "database_url": database_url,
        "goods_key": KEY,
        "suppliers": suppliers,
        "markup_percent": "20",
        "sell_social": "true",
        "topup_instructions": "Pay Olga at the counter.",
        **more,
    }
    return Settings(KNOWN_SUPPLIERS, **values)


@asynccontextmanager
async def opened(
    settings: Settings, clock: TurnableClock, wire: Limits = QUICK
) -> AsyncIterator[Crew]:
    """One process of a shop, its workers standing by."""
    pieces = Pieces(clock, wire, UNPACED, TEXTS)
    async with open_kiosk(settings, pieces) as kiosk, Crew(kiosk).employed() as crew:
        yield crew


@asynccontextmanager
async def open_shop(
    database_url: str,
    clock: TurnableClock,
    *,
    wire: Limits = QUICK,
    stocked: bool = False,
    **settings: Any,
) -> AsyncIterator[Shop]:
    """A shop with three accounts and two social services on sale, its workers standing still.

    Books that are `stocked` were opened by this very shop at this very instant before.
    """
    telegram = TelegramWorld(TOKEN, clock.now)
    accplanet = AccPlanetWorld(now=clock.now, key="acc-key-canary", services=_accounts())
    hstockplus = HstockPlusWorld(now=clock.now, key="hst-key-canary", services=_socials())
    async with AsyncExitStack() as stack:
        sites = {
            "telegram": await stack.enter_async_context(serve(telegram_app(telegram))),
            "accplanet": await stack.enter_async_context(serve(accplanet.app())),
            "hstockplus": await stack.enter_async_context(serve(hstockplus.app())),
        }
        urls = {
            name: site.url if name == "telegram" else f"{site.url}/api/v2"
            for name, site in sites.items()
        }
        configured = settings_for(database_url, urls, **settings)
        crew = await stack.enter_async_context(opened(configured, clock, wire))
        shop = Shop(crew, telegram, accplanet, hstockplus, sites, clock)
        shop.start = lambda: stack.enter_async_context(opened(configured, clock, wire))
        if stocked:
            shop.goes_on()
        else:
            await shop.opens()
        yield shop


def _accounts() -> tuple[SandboxService, ...]:
    return (
        account(10042, "Aged account", "0.10", description="<b>Two years</b> old.<br>Warm."),
        account(10043, "Fresh account", "2.50", max=10, stock=4),
        account(
            "507f1f77bcf86cd799439011", "Rare account", "9.99", category="Games", subcategory=""
        ),
    )


def _socials() -> tuple[SandboxService, ...]:
    more = {"entity_type": None, "rate_per": 1000}
    return (
        account(
            1,
            "Followers",
            "0.50",
            min=100,
            max=10_000,
            stock=10_000,
            category="Instagram",
            subcategory="Followers",
            refill=True,
            **more,
        ),
        account(
            2,
            "Custom words",
            "5.00",
            min=10,
            max=1_000,
            type="Custom Comments",
            category="Instagram",
            subcategory="Comments",
            **more,
        ),
        account(77, "Mailbox", "0.30", category="Email Accounts", subcategory="Gmail"),
    )


def person(shop: Shop, user_id: int, name: str, language: str = "en") -> Human:
    who = shop.telegram.person(user_id, name, username=name.lower(), language_code=language)
    return Human(shop, who)


def sqlite_at(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / 'kiosk.db'}"
