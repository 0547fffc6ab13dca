"""The shop put together: use-cases over the database and the suppliers that the settings name."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot.domain.catalog import Policy, Terms, fold
from bot.domain.ids import CustomerId, SupplierName
from bot.domain.money import Money, money_from
from bot.domain.pricing import Pricing
from bot.i18n.language import choose_language
from bot.ops.clock import Clock
from bot.settings import Settings, SupplierSettings
from bot.shop.audit import Audit
from bot.shop.browse import LoadShelf, OpenShelf, Rules
from bot.shop.buy import Buy
from bot.shop.credit import Credit
from bot.shop.follow import Follow
from bot.shop.front import Desk, Facts, Storefront
from bot.shop.fulfil import Fulfil
from bot.shop.gather import GatherEvidence
from bot.shop.locks import Locks
from bot.shop.look_again import LookAgain
from bot.shop.meet import Meet
from bot.shop.quote import AskQuantity, AskQuote
from bot.shop.refresh_shelf import RefreshShelf
from bot.shop.refresh_translations import RefreshTranslations
from bot.shop.reopen import Reopen
from bot.shop.report import ReportSuppliers
from bot.shop.resolve import Resolve
from bot.shop.suppliers import Supplier, Suppliers
from bot.shop.translate import Translate
from bot.shop.watch import WatchSuppliers
from bot.shop.watch_numbers import WatchNumbers
from bot.shop.watch_token import WatchToken
from bot.storage.adapters import (
    SqlDecisions,
    SqlPolls,
    SqlRecords,
    SqlShelves,
    SqlSubmissions,
)
from bot.storage.bell import RingingDatabase
from bot.storage.counter import SqlBooks, SqlCustomers, SqlOrders, SqlQuotes
from bot.storage.database import Database
from bot.storage.house import House
from bot.storage.mail import SqlAlerts, SqlOutbox
from bot.storage.number_adapters import SqlNumbers, SqlRentals
from bot.storage.purge import Purge
from bot.storage.reopening import SqlSafety
from bot.storage.translations import SqlTranslations
from bot.suppliers import DIALECTS


@dataclass(frozen=True, slots=True)
class Shop:
    """Everything that works without a chat."""

    store: Storefront
    desk: Desk
    suppliers: Suppliers
    shelf: OpenShelf
    load_shelf: LoadShelf
    refresh: RefreshShelf
    refresh_translations: RefreshTranslations
    watch: WatchSuppliers
    watch_token: WatchToken
    fulfil: Fulfil
    gather: GatherEvidence
    follow: Follow
    watch_numbers: WatchNumbers
    audit: Audit
    submissions: SqlSubmissions
    polls: SqlPolls
    outbox: SqlOutbox
    purge: Purge


@dataclass(frozen=True, slots=True)
class Ground:
    """What the shop stands on. `ring` is called after each write that may be news to workers."""

    settings: Settings
    clock: Clock
    database: Database
    house: House
    suppliers: Suppliers
    ring: Callable[[], None]


def build_shop(ground: Ground) -> Shop:
    """Wire the use-cases. Nothing is started or read."""
    settings, clock = ground.settings, ground.clock
    database = RingingDatabase(ground.database, ground.ring)
    shelves, alerts = SqlShelves(database), SqlAlerts(database, ground.house)
    books, customers = SqlBooks(database, ground.house), SqlCustomers(database)
    rules, locks = rules_of(settings), Locks()
    shelf = OpenShelf.empty(rules.policy.pricing)
    load_shelf = LoadShelf(shelves, shelf, rules)
    refresh = RefreshShelf(shelves, load_shelf, alerts, clock, locks)
    watch = WatchSuppliers(
        ground.suppliers, shelves, alerts, clock, settings.currency, low_marks(settings)
    )
    submissions = SqlSubmissions(ground.database, ground.house)
    polls = SqlPolls(ground.database, ground.house)
    rentals = SqlRentals(ground.database, ground.house)
    translations = SqlTranslations(ground.database, clock)
    facts = facts_of(settings)
    credit = Credit(books, customers, clock)
    meet = Meet(customers, clock, choose_language)
    quotes, orders = SqlQuotes(database, ground.house), SqlOrders(database, ground.house)
    ask_quote = AskQuote(shelf, quotes, clock, facts.quote_holds_for)
    look = LookAgain(ground.suppliers, shelves, shelf, refresh, rules, watch, clock, locks)
    records = SqlRecords(database, ground.house)
    resolve = Resolve(SqlDecisions(database, ground.house), records, ground.suppliers, clock)
    store = Storefront(
        facts=facts,
        clock=clock,
        shelf=shelf,
        translate=Translate(translations, shelf, ground.suppliers),
        meet=meet,
        ask_quantity=AskQuantity(shelf, books),
        ask_quote=ask_quote,
        buy=Buy(quotes, orders, look, ask_quote, clock, locks),
        orders=orders,
        numbers=SqlNumbers(database, ground.house),
        credit=credit,
    )
    reopen = Reopen(SqlSafety(database, ground.house), clock)
    report = ReportSuppliers(ground.suppliers, shelves, shelf, alerts, clock)
    return Shop(
        store=store,
        desk=Desk(facts, clock, credit, customers, records, resolve, report, reopen),
        suppliers=ground.suppliers,
        shelf=shelf,
        load_shelf=load_shelf,
        refresh=refresh,
        refresh_translations=RefreshTranslations(translations, shelf, clock),
        watch=watch,
        watch_token=WatchToken(alerts, clock),
        fulfil=Fulfil(submissions, watch, clock, ground.house.patience),
        gather=GatherEvidence(submissions, watch, clock),
        follow=Follow(polls, watch, clock, random.random),
        watch_numbers=WatchNumbers(rentals, watch, clock, random.random),
        audit=Audit(books, alerts, clock),
        submissions=submissions,
        polls=polls,
        purge=Purge(ground.database, clock, timedelta(days=settings.goods_kept_days)),
        outbox=SqlOutbox(ground.database, ground.house, meet.forget),
    )


def rules_of(settings: Settings) -> Rules:
    """What the settings say about bases, kinds, prices and social services."""
    pricing = Pricing(settings.markup_percent, money_from(settings.price_step))
    terms = {SupplierName(name): _terms(name, one) for name, one in settings.suppliers.items()}
    return Rules(terms, Policy(pricing, settings.sell_social))


def _terms(name: str, settings: SupplierSettings) -> Terms:
    overrides = {fold(key): basis for key, basis in settings.rate_per_overrides.items()}
    return Terms(
        supplier=SupplierName(name),
        basis=settings.rate_per,
        overrides=overrides,
        products=frozenset(fold(product) for product in settings.products),
        unmarked_kind=DIALECTS[settings.dialect].unmarked_kind,
    )


def facts_of(settings: Settings) -> Facts:
    """What screens show of the settings."""
    return Facts(
        shop_name=settings.shop_name,
        currency=settings.currency,
        support_contact=settings.support_contact or "",
        topup_instructions=settings.topup_instructions or "",
        operators=frozenset(CustomerId(one) for one in settings.admin_ids),
        quote_holds_for=timedelta(minutes=settings.quote_minutes),
        smallest_step=Money(money_from(settings.price_step).micros),
    )


def low_marks(settings: Settings) -> dict[SupplierName, Decimal]:
    """Below which balance each supplier is worth an alert."""
    return {
        SupplierName(name): one.low_balance
        for name, one in settings.suppliers.items()
        if one.low_balance is not None
    }


def suppliers_of(built: dict[str, Supplier]) -> Suppliers:
    """The suppliers by name, in the order of the settings."""
    return Suppliers({SupplierName(name): one for name, one in built.items()})
