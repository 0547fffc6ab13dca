"""Every customer screen fits Telegram's limits in every direction with the ugliest names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from enum import Enum

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.app.kinds import KINDS
from bot.base.ids import CategoryId, OrderId, QuoteId, ServiceId, SupplierName, TransferId
from bot.base.money import LARGEST, ZERO, Money
from bot.base.page import Page
from bot.catalog.listing import Sort
from bot.catalog.places.tree import Category
from bot.catalog.projects import key_of
from bot.catalog.rules import Offer
from bot.catalog.search.look import Hit
from bot.catalog.wanted.favourites import Wanted
from bot.catalog.wanted.reasons import WatchReason
from bot.catalog.wanted.tell_watchers import Came
from bot.chat.catalog.categories import catalog_screen, category_screen
from bot.chat.catalog.favourites import WantedRow, WantedSign, favourites_screen
from bot.chat.catalog.service import paused_screen, service_screen
from bot.chat.catalog.taps import OpenCatalog, OpenCategory
from bot.chat.catalog.watches import came_screen
from bot.chat.errors import neutral_screen
from bot.chat.home.commands import commands_screen
from bot.chat.home.home import Ways, home_screen, lost_screen
from bot.chat.home.taps import ChooseLanguage, Topic
from bot.chat.home.topics import language_screen, topic_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich
from bot.chat.kit.screen import Screen
from bot.chat.money.request import (
    answer_screen,
    answered_note,
    change_amount_screen,
    no_proof_note,
    proof_note,
    question_screen,
    request_screen,
    topup_screen,
    which_topup_screen,
)
from bot.chat.money.wallet import wallet_screen
from bot.chat.orders.again import gone_again_screen
from bot.chat.orders.confirm import dearer
from bot.chat.orders.order import orders_screen
from bot.chat.orders.quantity import link_screen, quantity_screen, which_quantity_screen
from bot.chat.orders.taps import TakeQuantity
from bot.chat.search.results import nothing_screen, results_screen, search_screen
from bot.chat.search.taps import OpenFound, OpenFoundCategory, OpenResults
from bot.i18n.language import LANGUAGES
from bot.money import topup
from bot.money.ledger import TopupDecision, TransferKind, Wallet
from bot.money.requests import Proof, TopupRequest
from bot.money.wallet import Movement, WalletView
from bot.orders.quantity import Choice, Preset
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.networks import NETWORKS
from bot.people.letters import Letter
from bot.suppliers.words import Kind
from tests.chat.desk.samples import alice
from tests.chat.kinds import confirm_screen, expired_screen, order_screen, shortfall_screen
from tests.chat.limits import HUGE, UGLY, fits
from tests.chat.samples import NOON, PROFILE, listed, offer, order_view, quote_view, service, shelf
from tests.stored_shop import ACC, usd


def screens(_: Locale, name: str) -> Iterator[Screen]:
    """Every screen of a customer, with this name wherever a stranger's text can stand."""
    one = service(HUGE, listed(name, description=name * 3), category=CategoryId(2))
    shown = offer(one)
    path = [Category(CategoryId(HUGE), name, None, {ACC: 3}), Category(CategoryId(2), name, None)]
    quote = quote_view(
        id=QuoteId(HUGE), service=ServiceId(HUGE), service_name=name, quantity=10**9
    )
    short = quote_view(service_name=name, total=Money(LARGEST))
    presets = (Preset(1, usd("1")), Preset(10**9, Money(LARGEST)))
    choice = Choice(shown, KINDS[Kind.PRODUCT], presets, Money(LARGEST))
    order = order_view(
        id=OrderId(HUGE),
        service=ServiceId(HUGE),
        service_name=name,
        link=f"https://x.y/{'a' * 480}",
    )
    movement = Movement(
        TransferId(1), NOON, TransferKind.TOPUP, Money(LARGEST), OrderId(HUGE), name
    )
    wallet = WalletView(Wallet(Money(LARGEST), usd("1")), (movement,) * 10)
    yield home_screen(_, name, Money(LARGEST))
    yield lost_screen(_, Ways(numbers=True))
    yield commands_screen(_, Ways(numbers=True))
    yield catalog_screen(_, Page((path[0],) * 8, 10**6, 10**6 + 5, 10**7))
    yield catalog_screen(_, Page((path[0],) * 8, 10**6, 10**6 + 5, 10**7), {ACC})
    yield from wanted_screens(_, shown, path)
    yield catalog_screen(_, Page((), 0, 1, 0))
    yield from search_screens(_, name)
    for sort in Sort:
        opened = OpenCategory(category=HUGE, sort=sort)
        found = OpenFoundCategory(category=HUGE, search=HUGE, found=999, sort=sort)
        for at in (opened, found):
            yield category_screen(_, path, Page((path[0], *(shown,) * 7), 3, 9, 70), at)
    for page in range(7):
        share = "https://t.me/share/url?url=x"
        yield service_screen(_, shown, path, OpenCatalog(), share, NOON, page)
    yield quantity_screen(_, choice, 10**9, Money(LARGEST))
    yield gone_again_screen(_, order, path[0])
    yield which_quantity_screen(_, ServiceId(HUGE), (999_999, 999))
    yield which_topup_screen(_, (Money(10**18 - 1), usd("1")))
    yield link_screen(_, name, TakeQuantity(service=HUGE, quantity=10**9))
    yield link_screen(_, name, TakeQuantity(service=HUGE, quantity=10**9), NETWORKS)
    yield confirm_screen(_, quote, "flat", dearer(_, ZERO, Money(LARGEST)))
    yield expired_screen(_, quote)
    yield shortfall_screen(_, short, name * 2)
    for state in State:
        for reason in (None, *Reason):
            yield order_screen(
                _, order_view(service_name=name, state=state, reason=reason, delivered=2)
            )
    waiting = order_view(state=State.QUEUED, waiting_until=NOON + timedelta(hours=1))
    yield order_screen(_, waiting, live=True)
    yield order_screen(_, order, live=True)
    yield orders_screen(_, Page((order,) * 8, 1, 3, 20), only_open=True)
    yield orders_screen(_, Page((), 0, 1, 0))
    yield wallet_screen(_, wallet, NOON)
    yield topup_screen(_, name)
    yield from request_screens(_, name)
    yield language_screen(_, tuple(LANGUAGES))
    for topic in Topic:
        yield topic_screen(_, topic, PROFILE)
    yield neutral_screen(_, buying=True)


def wanted_screens(_: Locale, shown: Offer, path: list[Category]) -> Iterator[Screen]:
    """What is kept and waited for, all of it at once, sold and paused."""
    wanted, share = Wanted(is_favourite=True, watched=frozenset(WatchReason)), "https://t.me/x"
    for paused in (True, False):
        about = (shown, path, OpenCatalog(), share, NOON, 0, wanted)
        yield service_screen(_, *about, paused=Rich("⏸") if paused else None)
        tap = OpenFound(service=HUGE, search=HUGE, found=999)
        yield service_screen(_, *about, tap=tap, paused=Rich("⏸") if paused else None)
    yield paused_screen(_, shown.service, wanted)
    rows = [WantedRow(shown.service, sign, shown) for sign in WantedSign]
    gone = WantedRow(shown.service, WantedSign.FAVOURITE, None)
    yield favourites_screen(_, Page((*rows, *(gone,) * 5), 999, 1000, 8000), {ACC})
    yield favourites_screen(_, Page((), 0, 1, 0))
    another = replace(shown, service=replace(shown.service, id=ServiceId(HUGE - 1)))
    came = [Came(one, why, Money(LARGEST)) for one in (shown, another) for why in WatchReason]
    yield came_screen(_, came * 5, waits_on=True)


def search_screens(_: Locale, name: str) -> Iterator[Screen]:
    """What is found and not found by this name."""
    kinds = {Kind.PRODUCT: "Mail", Kind.NUMBER: name}
    rows = [
        service(HUGE - nth, listed(name, subcategory=kinds[kind]), kind=kind)
        for nth, kind in enumerate(kinds)
    ]
    shown, tap = shelf(rows), OpenResults(search=HUGE, page=999)
    hits = (
        Hit(name, name, 1.0, is_on_sale=True, service=ServiceId(HUGE)),
        Hit(name, name, 1.0, is_on_sale=True, category=CategoryId(2), above=name),
        Hit(name, name, 1.0, is_on_sale=True, project=key_of(name)),
        Hit(name, name, 1.0, True, None, None, key_of(name), name, ServiceId(HUGE - 1)),
    )
    for paused in (frozenset[SupplierName](), {ACC}):
        yield results_screen(_, name, Page(hits * 2, 998, 1000, 7999), shown, tap, paused)
        yield nothing_screen(_, name, hits, shown, tap, paused)
    yield nothing_screen(_, name, (), shown, tap)
    yield search_screen(_)
    yield search_screen(_, is_forgotten=True)


def request_screens(_: Locale, name: str) -> Iterator[Screen]:
    """A request for a top-up as its customer sees it, in every state."""
    asked = TopupRequest(
        HUGE,
        replace(alice, first_name=name),
        Money(LARGEST),
        NOON,
        TopupDecision.OPEN,
        wanted=topup.Wanted(ServiceId(HUGE), 10**9),
        proof=Proof(name * 20, "file", "photo"),
        reason=name * 20,
    )
    for decision in TopupDecision:
        yield request_screen(_, replace(asked, decision=decision), name, name, NOON)
    note = proof_note(_, Proof(name, album="1"))
    yield request_screen(_, asked, name, name, NOON, note=note, asks_proof=True)
    yield request_screen(_, replace(asked, proof=Proof()), None, name, NOON)
    yield change_amount_screen(_, asked, no_proof_note(_))
    yield question_screen(_, asked, Letter(1, "request:1", NOON, "900", name * 20))
    yield answer_screen(_, asked, answered_note(_))


@pytest.mark.long
@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_breaks_a_limit(locale: Locale, name: str) -> None:
    for screen in screens(locale, name):
        fits(screen)


def test_no_screen_leaves_a_place_unfilled(locale: Locale) -> None:
    for screen in screens(locale, "Gmail"):
        assert "{" not in screen.text.text, screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)


def test_every_screen_but_the_first_ones_leads_home(english: Locale) -> None:
    for screen in list(screens(english, "Gmail"))[3:]:
        assert screen.rows[-1][-1].label == "🏠 Home"


def biggest(kind: type[CallbackData]) -> CallbackData:
    """A tap with the largest value in every field."""
    values: dict[str, object] = {}
    for name, field in kind.model_fields.items():
        annotation = field.annotation
        if annotation is int:
            limits = [one.le for one in field.metadata if hasattr(one, "le")]
            values[name] = min(limits, default=HUGE)
        elif annotation is str:
            values[name] = "x" * 12
        elif isinstance(annotation, type) and issubclass(annotation, Enum):
            values[name] = list(annotation)[-1]
        else:
            values[name] = True
    return kind(**values)


def test_every_tap_fits_with_the_largest_ids() -> None:
    kinds = [
        subclass
        for subclass in CallbackData.__subclasses__()
        if not subclass.__prefix__.startswith("d")  # the desk's have a test of their own
    ]
    assert len(kinds) > 15
    assert len({kind.__prefix__ for kind in kinds}) == len(kinds)
    for kind in kinds:
        packed = biggest(kind).pack()
        assert len(packed.encode()) <= 64
        assert kind.unpack(packed) == biggest(kind)
    assert len(ChooseLanguage(code="pt-BR").pack()) <= 64
