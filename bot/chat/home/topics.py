"""Help and the pages behind it, and the choice of language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bot.chat.broadcasts.taps import OpenNews
from bot.chat.facade import ShopProfile
from bot.chat.home.taps import ChooseLanguage, OpenTopic, Topic
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON
from bot.chat.kit.richtext import Rich, bold, fill, join, rich
from bot.chat.kit.screen import Button, Screen, choice, footer, named
from bot.i18n.language import LANGUAGES


def topic_screen(_: Locale, topic: Topic, profile: ShopProfile, own: Rich | None = None) -> Screen:
    """One page of help, in the operator's own words where there are any."""
    titles = {known: title(_) for known, title in _TITLES.items()}
    said = _PAGES[topic](_, profile) if own is None else [own]
    text = join([bold(titles[topic]), *said], "\n\n")
    if topic is not Topic.HELP:
        return Screen(text, (footer(_, OpenTopic()),))
    others = [
        (Button(title, OpenTopic(topic=other)),)
        for other, title in titles.items()
        if other is not Topic.HELP
    ]
    news = (Button(_("🔔 News from the shop"), OpenNews()),)
    return Screen(text, (*others, news, footer(_)))


def language_screen(_: Locale, codes: Sequence[str]) -> Screen:
    """The languages by their own names, two a row."""
    buttons = [
        choice(LANGUAGES[code], ChooseLanguage(code=code), chosen=code == _.code) for code in codes
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen(bold(_("Choose your language")), (*rows, footer(_)))


def _help(_: Locale, profile: ShopProfile) -> Sequence[Rich | str]:
    return [
        _("Choose something in the catalog, say how many, and confirm."),
        _(
            "You pay from your balance. The money is set aside first and paid when your goods"
            " arrive."
        ),
        _(
            "What you bought arrives here as a new message, and you can open it again under"
            " Orders."
        ),
        _("Whatever is not delivered is refunded to your balance by itself."),
        _("Commands: /catalog /orders /wallet /language /help /support"),
    ]


def _terms(_: Locale, profile: ShopProfile) -> Sequence[Rich | str]:
    return [
        fill(_("These are the terms of {shop}."), shop=named(_, profile.shop_name, IN_BUTTON)),
        _("You pay the price that you confirm, and never more."),
        _("Goods are for lawful use; check them as soon as they arrive."),
        _("What is not delivered is refunded to your balance in full."),
        _("If goods do not work, use the Problem button on the order."),
    ]


def _privacy(_: Locale, profile: ShopProfile) -> Sequence[Rich | str]:
    return [
        _("We keep your Telegram id, name and language, your orders and your balance."),
        _("Delivered goods are kept encrypted, so that you can open them again."),
        _("What you searched for is forgotten after a month."),
        _("Your favorites and alerts are kept until you remove them."),
        _("Which news of ours reached you is forgotten after a month."),
        _("We never sell it or show it to others. To have it deleted, write to support."),
    ]


def _support(_: Locale, profile: ShopProfile) -> Sequence[Rich | str]:
    return [
        _contact(_, profile),
        _("For one order, the Problem button on its card is the fastest way."),
    ]


def _paysupport(_: Locale, profile: ShopProfile) -> Sequence[Rich | str]:
    return [
        _(
            "Your money is safe: every payment and refund is written down and shown in your"
            " wallet."
        ),
        _("If a payment is missing or wrong, tell us the amount and the time."),
        _contact(_, profile),
    ]


def _contact(_: Locale, profile: ShopProfile) -> Rich:
    contact = profile.support_contact.strip()
    if not contact:
        return Rich(
            _("Use the Problem button on your order, and someone from the shop will look at it.")
        )
    return fill(_("Write to {contact}."), contact=rich(contact).cut(500))


_TITLES: Final[dict[Topic, Callable[[Locale], str]]] = {
    Topic.HELP: lambda _: _("❓ Help"),
    Topic.TERMS: lambda _: _("Terms"),
    Topic.PRIVACY: lambda _: _("Privacy"),
    Topic.SUPPORT: lambda _: _("Support"),
    Topic.PAYSUPPORT: lambda _: _("Help with payments"),
}

_PAGES: Final[dict[Topic, Callable[[Locale, ShopProfile], Sequence[Rich | str]]]] = {
    Topic.HELP: _help,
    Topic.TERMS: _terms,
    Topic.PRIVACY: _privacy,
    Topic.SUPPORT: _support,
    Topic.PAYSUPPORT: _paysupport,
}
