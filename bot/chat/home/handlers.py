"""Home, help and the choice of language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from bot.base.ids import SupplierName
from bot.base.money import ZERO, Money
from bot.catalog.standing import list_paused
from bot.chat.facade import Storefront
from bot.chat.home.cheapest import CheapestOrder
from bot.chat.home.home import LastPurchase, OwnLines, Ways, home_screen
from bot.chat.home.taps import ChooseLanguage, OpenLanguages, OpenTopic, Topic
from bot.chat.home.topics import language_screen, topic_screen
from bot.chat.kit.context import Context
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.routes import MenuCommand, Routes
from bot.chat.kit.taps import OpenHome, Stay
from bot.chat.own_words import closed_line, find_words, pinned_line
from bot.db.tx import Tx
from bot.desk.dashboard import count_waiting
from bot.money import post
from bot.orders import read
from bot.orders.read import LastOrder
from bot.people.customers import Customer
from bot.people.texts.own import TextName

LANGUAGE: Final = MenuCommand("language", lambda _: _("Choose your language"))
TOPICS: Final = {
    Topic.HELP: MenuCommand("help", lambda _: _("How it works")),
    Topic.SUPPORT: MenuCommand("support", lambda _: _("Write to us")),
    Topic.PAYSUPPORT: MenuCommand("paysupport", lambda _: _("Help with payments")),
    Topic.TERMS: MenuCommand("terms", lambda _: _("Terms")),
    Topic.PRIVACY: MenuCommand("privacy", lambda _: _("Privacy")),
}

_IN_OWN_WORDS: Final = {Topic.HELP: TextName.HELP, Topic.TERMS: TextName.TERMS}


class _Seen(NamedTuple):
    """What the first screen shows of its reader; `desk` as in `Ways`."""

    free: Money
    open_orders: int
    last: LastOrder | None
    desk: int | None


def _look(tx: Tx, customer: Customer) -> _Seen:
    mine, role = customer.id, customer.role
    return _Seen(
        free=post.customer_balance(tx, mine),
        open_orders=read.count_open(tx, mine),
        last=read.last_purchase(tx, mine),
        desk=None if role is None else count_waiting(tx).count_for(role),
    )


@dataclass(frozen=True, slots=True)
class HomePages:
    """The first screen, the pages of help, and the languages."""

    store: Storefront
    locales: Locales
    cheapest: CheapestOrder = field(default_factory=CheapestOrder)

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""
        routes.on_tap(self.show_home, OpenHome)
        routes.on_tap(self.show_topic, OpenTopic)
        for topic, command in TOPICS.items():
            routes.on_command(self.show_topic, OpenTopic(topic=topic), command)
        routes.on_tap(self.show_languages, OpenLanguages)
        routes.on_command(self.show_languages, OpenLanguages(), LANGUAGE)
        routes.on_tap(self.choose_language, ChooseLanguage)
        routes.on_tap(self.stay, Stay, keeps_form=True)

    async def show_home(self, context: Context, tap: OpenHome) -> None:
        """Show the first screen with the balance of now."""
        _, customer = context.locale, context.customer
        seen = await self.store.db.read(_look, customer)
        paused = await self.store.db.recall(list_paused)
        ways = replace(
            self.ways,
            desk=seen.desk,
            open_orders=seen.open_orders,
            last=await self._last_purchase(_, seen.last, paused),
            needs_topup=await self._buys_nothing(seen.free, paused),
        )
        own = OwnLines(
            pinned_line(self.store, _),
            find_words(self.store, _, TextName.GREETING),
            closed_line(self.store, _, paused),
        )
        await context.show(home_screen(_, self.store.profile.shop_name, seen.free, ways, own))

    async def _buys_nothing(self, free: Money, paused: frozenset[SupplierName]) -> bool:
        if free <= ZERO:  # which is most of those, and no price has to be looked for
            return True
        cheapest = await self.cheapest.find(self.store.shelf.now, paused)
        return cheapest is not None and free < cheapest

    async def _last_purchase(
        self, _: Locale, last: LastOrder | None, paused: frozenset[SupplierName]
    ) -> LastPurchase | None:
        """What was bought last at today's price, where it can be bought now."""
        service = None if last is None else self.store.shelf.now.find_service(last.service)
        if last is None or service is None:
            return None
        total = self.store.ask_quantity.find_total(service.id, last.quantity, paused)
        if total is None:
            return None
        name = await self.store.translate.name(_.code, service)
        return LastPurchase(last.id, name, last.quantity, total)

    async def show_topic(self, context: Context, tap: OpenTopic) -> None:
        """Show one page of help."""
        _, name = context.locale, _IN_OWN_WORDS.get(tap.topic)
        own = None if name is None else find_words(self.store, _, name)
        await context.show(topic_screen(_, tap.topic, self.store.profile, own))

    async def show_languages(self, context: Context, tap: OpenLanguages) -> None:
        """Show the languages that may be chosen."""
        await context.show(language_screen(context.locale, self.locales.languages))

    async def choose_language(self, context: Context, tap: ChooseLanguage) -> None:
        """Switch to this language; an unknown one changes nothing."""
        if tap.code in self.locales.languages:
            await self.store.customer_cache.choose(context.customer.id, tap.code)
            context.locale = self.locales.of(tap.code)
        await self.show_home(context, OpenHome())

    async def stay(self, context: Context, tap: Stay) -> None:
        """Do nothing: a label was tapped, and the tap has been answered."""

    @property
    def ways(self) -> Ways:
        """What the menu offers right now."""
        several = len(self.locales.languages) > 1
        return Ways(many_languages=several, numbers=bool(self.store.shelf.now.projects()))
