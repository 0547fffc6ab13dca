"""Every customer screen fits Telegram's limits in every direction with the ugliest names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.chat import callbacks
from bot.chat.callbacks import ChooseLanguage, OpenCatalog, TakeQuantity, Topic
from bot.chat.errors import WORDING, error_screen, error_text, neutral_screen
from bot.chat.html import readable
from bot.chat.richtext import units
from bot.chat.screen import Button, Screen
from bot.chat.screens.catalog import catalog_screen, category_screen, short_stock
from bot.chat.screens.confirm import confirm_screen, dearer, expired_screen, shortfall_screen
from bot.chat.screens.home import Ways, home_screen, lost_screen
from bot.chat.screens.order_words import reason_text, state_sign, state_text
from bot.chat.screens.orders import order_screen, orders_screen
from bot.chat.screens.parts import pager
from bot.chat.screens.quantity import Chosen, link_screen, quantity_screen
from bot.chat.screens.service import ServiceFacts, service_screen
from bot.chat.screens.topics import language_screen, topic_screen
from bot.chat.screens.wallet import topup_asked_screen, topup_screen, wallet_screen
from bot.chat.slicing import pages_of
from bot.chat.voice import Voice, Voices
from bot.domain import errors
from bot.domain.errors import ShopError, WhyBadLink, WhyNotForSale
from bot.domain.ids import CategoryId, OrderId, QuoteId, ServiceId, TransferId
from bot.domain.ledger import TransferKind, Wallet
from bot.domain.money import LARGEST, ZERO, Money
from bot.domain.order import Reason, State
from bot.domain.quantity import BadQuantity, WhyNot
from bot.domain.shelf import Category, Offer, Page, Sort
from bot.i18n.language import LANGUAGES
from bot.shop.quote import Choice, Preset
from bot.shop.views import Movement, WalletView
from tests.chat_customer.fakes import (
    NOON,
    FakeShop,
    listed,
    offer,
    order_view,
    quote_view,
    service,
    usd,
)
from tests.clock import TurnableClock

HUGE = 2**63 - 1
UGLY = (
    "",
    "   ",
    "\u202e\u2066\u200f",
    "x" * 5_000,
    "😀" * 3_000,
    "\ud800 lone",
    "line\none\x00\r\n",
    "<b>&amp;{name}{price}</b>",
    "ز" * 3_000,
    "e\u0301" * 2_000,
)


def screens(_: Voice, name: str, clock: TurnableClock) -> Iterator[Screen]:
    """Every screen of a customer, with this name wherever a stranger's text can stand."""
    one = service(HUGE, listed(name, description=name * 3), category=CategoryId(2))
    shown = offer(one)
    path = [Category(CategoryId(HUGE), name, None, 3), Category(CategoryId(2), name, None, 0)]
    facts = FakeShop(clock).facts
    quote = quote_view(
        id=QuoteId(HUGE), service=ServiceId(HUGE), service_name=name, quantity=10**9
    )
    short = quote_view(service_name=name, total=Money(LARGEST))
    choice = Choice(shown, (Preset(1, usd("1")), Preset(10**9, Money(LARGEST))), Money(LARGEST))
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
    yield catalog_screen(_, Page((path[0],) * 8, 10**6, 10**6 + 5, 10**7))
    yield catalog_screen(_, Page((), 0, 1, 0))
    for sort in Sort:
        yield category_screen(_, path, Page((path[0], *(shown,) * 7), 3, 9, 70), sort)
    for page in range(7):
        card = ServiceFacts(shown, path, OpenCatalog(), "https://t.me/share/url?url=x", NOON)
        yield service_screen(_, card, page)
    yield quantity_screen(_, choice, Chosen(10**9, Money(LARGEST)))
    yield link_screen(_, name, TakeQuantity(service=HUGE, quantity=10**9))
    yield confirm_screen(_, quote, "flat", dearer(_, ZERO, Money(LARGEST)))
    yield expired_screen(_, quote)
    yield shortfall_screen(_, short, name * 2)
    yield shortfall_screen(_, short, name, asked=True)
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
    yield topup_asked_screen(_, usd("5"), name, fresh=False)
    yield language_screen(_, tuple(LANGUAGES))
    for topic in Topic:
        yield topic_screen(_, topic, facts)
    yield neutral_screen(_, buying=True)


def fits(screen: Screen) -> None:
    assert screen.text.text.strip()
    assert screen.text.length <= 4096
    assert len(screen.text.entities) <= 100
    screen.text.text.encode()
    for entity in screen.text.entities:
        assert entity.length > 0
        assert entity.offset + entity.length <= screen.text.length
    buttons = [button for row in screen.rows for button in row]
    assert len(buttons) <= 100
    assert all(0 < len(row) <= 8 for row in screen.rows)
    for button in buttons:
        button_fits(button)


def button_fits(button: Button) -> None:
    assert button.label.strip()
    assert units(button.label) <= 160
    button.label.encode()
    acts = [button.tap, button.url, button.copy, button.share]
    assert sum(act is not None for act in acts) == 1
    if button.tap is not None:
        packed = button.tap.pack()
        assert len(packed.encode()) <= 64
        assert type(button.tap).unpack(packed) == button.tap
    if button.copy is not None:
        assert 1 <= len(button.copy) <= 256


@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_breaks_a_limit(voice: Voice, name: str, clock: TurnableClock) -> None:
    for screen in screens(voice, name, clock):
        fits(screen)


def test_no_screen_leaves_a_place_unfilled(voice: Voice, clock: TurnableClock) -> None:
    for screen in screens(voice, "Gmail", clock):
        assert "{" not in screen.text.text, screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)


def test_every_screen_but_the_first_leads_home(english: Voice, clock: TurnableClock) -> None:
    for screen in list(screens(english, "Gmail", clock))[2:]:
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
        one
        for one in vars(callbacks).values()
        if isinstance(one, type) and issubclass(one, CallbackData) and one is not CallbackData
    ]
    assert len(kinds) > 15
    assert len({kind.__prefix__ for kind in kinds}) == len(kinds)
    for kind in kinds:
        packed = biggest(kind).pack()
        assert len(packed.encode()) <= 64
        assert kind.unpack(packed) == biggest(kind)
    assert len(ChooseLanguage(code="pt-BR").pack()) <= 64


def refusals(kind: type[ShopError] = ShopError) -> Iterator[type[ShopError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


def made(kind: type[ShopError]) -> Iterator[ShopError]:
    """The refusal with each reason it can have."""
    reasons: dict[type[ShopError], list[tuple[object, ...]]] = {
        errors.NotEnoughCredit: [(usd("1"), usd("2"))],
        errors.SoldOut: [(0,), (1,), (5,)],
        errors.NotForSale: [(why,) for why in WhyNotForSale],
        errors.PriceRose: [(QuoteId(1),)],
        errors.BadLink: [(why,) for why in WhyBadLink],
        errors.IllegalMove: [(OrderId(1), "failed")],
        errors.Refused: [("the supplier's own words",)],
        errors.InDoubt: [("the supplier's own words",)],
        errors.Throttled: [(timedelta(seconds=1),)],
        errors.Malformed: [("the supplier's own words",)],
        errors.BooksClosed: [("the books do not balance",)],
        BadQuantity: [(why, least, 9) for why in WhyNot for least in (1, 9)],
    }
    for facts in reasons.get(kind, [()]):
        yield kind(*facts)


def test_every_refusal_has_its_own_words(voice: Voice) -> None:
    for kind in refusals():
        assert kind in WORDING, kind
        for refusal in made(kind):
            fits(error_screen(voice, refusal))
            said = error_text(voice, refusal).text
            assert "{" not in said
            assert "supplier" not in said.lower()


def test_every_refusal_says_first_what_happened_to_the_money(english: Voice) -> None:
    firsts = ("Nothing was charged.", "No money moved.", "The order is being checked, your money")
    for kind in refusals():
        for refusal in made(kind):
            assert error_text(english, refusal).text.startswith(firsts), refusal


def test_every_state_and_reason_has_its_words(voice: Voice) -> None:
    assert all(state_text(voice, state) and state_sign(state) for state in State)
    assert all("supplier" not in reason_text(voice, reason).lower() for reason in Reason)


def test_a_doubted_order_says_that_the_money_is_safe(english: Voice) -> None:
    order = order_view(state=State.IN_DOUBT, reason=Reason.ANSWER_LOST)
    assert "being checked, your money is safe" in order_screen(english, order).text.text


def test_a_row_shows_name_price_and_stock(english: Voice) -> None:
    page: Page[Category | Offer] = Page((offer(),), 0, 1, 1)
    path = [Category(CategoryId(1), "Accounts", None, 1)]
    screen = category_screen(english, path, page, Sort.PRICE)
    assert screen.rows[0][0].label == "Gmail account · $3.33 · 100 in stock"
    assert screen.rows[-1][0].tap == OpenCatalog()


def test_a_sold_out_service_is_marked_and_cannot_be_bought(english: Voice) -> None:
    gone = offer(service(row=listed(stock=0)))
    facts = ServiceFacts(gone, [], OpenCatalog(), "https://t.me/x", NOON)
    screen = service_screen(english, facts)
    assert "Sold out" in screen.text.text
    assert "🛒 Buy" not in [button.label for row in screen.rows for button in row]
    assert "sold out" in short_stock(english, gone)


def test_a_price_below_a_cent_is_said_per_thousand(english: Voice) -> None:
    cheap = offer(service(row=listed(rate=usd("0.9").decimal), basis=1000))
    facts = ServiceFacts(cheap, [], OpenCatalog(), "https://t.me/x", NOON)
    assert "Price: $0.90 per 1,000" in service_screen(english, facts).text.text


def test_a_long_description_goes_on_behind_more(english: Voice) -> None:
    long = offer(service(row=listed(description="<p>word</p>" * 900)))
    facts = ServiceFacts(long, [], OpenCatalog(), "https://t.me/x", NOON)
    first, second = service_screen(english, facts), service_screen(english, facts, 1)
    assert first.rows[0][0].label == "📖 More"
    assert "word" in second.text.text
    assert "Price" not in second.text.text


def test_a_pager_has_only_the_arrows_that_lead_somewhere() -> None:
    def signs(number: int, pages: int) -> list[str]:
        rows = pager(number, pages, lambda page: OpenCatalog(page=page))
        return [button.label for row in rows for button in row]

    assert signs(0, 1) == []
    assert signs(0, 2) == ["1/2", "▶"]
    assert signs(1, 5) == ["◀", "2/5", "▶", "⏭"]
    assert signs(2, 5) == ["⏮", "◀", "3/5", "▶", "⏭"]
    assert signs(4, 5) == ["⏮", "◀", "5/5"]


def test_pages_of_a_description_hold_all_its_words() -> None:
    text = readable(" ".join(f"word{number} <b>x</b>" for number in range(900)))
    pages = pages_of(text, 500, 1000)
    assert " ".join(page.text for page in pages).split() == text.text.split()


def test_names_keep_their_direction_in_right_to_left_languages(voices: Voices) -> None:
    arabic, english = voices.of("ar"), voices.of("en")
    assert "\u2068Gmail account\u2069" in order_screen(arabic, order_view()).text.text
    assert "\u2068" not in order_screen(english, order_view()).text.text
