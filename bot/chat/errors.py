"""What a customer reads of an error: the wordings of all nouns, and those of shared errors."""

from __future__ import annotations

from typing import Final

from bot.base.errors import (
    Banned,
    DatabaseUnavailable,
    NotAllowed,
    NotYours,
    PerhapsDone,
    RefundTooLarge,
    ShopClosed,
    ShopError,
    TooLate,
)
from bot.chat.broadcasts import errors as broadcasts
from bot.chat.catalog import errors as catalog
from bot.chat.catalog.taps import OpenCatalog
from bot.chat.kit.errors import LATER, Wordings, plain
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.chat.kit.screen import Button, Screen, footer
from bot.chat.money import errors as money
from bot.chat.orders import errors as orders
from bot.chat.orders.taps import OpenOrders
from bot.chat.people import errors as people
from bot.chat.prices import words as prices
from bot.chat.standins import errors as standins
from bot.chat.texts import errors as texts
from bot.orders.rules.errors import TooManyOpen


def error_text(_: Locale, error: ShopError) -> Rich:
    """The words for a refusal."""
    for kind in type(error).__mro__:
        if kind in WORDING:
            return WORDING[kind](_, error)
    return neutral_text(_)


def error_screen(_: Locale, error: ShopError) -> Screen:
    """The words for a refusal, with buttons that lead to where it sends its reader."""
    way = Button(_("🛍 Catalog"), OpenCatalog())
    if isinstance(error, (NotYours, PerhapsDone, TooManyOpen)):
        way = Button(_("📦 Orders"), OpenOrders())
    return Screen(error_text(_, error), ((way,), footer(_)))


def neutral_text(_: Locale, *, buying: bool = False) -> Rich:
    """The words for an unexpected failure; while `buying`, money may have been held."""
    if buying:
        return Rich(
            _(
                "Your money is safe, but something went wrong. If the order went through, you"
                " will find it under Orders. Nothing is ever bought twice."
            )
        )
    return Rich(_("Nothing was charged by this tap: something went wrong. Please try again."))


def neutral_screen(_: Locale, *, buying: bool = False) -> Screen:
    """An unexpected failure, with buttons that lead on."""
    orders_row = ((Button(_("📦 Orders"), OpenOrders()),),) if buying else ()
    return Screen(neutral_text(_, buying=buying), (*orders_row, footer(_)))


_CLOSED: Final = plain(
    lambda _: _("Nothing was charged. The shop is closed for a check; please come back later.")
)


def _refund_too_large(_: Locale, error: RefundTooLarge) -> Rich:
    said = _("No money moved: your role may give back up to {most} at once. An owner can do it.")
    return fill(said, most=_.money(error.most))


WORDING: Final[Wordings] = {
    ShopError: LATER,
    NotYours: plain(
        lambda _: _("Nothing was charged. We cannot find that; please look under Orders.")
    ),
    Banned: plain(
        lambda _: _(
            "Nothing was charged. You cannot buy here at the moment; please write to /support."
        )
    ),
    NotAllowed: plain(
        lambda _: _("Nothing was done: your role does not permit this. An owner can do it.")
    ),
    RefundTooLarge: _refund_too_large,
    TooLate: plain(
        lambda _: _("No money moved. This has been decided meanwhile; please open it again.")
    ),
    ShopClosed: _CLOSED,
    DatabaseUnavailable: _CLOSED,
    PerhapsDone: plain(
        lambda _: _(
            "Your money is safe, but we did not hear back whether this was done. Please check"
            " before you do it again."
        )
    ),
    **broadcasts.WORDING,
    **catalog.WORDING,
    **orders.WORDING,
    **money.WORDING,
    **people.WORDING,
    **prices.WORDING,
    **texts.WORDING,
    **standins.WORDING,
}
"""Every refusal of the shop; held complete by a test that walks the tree."""
