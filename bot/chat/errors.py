"""What a customer reads when the shop says no: the money first, then what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bot.base.errors import Banned, BooksClosed, NotYours, ShopClosed, ShopError, TooLate
from bot.base.quantity import BadQuantity, WhyNot
from bot.catalog.errors import NotForSale, SoldOut, WhyNotForSale
from bot.chat.catalog.taps import OpenCatalog
from bot.chat.kit.locale import Voice
from bot.chat.kit.parts import footer
from bot.chat.kit.richtext import Rich, fill
from bot.chat.kit.screen import Button, Screen
from bot.chat.orders.taps import OpenOrders
from bot.money.errors import AlreadyReversed, NotEnoughCredit
from bot.orders.rules.errors import IllegalMove, PriceRose, QuoteExpired
from bot.orders.rules.links import BadLink, WhyBadLink
from bot.suppliers.errors import InDoubt, Malformed, NotSent, Refused, SupplierError, Throttled


def error_text(_: Voice, error: ShopError) -> Rich:
    """The words for a refusal."""
    for kind in type(error).__mro__:
        if kind in WORDING:
            return WORDING[kind](_, error)
    return neutral_text(_)


def error_screen(_: Voice, error: ShopError) -> Screen:
    """The words for a refusal with the ways on."""
    return Screen(error_text(_, error), ((Button(_("🛍 Catalog"), OpenCatalog()),), footer(_)))


def neutral_text(_: Voice, *, buying: bool = False) -> Rich:
    """The words for what nobody foresaw; while `buying`, money may have been set aside."""
    if buying:
        return Rich(
            _(
                "Your money is safe, but something went wrong. If the order was made, it stands"
                " under Orders. Nothing is ever bought twice."
            )
        )
    return Rich(_("Nothing was charged by this tap: something went wrong. Please try again."))


def neutral_screen(_: Voice, *, buying: bool = False) -> Screen:
    """What nobody foresaw, with the ways on."""
    orders = ((Button(_("📦 Orders"), OpenOrders()),),) if buying else ()
    return Screen(neutral_text(_, buying=buying), (*orders, footer(_)))


def out_of_date(_: Voice) -> str:
    """The answer to a tap on a button that no longer means anything."""
    return _("This button is out of date.")


def _not_enough(_: Voice, error: NotEnoughCredit) -> Rich:
    said = _("Nothing was charged. You need {amount} more; your wallet shows how to top up.")
    return fill(said, amount=_.money(error.short_by))


def _sold_out(_: Voice, error: SoldOut) -> Rich:
    if error.left <= 0:
        return Rich(_("Nothing was charged. This has just sold out; please look for another."))
    said = _.n(
        "Nothing was charged. Only {count} is left; please choose a smaller quantity.",
        "Nothing was charged. Only {count} are left; please choose a smaller quantity.",
        error.left,
    )
    return fill(said, count=_.number(error.left))


def _not_for_sale(_: Voice, error: NotForSale) -> Rich:
    return Rich(_NOT_FOR_SALE[error.reason](_))


def _bad_link(_: Voice, error: BadLink) -> Rich:
    return Rich(_BAD_LINK[error.why](_))


def _bad_quantity(_: Voice, error: BadQuantity) -> Rich:
    reason = _BAD_QUANTITY[error.why](_)
    if error.least == error.most:
        hint = _("Exactly {least} can be ordered.")
    else:
        hint = _("Please send a whole number from {least} to {most}.")
    return (
        Rich(reason) + _.gap + fill(hint, least=_.number(error.least), most=_.number(error.most))
    )


_Wording = Callable[[Voice, Any], Rich]


def _plain(said: Callable[[Voice], str]) -> _Wording:
    return lambda _, error: Rich(said(_))


_LATER: Final = _plain(
    lambda _: _("Nothing was charged. The shop cannot do this right now; please try again later.")
)

_CLOSED: Final = _plain(
    lambda _: _("Nothing was charged. The shop is closed for a check; please come back later.")
)

WORDING: Final[dict[type[BaseException], _Wording]] = {
    ShopError: _LATER,
    NotEnoughCredit: _not_enough,
    SoldOut: _sold_out,
    NotForSale: _not_for_sale,
    QuoteExpired: _plain(
        lambda _: _("Nothing was charged. This price has expired; please ask for it again.")
    ),
    PriceRose: _plain(
        lambda _: _("Nothing was charged. The price has changed; please look at it again.")
    ),
    NotYours: _plain(
        lambda _: _("Nothing was charged. We cannot find that; please look under Orders.")
    ),
    Banned: _plain(
        lambda _: _("Nothing was charged. You cannot buy here at the moment; write to /support.")
    ),
    BadLink: _bad_link,
    IllegalMove: _plain(
        lambda _: _("No money moved. The order has gone on meanwhile; please open it again.")
    ),
    AlreadyReversed: _plain(lambda _: _("No money moved. This has been undone before.")),
    TooLate: _plain(
        lambda _: _("No money moved. This has been decided meanwhile; please open it again.")
    ),
    ShopClosed: _CLOSED,
    BooksClosed: _CLOSED,
    BadQuantity: _bad_quantity,
    SupplierError: _LATER,
    NotSent: _LATER,
    Refused: _LATER,
    InDoubt: _plain(lambda _: _("The order is being checked, your money is safe.")),
    Throttled: _LATER,
    Malformed: _LATER,
}
"""Every refusal of the shop; held complete by a test that walks the tree."""

_Words = Callable[[Voice], str]


def _gone(_: Voice) -> str:
    return _("Nothing was charged. This is not for sale any more; please look for another.")


def _paused(_: Voice) -> str:
    return _("Nothing was charged. This is not for sale right now; please try again later.")


_NOT_FOR_SALE: Final[dict[WhyNotForSale, _Words]] = {
    WhyNotForSale.GONE: _gone,
    WhyNotForSale.UNKNOWN_BASIS: _paused,
    WhyNotForSale.NEGATIVE_MARGIN: _paused,
    WhyNotForSale.UNSUPPORTED_TYPE: _gone,
    WhyNotForSale.SOCIAL_OFF: _gone,
    WhyNotForSale.UNREADABLE: _paused,
    WhyNotForSale.SERVICE_PAUSED: _paused,
    WhyNotForSale.SUPPLIER_PAUSED: _paused,
    WhyNotForSale.STALE: lambda _: _(
        "Nothing was charged. We cannot check the stock right now; please try again later."
    ),
}

_BAD_LINK: Final[dict[WhyBadLink, _Words]] = {
    WhyBadLink.NOT_A_LINK: lambda _: _(
        "Nothing was charged. That is not a link; it looks like https://example.com/page"
    ),
    WhyBadLink.NOT_HTTPS: lambda _: _(
        "Nothing was charged. Only links that start with https:// can be used."
    ),
    WhyBadLink.TOO_LONG: lambda _: _(
        "Nothing was charged. That link is too long; 500 characters is the most."
    ),
}

_BAD_QUANTITY: Final[dict[WhyNot, _Words]] = {
    WhyNot.NOT_A_NUMBER: lambda _: _("Nothing was charged. That is not a number."),
    WhyNot.FRACTION: lambda _: _("Nothing was charged. Parts cannot be ordered."),
    WhyNot.NEGATIVE: lambda _: _("Nothing was charged. Less than nothing cannot be ordered."),
    WhyNot.TOO_FEW: lambda _: _("Nothing was charged. That is too few."),
    WhyNot.TOO_MANY: lambda _: _("Nothing was charged. That is too many."),
}
