"""The first screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.base.ids import OrderId
from bot.base.money import Money
from bot.chat.catalog.taps import OpenCatalog, OpenFavourites
from bot.chat.desk.taps import OpenDesk
from bot.chat.home.taps import OpenLanguages, OpenTopic
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, Style, balance_line, label, named
from bot.chat.money.taps import OpenWallet, TypeTopup
from bot.chat.numbers.taps import OpenNumbers
from bot.chat.orders.taps import OpenOrders, OrderAgain
from bot.chat.search.taps import OpenSearch


@dataclass(frozen=True, slots=True)
class LastPurchase:
    """What was bought last and can be bought now, by its name in the reader's language.

    `total` is what so many cost today.
    """

    order: OrderId
    name: str
    quantity: int
    total: Money


@dataclass(frozen=True, slots=True)
class Ways:
    """What the menu offers besides what every shop has.

    `desk` is set for operators: how much waits there for their decision. `open_orders` are the
    reader's own. `needs_topup` while their balance buys nothing.
    """

    many_languages: bool = True
    numbers: bool = False
    desk: int | None = None
    open_orders: int = 0
    last: LastPurchase | None = None
    needs_topup: bool = False


_USUAL: Final = Ways()
_LAST_NAME: Final = 18
"""So much of a name leaves the quantity and the price of the last purchase room on a phone."""


@dataclass(frozen=True, slots=True)
class OwnLines:
    """What the operator says on the first screen: `top` above all else, `greeting` as its welcome.

    `closed` is set while the whole shop is switched off.
    """

    top: Rich | str = ""
    greeting: Rich | None = None
    closed: Rich | str = ""


_SHIPPED: Final = OwnLines()


def home_screen(
    _: Locale, shop_name: str, credit: Money, ways: Ways = _USUAL, own: OwnLines = _SHIPPED
) -> Screen:
    """Greeting, balance and the menu."""
    welcome = own.greeting or fill(
        _("Welcome to {shop}!"), shop=bold(named(_, shop_name, IN_BUTTON))
    )
    ask = _("What would you like to do?")
    text = join([welcome, balance_line(_, credit), own.closed, ask])
    return Screen(join([own.top, text], "\n\n"), _menu(_, ways))


def lost_screen(_: Locale, ways: Ways = _USUAL) -> Screen:
    """The answer to a message that no step expects."""
    text = _("I did not understand that. Please choose from the menu, or send /help.")
    return Screen(Rich(text), _menu(_, ways))


def _menu(_: Locale, ways: Ways) -> tuple[Row, ...]:
    languages = (Button(_("🌐 Language"), OpenLanguages()),) if ways.many_languages else ()
    goods: Style | None = None if ways.needs_topup else "primary"
    numbers = (Button(_("📱 SMS numbers"), OpenNumbers(), style=goods),)
    topup = ((Button(_("➕ Top up"), TypeTopup(), style="primary"),),)
    return (
        *_desk(_, ways.desk),
        *(topup if ways.needs_topup else ()),
        *_last(_, ways.last),
        (
            Button(_("🛍 Catalog"), OpenCatalog(), style=goods),
            *(numbers if ways.numbers else ()),
        ),
        (_orders(_, ways.open_orders), Button(_("💳 Wallet"), OpenWallet())),
        (Button(_("🔍 Search"), OpenSearch()), Button(_("★ Favorites"), OpenFavourites())),
        (*languages, Button(_("❓ Help"), OpenTopic())),
    )


def _orders(_: Locale, count: int) -> Button:
    """The way to the orders, with how many are open."""
    words = _("📦 Orders")
    if not count:
        return Button(words, OpenOrders())
    return Button(f"{words} ({_.number(count)})", OpenOrders())


def _last(_: Locale, last: LastPurchase | None) -> tuple[Row, ...]:
    if last is None:
        return ()
    shown = label(
        _("🔁 {name} × {quantity} · {price}"),
        name=named(_, last.name, _LAST_NAME),
        quantity=_.number(last.quantity),
        price=_.money(last.total),
    )
    return ((Button(shown, OrderAgain(order=last.order)),),)


def _desk(_: Locale, waiting: int | None) -> tuple[Row, ...]:
    if waiting is None:
        return ()
    words = _("⚙️ Desk")
    return ((Button(f"{words} · {_.number(waiting)}" if waiting else words, OpenDesk()),),)


def group_screen(_: Locale, shop_name: str, link: str) -> Screen:
    """What the bot says in a group: money and goods belong in a private chat."""
    text = fill(
        _("{shop} is there for you in a private chat."), shop=named(_, shop_name, IN_BUTTON)
    )
    return Screen(text, ((Button(_("Open the shop"), url=link),),))
