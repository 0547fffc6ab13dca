"""Every refusal, state and reason has words, and screens say what people look for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.base.acts import Permission
from bot.base.errors import (
    DatabaseUnavailable,
    NotAllowed,
    PerhapsDone,
    RefundTooLarge,
    ShopError,
)
from bot.base.ids import CategoryId, OrderId, QuoteId, ServiceId
from bot.base.money import CENT, MICRO, Money, parse_money
from bot.base.page import Page
from bot.base.quantity import BadQuantity, QuantityRefusal, Span, parse_quantity
from bot.broadcasts.errors import CannotBroadcast, CannotBroadcastReason
from bot.catalog.errors import (
    CannotPlace,
    CannotPlaceReason,
    CannotTie,
    CannotTieReason,
    NotForSale,
    NotForSaleReason,
    SoldOut,
    TooManyFavourites,
    TooManyWatches,
)
from bot.catalog.places.tree import Category
from bot.catalog.prices.errors import BadPrice, BadPriceReason
from bot.catalog.rules import Offer
from bot.chat.catalog.categories import category_screen, short_stock
from bot.chat.catalog.service import service_screen
from bot.chat.catalog.taps import OpenCatalog, OpenCategory
from bot.chat.errors import WORDING, error_screen, error_text
from bot.chat.kit.html import readable
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.screen import pager
from bot.chat.kit.slicing import pages_of
from bot.chat.orders.order import reason_text, state_sign, state_text
from bot.i18n.language import LANGUAGES
from bot.money.errors import NeedsSecond, NotEnoughCredit, NotInSteps, OwnCredit
from bot.orders.rules import links
from bot.orders.rules.errors import IllegalMove, OverLimit, PriceRose, TooManyOpen
from bot.orders.rules.links import BadLinkReason
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.networks import NETWORKS
from bot.people.texts.reading import BadText, BadTextReason
from bot.suppliers.errors import InDoubt, Malformed, Refused, Throttled, Unreadable
from tests.chat.kinds import order_screen
from tests.chat.limits import fits
from tests.chat.samples import NOON, listed, offer, order_view, service
from tests.stored_shop import ACC, usd


def refusals(kind: type[ShopError] = ShopError) -> Iterator[type[ShopError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from refusals(below)


def made(kind: type[ShopError]) -> Iterator[ShopError]:
    """The refusal with each reason it can have."""
    reasons: dict[type[ShopError], list[tuple[object, ...]]] = {
        TooManyFavourites: [(200,)],
        TooManyWatches: [(50,)],
        NotEnoughCredit: [(usd("1"), usd("2"))],
        NotInSteps: [(CENT,)],
        SoldOut: [(0,), (1,), (5,)],
        CannotBroadcast: [(why,) for why in CannotBroadcastReason],
        BadText: [(why, 301, 300, "xx") for why in BadTextReason],
        CannotPlace: [(why,) for why in CannotPlaceReason],
        CannotTie: [(why, ServiceId(345), ServiceId(12)) for why in CannotTieReason],
        BadPrice: [(why, CENT) for why in BadPriceReason],
        NotForSale: [(why,) for why in NotForSaleReason],
        PriceRose: [(QuoteId(1),)],
        NotAllowed: [(permission,) for permission in Permission],
        RefundTooLarge: [(Permission.ORDERS, Money(50_000_000))],
        OverLimit: [(3, None), (None, Money(5_000_000))],
        TooManyOpen: [(100, 100, True), (7, 5, False)],
        links.BadLink: [
            *((why,) for why in BadLinkReason),
            *(
                (why, NETWORKS[0])
                for why in (BadLinkReason.WRONG_NETWORK, BadLinkReason.WRONG_PAGE)
            ),
        ],
        IllegalMove: [(OrderId(1), "failed")],
        Refused: [("the supplier's own words",)],
        InDoubt: [("the supplier's own words",)],
        Throttled: [(timedelta(seconds=1),)],
        Malformed: [("the supplier's own words",)],
        Unreadable: [("the supplier's own words",)],
        DatabaseUnavailable: [("the books do not balance",)],
        PerhapsDone: [("the books do not balance",)],
        OwnCredit: [(Permission.CREDIT,)],
        NeedsSecond: [(usd("100"),)],
        BadQuantity: [(why, least, 9) for why in QuantityRefusal for least in (1, 9)],
    }
    for facts in reasons.get(kind, [()]):
        yield kind(*facts)


def test_every_refusal_has_its_own_words(locale: Locale) -> None:
    for kind in refusals():
        assert kind in WORDING, kind
        for refusal in made(kind):
            fits(error_screen(locale, refusal))
            said = error_text(locale, refusal).text
            assert "{" not in said
            # Who types price rules knows of suppliers; nobody else is told of them.
            assert "supplier" not in said.lower() or kind is BadPrice


def test_a_quantity_is_taken_as_the_shop_writes_it_in_every_language(locales: Locales) -> None:
    for code in LANGUAGES:
        locale = locales.of(code)
        for quantity in (1_000, 12_345, 1_000_000):
            typed = locale.number(quantity)
            assert parse_quantity(typed, Span(1, 10**9), locale.group_sign) == quantity, code


def test_an_amount_is_taken_as_the_shop_writes_it_in_every_language(locales: Locales) -> None:
    for code in LANGUAGES:
        locale = locales.of(code)
        for amount in (1_000, 12_345, 1_000_000):
            typed = locale.number(amount)
            assert parse_money(typed, locale.group_sign) == Money(amount * MICRO), code


def test_every_refusal_says_first_what_happened_to_the_money(english: Locale) -> None:
    firsts = (
        "Nothing was charged.",
        "No money moved",
        "The order is being checked. Your money",
        "Your money is safe",
        "Nothing was done",  # at the desk, where it may be about no money at all
        "Nothing was changed",
        "Nothing was saved",
        "You already have",  # of what costs nothing
    )
    for kind in refusals():
        for refusal in made(kind):
            assert error_text(english, refusal).text.startswith(firsts), refusal


def test_every_state_and_reason_has_its_words(locale: Locale) -> None:
    assert all(state_text(locale, state) and state_sign(state) for state in State)
    assert all("supplier" not in reason_text(locale, reason).lower() for reason in Reason)


def test_a_doubted_order_says_that_the_money_is_safe(english: Locale) -> None:
    order = order_view(state=State.IN_DOUBT, reason=Reason.ANSWER_LOST)
    assert "being checked. Your money is safe" in order_screen(english, order).text.text


def test_a_row_shows_name_price_and_stock(english: Locale) -> None:
    page: Page[Category | Offer] = Page((offer(),), 0, 1, 1)
    path = [Category(CategoryId(1), "Accounts", None, {ACC: 1})]
    screen = category_screen(english, path, page, OpenCategory(category=1))
    assert screen.rows[0][0].label == "📧 Gmail account · $3.33 · 100 in stock"
    assert screen.rows[-1][0].tap == OpenCatalog()


def test_a_sold_out_service_is_marked_and_cannot_be_bought(english: Locale) -> None:
    gone = offer(service(row=listed(stock=0)))
    screen = service_screen(english, gone, [], OpenCatalog(), "https://t.me/x", NOON)
    assert "Sold out" in screen.text.text
    assert "🛒 Buy" not in [button.label for row in screen.rows for button in row]
    assert "sold out" in short_stock(english, gone)


def test_a_price_below_a_cent_is_said_per_thousand(english: Locale) -> None:
    cheap = offer(service(row=listed(rate=usd("0.9").decimal), basis=1000))
    screen = service_screen(english, cheap, [], OpenCatalog(), "https://t.me/x", NOON)
    assert "Price: $0.90 per 1,000" in screen.text.text


def test_a_long_description_goes_on_behind_more(english: Locale) -> None:
    long = offer(service(row=listed(description="<p>word</p>" * 900)))
    first, second = (
        service_screen(english, long, [], OpenCatalog(), "https://t.me/x", NOON, page)
        for page in (0, 1)
    )
    assert first.rows[0][0].label == "📖 More"
    assert "word" in second.text.text
    assert "Price" not in second.text.text


def test_a_pager_has_only_the_arrows_that_lead_somewhere() -> None:
    def signs(number: int, pages: int) -> list[str]:
        rows = pager(number, pages, OpenCatalog())
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


def test_names_keep_their_direction_in_right_to_left_languages(locales: Locales) -> None:
    arabic, english = locales.of("ar"), locales.of("en")
    assert "\u2068Gmail account\u2069" in order_screen(arabic, order_view()).text.text
    assert "\u2068" not in order_screen(english, order_view()).text.text
