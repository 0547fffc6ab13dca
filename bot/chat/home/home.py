"""The first screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.base.money import Money
from bot.chat.catalog.taps import OpenCatalog, OpenFavourites
from bot.chat.desk.taps import OpenDesk
from bot.chat.home.taps import OpenLanguages, OpenTopic
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON
from bot.chat.kit.richtext import bold, fill, join
from bot.chat.kit.routes import MenuCommand
from bot.chat.kit.screen import Button, Row, Screen, balance_line, named
from bot.chat.money.taps import OpenWallet
from bot.chat.numbers.taps import OpenNumbers
from bot.chat.orders.taps import OpenOrders
from bot.chat.search.taps import OpenSearch


@dataclass(frozen=True, slots=True)
class Ways:
    """What the menu offers besides what every shop has.

    `desk` is set for operators: how much waits there for their decision.
    """

    many_languages: bool = True
    numbers: bool = False
    desk: int | None = None


_USUAL: Final = Ways()


def home_screen(_: Locale, shop_name: str, credit: Money, ways: Ways = _USUAL) -> Screen:
    """Greeting, balance and the menu."""
    welcome = fill(_("Welcome to {shop}!"), shop=bold(named(_, shop_name, IN_BUTTON)))
    text = join([welcome, balance_line(_, credit), "", _("What would you like to do?")])
    return Screen(text, _menu(_, ways))


def lost_screen(_: Locale, ways: Ways = _USUAL, commands: Sequence[MenuCommand] = ()) -> Screen:
    """The answer to a message that no step expects, with what can be sent."""
    lost = _("I did not understand that. This is what you can send:")
    lines = (join([_.iso(f"/{one.name}"), one.text(_)], "  ") for one in commands)
    return Screen(join([lost, *lines]), _menu(_, ways))


def _menu(_: Locale, ways: Ways) -> tuple[Row, ...]:
    languages = (Button(_("🌐 Language"), OpenLanguages()),) if ways.many_languages else ()
    numbers = (Button(_("📱 SMS numbers"), OpenNumbers(), style="primary"),)
    return (
        *_desk(_, ways.desk),
        (
            Button(_("🛍 Catalog"), OpenCatalog(), style="primary"),
            *(numbers if ways.numbers else ()),
        ),
        (Button(_("📦 Orders"), OpenOrders()), Button(_("💳 Wallet"), OpenWallet())),
        (Button(_("🔍 Search"), OpenSearch()), Button(_("★ Favorites"), OpenFavourites())),
        (*languages, Button(_("❓ Help"), OpenTopic())),
    )


def _desk(_: Locale, waiting: int | None) -> tuple[Row, ...]:
    if waiting is None:
        return ()
    words = _("⚙️ Desk")
    return ((Button(f"{words} · {_.number(waiting)}" if waiting else words, OpenDesk()),),)


def group_screen(_: Locale, shop_name: str, link: str) -> Screen:
    """What the bot says in a group: money and goods belong in a private chat."""
    text = fill(_("{shop} serves you in a private chat."), shop=named(_, shop_name, IN_BUTTON))
    return Screen(text, ((Button(_("Open the shop"), url=link),),))
