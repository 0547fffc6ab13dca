"""What a customer reads when something cannot be bought, or not so many of it."""

from __future__ import annotations

from typing import Final

from bot.base.quantity import BadQuantity, QuantityRefusal
from bot.catalog.errors import NotForSale, NotForSaleReason, SoldOut
from bot.chat.kit.errors import Text, Wordings
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill


def sold_out_text(_: Locale, error: SoldOut) -> Rich:
    """How many are left."""
    if error.left <= 0:
        return Rich(_("Nothing was charged. This has just sold out; please look for another."))
    said = _.n(
        "Nothing was charged. Only {count} is left; please choose a smaller quantity.",
        "Nothing was charged. Only {count} are left; please choose a smaller quantity.",
        error.left,
    )
    return fill(said, count=_.number(error.left))


def not_for_sale_text(_: Locale, error: NotForSale) -> Rich:
    """Whether to come back later or to look for another."""
    return Rich(_NOT_FOR_SALE[error.reason](_))


def bad_quantity_text(_: Locale, error: BadQuantity) -> Rich:
    """What was wrong with a typed quantity, and what would fit."""
    reason = _BAD_QUANTITY[error.why](_)
    if error.least == error.most:
        hint = _("Exactly {least} can be ordered.")
    else:
        hint = _("Please send a whole number from {least} to {most}.")
    return (
        Rich(reason) + _.gap + fill(hint, least=_.number(error.least), most=_.number(error.most))
    )


WORDING: Final[Wordings] = {
    SoldOut: sold_out_text,
    NotForSale: not_for_sale_text,
    BadQuantity: bad_quantity_text,
}


def _gone(_: Locale) -> str:
    return _("Nothing was charged. This is not for sale any more; please look for another.")


def _paused(_: Locale) -> str:
    return _("Nothing was charged. This is not for sale right now; please try again later.")


_NOT_FOR_SALE: Final[dict[NotForSaleReason, Text]] = {
    NotForSaleReason.GONE: _gone,
    NotForSaleReason.UNKNOWN_BASIS: _paused,
    NotForSaleReason.NEGATIVE_MARGIN: _paused,
    NotForSaleReason.UNSUPPORTED_TYPE: _gone,
    NotForSaleReason.SOCIAL_OFF: _gone,
    NotForSaleReason.UNREADABLE: _paused,
    NotForSaleReason.SERVICE_PAUSED: _paused,
    NotForSaleReason.SUPPLIER_PAUSED: _paused,
    NotForSaleReason.STALE: lambda _: _(
        "Nothing was charged. We cannot check the stock right now; please try again later."
    ),
}

_BAD_QUANTITY: Final[dict[QuantityRefusal, Text]] = {
    QuantityRefusal.NOT_A_NUMBER: lambda _: _("Nothing was charged. That is not a number."),
    QuantityRefusal.FRACTION: lambda _: _("Nothing was charged. Parts cannot be ordered."),
    QuantityRefusal.NEGATIVE: lambda _: _(
        "Nothing was charged. Less than nothing cannot be ordered."
    ),
    QuantityRefusal.TOO_FEW: lambda _: _("Nothing was charged. That is too few."),
    QuantityRefusal.TOO_MANY: lambda _: _("Nothing was charged. That is too many."),
}
