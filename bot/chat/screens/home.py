"""The first screen."""

from __future__ import annotations

from bot.chat.callbacks import OpenCatalog, OpenLanguages, OpenOrders, OpenTopic, OpenWallet
from bot.chat.names import IN_BUTTON, fit
from bot.chat.richtext import Rich, bold, fill, join
from bot.chat.screen import Button, Row, Screen
from bot.chat.screens.parts import balance_line, named
from bot.chat.voice import Voice
from bot.domain.money import Money


def home_screen(_: Voice, shop_name: str, credit: Money, *, many_languages: bool = True) -> Screen:
    """Greeting, balance and the ways on."""
    welcome = fill(_("Welcome to {shop}!"), shop=bold(named(_, shop_name, IN_BUTTON)))
    text = join([welcome, balance_line(_, credit), "", _("What would you like to do?")])
    return Screen(text, _menu(_, many_languages=many_languages))


def lost_screen(_: Voice, *, many_languages: bool = True) -> Screen:
    """Something was written that no step expects."""
    text = _("I did not understand that. Please choose from the menu, or send /help.")
    return Screen(Rich(text), _menu(_, many_languages=many_languages))


def _menu(_: Voice, *, many_languages: bool) -> tuple[Row, ...]:
    languages = (Button(_("🌐 Language"), OpenLanguages()),) if many_languages else ()
    return (
        (Button(_("🛍 Catalog"), OpenCatalog(), style="primary"),),
        (Button(_("📦 Orders"), OpenOrders()), Button(_("💳 Wallet"), OpenWallet())),
        (*languages, Button(_("❓ Help"), OpenTopic())),
    )


def group_screen(_: Voice, shop_name: str, link: str) -> Screen:
    """What the bot says in a group, where nobody's money or goods belong."""
    text = fill(_("{shop} serves you in a private chat."), shop=fit(shop_name, IN_BUTTON))
    return Screen(text, ((Button(_("Open the shop"), url=link),),))
