"""Puts the conversation together: what surrounds the handlers, and the order they are asked in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from aiogram import Dispatcher, Router

from bot.chat.catalog.handlers import CatalogPages
from bot.chat.desk.look_handlers import LookUpPages
from bot.chat.desk.order_handlers import DecisionPages
from bot.chat.desk.orders_handlers import DeskOrdersPages
from bot.chat.desk.taps import DeskAttachForm, DeskPartForm
from bot.chat.facade import Desk, Storefront
from bot.chat.home.fallback import Fallback
from bot.chat.home.handlers import HomePages
from bot.chat.home.start import StartPages
from bot.chat.kinds import CHAT_KINDS
from bot.chat.kit.context import Forms
from bot.chat.kit.late_screens import LateScreens
from bot.chat.kit.locale import Locales
from bot.chat.kit.routes import FromOperator, Routes
from bot.chat.kit.telegram.incoming import CountUpdate, CountUpdates
from bot.chat.middlewares import AnswerTap, CommandsCloseForms, DropRepeated, Failures, PrivateChat
from bot.chat.money.desk_handlers import CreditPages
from bot.chat.money.handlers import WalletPages
from bot.chat.money.taps import MoneyForm, TopupForm
from bot.chat.numbers.handlers import NumberPages
from bot.chat.numbers.taps import NumbersSearchForm
from bot.chat.orders.handlers import OrderPages
from bot.chat.orders.purchase import PurchasePages
from bot.chat.orders.taps import LinkForm, QuantityForm
from bot.chat.safety.handlers import SafeModePages

FORMS: Final = (
    QuantityForm,
    LinkForm,
    NumbersSearchForm,
    TopupForm,
    DeskAttachForm,
    DeskPartForm,
    MoneyForm,
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
) -> Dispatcher:
    """The whole conversation: the desk first, because an operator's /orders is the desk's."""
    dispatcher, home = Dispatcher(disable_fsm=True), HomePages(store, locales)
    dispatcher.update.outer_middleware(CountUpdates(count))
    dispatcher.update.outer_middleware(DropRepeated(store.db))
    dispatcher.update.outer_middleware(Failures(locales, screens))
    forms = Forms(store.db, FORMS)
    dispatcher.update.outer_middleware(PrivateChat(store, locales, screens, forms))
    dispatcher.callback_query.middleware(AnswerTap(store.db))
    dispatcher.message.middleware(CommandsCloseForms())
    if desk is not None:
        dispatcher.include_router(_desk(desk))
    dispatcher.include_routers(_customers(store, home), Fallback(home).router)
    return dispatcher


def _desk(desk: Desk) -> Router:
    """What only operators reach."""
    pages = (
        CreditPages(desk),
        LookUpPages(desk),
        DeskOrdersPages(desk),
        SafeModePages(desk),
        DecisionPages(desk, CHAT_KINDS),
    )
    return _router(Routes("desk", FromOperator()), pages)


def _customers(store: Storefront, home: HomePages) -> Router:
    """What everybody reaches."""
    catalog = CatalogPages(store, CHAT_KINDS)
    pages = (
        StartPages(home, catalog),
        home,
        catalog,
        NumberPages(store, CHAT_KINDS),
        PurchasePages(store, CHAT_KINDS),
        OrderPages(store, CHAT_KINDS),
        WalletPages(store),
    )
    return _router(Routes("customers"), pages)


def _router(routes: Routes, pages: Iterable[Pages]) -> Router:
    for page in pages:
        page.add_to(routes)
    return routes.router
