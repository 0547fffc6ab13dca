"""The shop put together: use-cases over the database and the suppliers that the settings name."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

from bot.app.kinds import KINDS
from bot.app.token_watch import WatchToken
from bot.base.clock import Clock
from bot.base.ids import SupplierName
from bot.base.money import money_from
from bot.catalog.alerts.low_balance import FindLowMark
from bot.catalog.pricing import Pricing
from bot.catalog.recent_words import Translations
from bot.catalog.recheck import Recheck
from bot.catalog.refresh import LoadShelf, RefreshShelf
from bot.catalog.refresh_translations import RefreshTranslations
from bot.catalog.rules import ShelfRules, ShopPolicy, SupplierPricing
from bot.catalog.search.find import Search
from bot.catalog.shelf import CurrentShelf
from bot.catalog.wanted.come_true import FindTrue
from bot.catalog.wanted.tell_watchers import TellWatchers
from bot.catalog.watch import WatchSuppliers
from bot.chat.facade import Desk, ShopProfile, Storefront
from bot.chat.pictures.draw import DrawPicture
from bot.chat.pictures.show import ShowFigures
from bot.chat.translate import Translate
from bot.db.database import Database, Locks
from bot.desk.suppliers import ReportSuppliers
from bot.i18n.countries import country_name
from bot.i18n.language import choose_language
from bot.numbers.poll import PollNumber
from bot.orders.attempts import day_cost, refused_cost
from bot.orders.calibration.conclude import ConcludeCalibrations
from bot.orders.claims.replace import Replace
from bot.orders.collect_evidence import CollectEvidence, ReadBefore
from bot.orders.confirm.buy import Buy
from bot.orders.decide import Attach
from bot.orders.fence import Fence
from bot.orders.poll import PollOrder
from bot.orders.quantity import AskQuantity
from bot.orders.quote import AskQuote
from bot.orders.sales.digest import TellDigest
from bot.orders.sales.keep import KeepSales
from bot.orders.standins.confirm import FindInstead
from bot.orders.submit import SubmitOrder
from bot.outbox.tell import Alerts
from bot.people.customers import CustomerCache
from bot.people.texts.current import CurrentTexts
from bot.safety.fingerprint import Fingerprint
from bot.safety.prove import Audit
from bot.safety.purge import Purge
from bot.settings import Settings, SupplierSettings
from bot.suppliers import DIALECTS
from bot.suppliers.port import Suppliers
from bot.suppliers.words import fold


@dataclass(frozen=True, slots=True)
class Shop:
    """Everything that works without a chat."""

    store: Storefront
    desk: Desk
    suppliers: Suppliers
    shelf: CurrentShelf
    load_shelf: LoadShelf
    refresh: RefreshShelf
    refresh_translations: RefreshTranslations
    watch: WatchSuppliers
    watch_token: WatchToken
    submit_order: SubmitOrder
    collect_evidence: CollectEvidence
    conclude_calibrations: ConcludeCalibrations
    tell_watchers: TellWatchers
    poll_order: PollOrder
    poll_number: PollNumber
    audit: Audit
    purge: Purge
    fingerprint: Fingerprint
    keep_sales: KeepSales
    tell_digest: TellDigest | None


def build_shop(
    settings: Settings, clock: Clock, db: Database, suppliers: Suppliers, fence: Fence
) -> Shop:
    """Wire the use-cases. Nothing is started or read."""
    alerts, translations = Alerts(db), Translations(db)
    rules, locks, digest_at = rules_of(settings), Locks(), settings.digest_at
    profile = ShopProfile(
        shop_name=settings.shop_name,
        support_contact=settings.support_contact or "",
        topup_instructions=settings.topup_instructions or "",
        quote_holds_for=timedelta(minutes=settings.quote_minutes),
    )
    marks = {
        SupplierName(name): one.low_balance
        for name, one in settings.suppliers.items()
        if one.low_balance is not None
    }
    shelf = CurrentShelf.empty(rules.policy.pricing)
    load_shelf = LoadShelf(db, shelf, rules, locks)
    refresh = RefreshShelf(db, load_shelf, alerts, clock, locks)
    low_mark = FindLowMark(db, shelf, clock, day_cost, marks)
    watch = WatchSuppliers(suppliers, db, alerts, clock, settings.currency, refused_cost, low_mark)
    ask_quote = AskQuote(shelf, db, KINDS, clock, profile.quote_holds_for)
    look = Recheck(suppliers, db, shelf, refresh, rules, watch, clock, locks)
    store = Storefront(
        profile=profile,
        clock=clock,
        shelf=shelf,
        translate=Translate(translations, shelf, suppliers),
        search=Search(db, translations, shelf, country_name),
        customer_cache=CustomerCache(db, clock, choose_language),
        ask_quantity=AskQuantity(shelf, db, KINDS),
        ask_quote=ask_quote,
        buy=Buy(db, look, ask_quote, FindInstead(db, look, KINDS), clock, locks),
        db=db,
        texts=CurrentTexts(db),
    )
    report = ReportSuppliers(suppliers, db, shelf, watch, refresh)
    figures = ShowFigures(profile.shop_name, shelf, store.translate, DrawPicture())
    attach, replace = Attach(db, KINDS, suppliers), Replace(db, shelf, KINDS)
    audit = Audit(db, alerts)
    return Shop(
        store=store,
        desk=Desk(clock, db, attach, report, replace, load_shelf, audit, figures),
        suppliers=suppliers,
        shelf=shelf,
        load_shelf=load_shelf,
        refresh=refresh,
        refresh_translations=RefreshTranslations(db, translations, shelf, clock),
        watch=watch,
        watch_token=WatchToken(alerts, clock),
        submit_order=SubmitOrder(db, KINDS, watch, ReadBefore(watch, clock), clock, fence),
        collect_evidence=CollectEvidence(db, watch, clock),
        conclude_calibrations=ConcludeCalibrations(db, watch, clock),
        tell_watchers=TellWatchers(db, rules, FindTrue(db, rules)),
        poll_order=PollOrder(db, watch, clock, random.random),
        poll_number=PollNumber(db, watch, clock, random.random),
        audit=audit,
        purge=Purge(db, timedelta(days=settings.goods_kept_days)),
        fingerprint=Fingerprint(db),
        keep_sales=KeepSales(db),
        tell_digest=None if digest_at is None else TellDigest(db, digest_at),
    )


def rules_of(settings: Settings) -> ShelfRules:
    """What the settings say about bases, kinds, prices and social services."""
    pricing = Pricing(settings.markup_percent, money_from(settings.price_step))
    supplier_pricing = {
        SupplierName(name): _supplier_pricing(name, one)
        for name, one in settings.suppliers.items()
    }
    return ShelfRules(supplier_pricing, ShopPolicy(pricing, settings.sell_social))


def _supplier_pricing(name: str, settings: SupplierSettings) -> SupplierPricing:
    overrides = {fold(key): basis for key, basis in settings.rate_per_overrides.items()}
    return SupplierPricing(
        supplier=SupplierName(name),
        basis=settings.rate_per,
        overrides=overrides,
        products=frozenset(fold(product) for product in settings.products),
        socials=frozenset(fold(social) for social in settings.socials),
        unmarked_kind=DIALECTS[settings.dialect].unmarked_kind,
    )
