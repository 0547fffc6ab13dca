"""Puts the conversation together: what surrounds the handlers, and the order they are asked in."""

from __future__ import annotations

from aiogram import Dispatcher, Router

from bot.chat.catalog.handlers import shelf_router
from bot.chat.counting import CountUpdate, CountUpdates, uncounted
from bot.chat.facade import Storefront
from bot.chat.home.commands import commands_router
from bot.chat.home.fallback import leftovers_router
from bot.chat.home.handlers import home_router
from bot.chat.home.typed import typed_router
from bot.chat.kit.forms import Forms
from bot.chat.kit.locale import Voices
from bot.chat.kit.present import Presenter
from bot.chat.middlewares import CommandsWin, Doorway, Failures, OnlyOnce, TapManners
from bot.chat.money.handlers import wallet_router
from bot.chat.numbers.handlers import numbers_router
from bot.chat.orders.handlers import orders_router
from bot.chat.orders.purchase import purchase_router


def build_dispatcher(
    store: Storefront,
    presenter: Presenter,
    voices: Voices,
    desk_router: Router | None = None,
    *,
    count: CountUpdate = uncounted,
) -> Dispatcher:
    """The whole conversation: the desk, commands, taps, typed input, leftovers, in this order."""
    dispatcher, forms = Dispatcher(disable_fsm=True), Forms(store.db)
    dispatcher.update.outer_middleware(CountUpdates(count))
    dispatcher.update.outer_middleware(OnlyOnce())
    dispatcher.update.outer_middleware(Failures(voices, presenter))
    dispatcher.update.outer_middleware(Doorway(store, voices, presenter))
    dispatcher.callback_query.middleware(TapManners(forms))
    dispatcher.message.middleware(CommandsWin(forms))
    desk = () if desk_router is None else (desk_router,)
    dispatcher.include_routers(
        *desk,  # first: an operator's /orders is the desk's
        commands_router(store, voices, forms),
        home_router(store, voices),
        shelf_router(store),
        numbers_router(store, forms),
        purchase_router(store, forms),
        orders_router(store),
        wallet_router(store, forms),
        typed_router(store, forms),
        leftovers_router(store, voices),
    )
    return dispatcher
