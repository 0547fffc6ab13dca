"""Puts the conversation together: what surrounds the handlers, and the order they are asked in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from bot.chat.basis.handlers import BasisPages
from bot.chat.basis.taps import BasisForm, TrialLinkForm
from bot.chat.basis.trial_handlers import TrialPages
from bot.chat.broadcasts.handlers import DraftPages
from bot.chat.broadcasts.news import NewsPages
from bot.chat.broadcasts.segment_handlers import SegmentPages
from bot.chat.broadcasts.shown import BroadcastCards
from bot.chat.broadcasts.steering import SteeringPages
from bot.chat.broadcasts.taps import BroadcastForm, LinksForm, SegmentForm
from bot.chat.catalog.handlers import CatalogPages
from bot.chat.catalog.wanted_handlers import FavouritePages
from bot.chat.claims.desk_handlers import ClaimPages
from bot.chat.claims.goodwill_handlers import GoodwillPages
from bot.chat.claims.own_handlers import OwnClaimPages
from bot.chat.claims.remedy_handlers import RemedyPages
from bot.chat.claims.report_handlers import ReportPages
from bot.chat.claims.taps import (
    ClaimAnswerForm,
    ClaimForm,
    ClaimLetterForm,
    RefundForm,
    RefundUnitsForm,
)
from bot.chat.desk.look_handlers import LookUpPages
from bot.chat.desk.order_handlers import DecisionPages
from bot.chat.desk.orders_handlers import DeskOrdersPages
from bot.chat.desk.taps import DeskAttachForm, DeskPartForm
from bot.chat.exports.handlers import ExportPages
from bot.chat.facade import Desk, Storefront
from bot.chat.figures.handlers import FigurePages
from bot.chat.figures.taps import PeriodForm
from bot.chat.groups import Groups
from bot.chat.home.desk_help import DeskHelpPages
from bot.chat.home.fallback import Fallback
from bot.chat.home.handlers import HomePages
from bot.chat.home.start import StartPages
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.conversation import Conversation, TapTable
from bot.chat.kit.forms import Forms
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.locale import Locales
from bot.chat.kit.routes import FromOperator, Routes
from bot.chat.kit.sent import AlbumForm, LostForm
from bot.chat.kit.telegram.incoming import CountUpdate, CountUpdates
from bot.chat.kit.telegram.turns import Turns
from bot.chat.middlewares import DropRepeated, Failures, InFlight, PrivateChat
from bot.chat.money.desk_handlers import CreditPages
from bot.chat.money.handlers import WalletPages
from bot.chat.money.queue_handlers import QueuePages
from bot.chat.money.request_handlers import RequestPages
from bot.chat.money.second_handlers import SecondPages
from bot.chat.money.taps import (
    AnswerForm,
    DenialForm,
    MoneyForm,
    OtherAmountForm,
    ProofForm,
    QuestionForm,
    TopupForm,
)
from bot.chat.numbers.handlers import NumberPages
from bot.chat.numbers.taps import CountrySearchForm, NumbersSearchForm
from bot.chat.orders.again import AgainPages
from bot.chat.orders.handlers import OrderPages
from bot.chat.orders.purchase import PurchasePages
from bot.chat.orders.taps import LinkForm, QuantityForm
from bot.chat.people.customer_handlers import CustomerPages
from bot.chat.people.find import FindPages
from bot.chat.people.handlers import PeoplePages
from bot.chat.people.letter_handlers import AnswerPages, WritePages
from bot.chat.people.taps import AnswerShopForm, LimitForm, NoteForm, WriteForm
from bot.chat.places.handlers import PlacePages
from bot.chat.places.look_handlers import LookPages
from bot.chat.places.taps import ApartForm, IconForm, MergeForm, NameForm, NameInForm
from bot.chat.prices.handlers import PricePages
from bot.chat.prices.taps import PricedForm, PriceForm
from bot.chat.rises.handlers import RisePages
from bot.chat.safety.books import BooksPages
from bot.chat.safety.handlers import SafeModePages
from bot.chat.search.handlers import SearchPages
from bot.chat.search.taps import SearchForm
from bot.chat.sharing.inline import InlinePages
from bot.chat.shelf.handlers import ShelfPages
from bot.chat.shelf.taps import SelectionForm
from bot.chat.standins.handlers import TiePages
from bot.chat.standins.taps import TieForm
from bot.chat.switches.handlers import SwitchPages
from bot.chat.switches.taps import OffWordsForm
from bot.chat.texts.handlers import TextPages
from bot.chat.texts.taps import TextForm
from bot.db.updates import TakenUpdates

FORMS: Final = (
    QuantityForm,
    LinkForm,
    NumbersSearchForm,
    SearchForm,
    CountrySearchForm,
    TopupForm,
    DeskAttachForm,
    DeskPartForm,
    MoneyForm,
    NoteForm,
    LimitForm,
    WriteForm,
    AnswerShopForm,
    ClaimForm,
    ClaimLetterForm,
    ClaimAnswerForm,
    RefundUnitsForm,
    RefundForm,
    ProofForm,
    AnswerForm,
    OtherAmountForm,
    DenialForm,
    QuestionForm,
    AlbumForm,
    MergeForm,
    ApartForm,
    NameForm,
    PricedForm,
    PriceForm,
    NameInForm,
    IconForm,
    SelectionForm,
    BasisForm,
    TrialLinkForm,
    OffWordsForm,
    TextForm,
    BroadcastForm,
    LinksForm,
    SegmentForm,
    PeriodForm,
    TieForm,
    LostForm,
)
"""Everything that may be typed anywhere."""


class Pages(Protocol):
    """A noun's handlers."""

    def add_to(self, routes: Routes) -> None:
        """Register the handlers."""


def build_dispatcher(
    store: Storefront,
    screens: LateScreens,
    locales: Locales,
    desk: Desk | None = None,
    *,
    count: CountUpdate = lambda *_: None,
    in_flight: InFlight | None = None,
    taken: TakenUpdates | None = None,
) -> Conversation:
    """The whole conversation: the desk first, because an operator's /orders is the desk's."""
    home = HomePages(store, locales)
    search = SearchPages(store)
    fallback = Fallback(home, search)
    sides = [] if desk is None else [_desk(desk, store, locales, screens)]
    sides.append(_customers(store, home, search))
    around = (
        in_flight or InFlight(),
        CountUpdates(count),
        Turns(),
        DropRepeated(taken or TakenUpdates(store.db)),
        Failures(locales, screens, store.db),
        PrivateChat(
            store,
            locales,
            screens,
            Forms(store.db, FORMS),
            Groups(store, locales, screens.presenter),
        ),
    )
    taps = [route for side in sides for route in side.taps]
    inline = InlinePages(store, locales, screens.presenter)
    table = TapTable(taps, fallback.refuse_button, store.db)
    conversation = Conversation(around, table, inline.answer)
    conversation.include_routers(*(side.router for side in sides), fallback.router)
    return conversation


def _desk(desk: Desk, store: Storefront, locales: Locales, screens: LateScreens) -> Routes:
    """What only operators reach."""
    cards = BroadcastCards(store, desk, screens.presenter)
    pages = (
        CreditPages(desk),
        QueuePages(store, desk),
        SecondPages(desk),
        LookUpPages(desk),
        ClaimPages(desk),
        RemedyPages(desk),
        GoodwillPages(desk),
        DeskOrdersPages(desk),
        SafeModePages(desk),
        BooksPages(desk),
        ExportPages(desk),
        CustomerPages(desk),
        WritePages(desk),
        PeoplePages(desk),
        FindPages(desk),
        PlacePages(store, desk),
        PricePages(store, desk),
        LookPages(store, desk),
        ShelfPages(store, desk),
        RisePages(store, desk),
        BasisPages(store, desk),
        TrialPages(store, desk),
        SwitchPages(store, desk),
        TextPages(store, locales),
        DraftPages(cards),
        SegmentPages(cards),
        SteeringPages(cards),
        FigurePages(desk),
        TiePages(store, desk),
        DecisionPages(desk, CHAT_KINDS),
        DeskHelpPages(),
    )
    return _with(Routes("desk", FromOperator()), pages)


def _customers(store: Storefront, home: HomePages, search: SearchPages) -> Routes:
    """What everybody reaches."""
    catalog = CatalogPages(store, CHAT_KINDS)
    pages = (
        StartPages(home, catalog),
        home,
        catalog,
        search,
        FavouritePages(store, catalog),
        NumberPages(store, CHAT_KINDS),
        PurchasePages(store, CHAT_KINDS),
        OrderPages(store, CHAT_KINDS),
        AgainPages(store, CHAT_KINDS),
        ReportPages(store),
        OwnClaimPages(store),
        WalletPages(store),
        AnswerPages(store),
        NewsPages(store),
        RequestPages(store, CHAT_KINDS),
    )
    return _with(Routes("customers"), pages)


def _with(routes: Routes, pages: Iterable[Pages]) -> Routes:
    for page in pages:
        page.add_to(routes)
    return routes
