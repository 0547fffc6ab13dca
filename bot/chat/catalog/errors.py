"""What a customer reads when something cannot be bought, or not so many of it."""

from __future__ import annotations

from typing import Final

from bot.base.quantity import BadQuantity, QuantityRefusal
from bot.catalog.errors import (
    CannotPlace,
    CannotPlaceReason,
    NotForSale,
    NotForSaleReason,
    SoldOut,
    TooManyFavourites,
    TooManyWatches,
)
from bot.chat.kit.errors import Text, Wordings
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.chat.own_words import words_of


def sold_out_text(_: Locale, error: SoldOut) -> Rich:
    """How many are left."""
    if error.left <= 0:
        return Rich(
            _("Nothing was charged. This has just sold out; please choose something else.")
        )
    said = _.n(
        "Nothing was charged. Only {count} is left; please choose a smaller quantity.",
        "Nothing was charged. Only {count} are left; please choose a smaller quantity.",
        error.left,
    )
    return fill(said, count=_.number(error.left))


def not_for_sale_text(_: Locale, error: NotForSale) -> Rich:
    """What the operator says of it; else whether to come back later or to look for another."""
    own = words_of(_, error.said)
    if own is not None:
        return Rich(_("Nothing was charged.")) + _.gap + "⏸ " + own
    if error.reason is NotForSaleReason.STALE:
        said = _(
            "Nothing was charged. We cannot check the stock right now; please try again later."
        )
    elif error.reason is NotForSaleReason.PRICE_JUMPED:
        said = _(
            "Nothing was charged. The price of this is changing right now, so it is paused for a"
            " moment. Please look again a little later."
        )
    elif error.reason in GONE_FOR_GOOD:
        said = _("Nothing was charged. This is no longer sold; please choose something else.")
    else:
        said = _("Nothing was charged. This is not for sale right now; please try again later.")
    return Rich(said)


def bad_quantity_text(_: Locale, error: BadQuantity) -> Rich:
    """What was wrong with a typed quantity, and what would fit."""
    reason = _BAD_QUANTITY[error.why](_)
    least, most = _.number(error.least), _.number(error.most)
    if error.least == error.most:
        hint = fill(_("You can order exactly {count} at once."), count=least)
    else:
        hint = fill(
            _("Please send a whole number from {least} to {most}."), least=least, most=most
        )
    return Rich(reason) + _.gap + hint


def cannot_place_text(_: Locale, error: CannotPlace) -> Rich:
    """Why a category stays where it is."""
    return Rich(
        {
            CannotPlaceReason.UNKNOWN: _("Nothing was changed: there is no such category."),
            CannotPlaceReason.SAME: _("Nothing was changed: that is the same category."),
            CannotPlaceReason.CIRCLE: _(
                "Nothing was changed: each of these categories would then be inside the other."
                " Undo the other move first."
            ),
            CannotPlaceReason.TAKEN: _(
                "Nothing was changed: there is a category of that name. Merge into it instead."
            ),
            CannotPlaceReason.NAME: _("Nothing was changed: a name has 1 to 60 characters."),
            CannotPlaceReason.ICON: _("Nothing was changed: an icon is one emoji, such as 📧."),
        }[error.reason]
    )


def too_many_favourites_text(_: Locale, error: TooManyFavourites) -> Rich:
    """As many as are kept."""
    said = _(
        "You already have {count} favorites, and we can keep no more. Remove one to add another."
    )
    return fill(said, count=_.number(error.most))


def too_many_watches_text(_: Locale, error: TooManyWatches) -> Rich:
    """As many as one customer may wait for."""
    said = _("You already have {count} alerts, and we can keep no more. Stop one to add another.")
    return fill(said, count=_.number(error.most))


WORDING: Final[Wordings] = {
    CannotPlace: cannot_place_text,
    TooManyFavourites: too_many_favourites_text,
    TooManyWatches: too_many_watches_text,
    SoldOut: sold_out_text,
    NotForSale: not_for_sale_text,
    BadQuantity: bad_quantity_text,
}


GONE_FOR_GOOD: Final = frozenset(
    {NotForSaleReason.GONE, NotForSaleReason.UNSUPPORTED_TYPE, NotForSaleReason.SOCIAL_OFF}
    | {NotForSaleReason.HIDDEN, NotForSaleReason.DENIED}
)
"""Reasons that do not pass by themselves."""
_BAD_QUANTITY: Final[dict[QuantityRefusal, Text]] = {
    QuantityRefusal.NOT_A_NUMBER: lambda _: _("Nothing was charged. That is not a number."),
    QuantityRefusal.FRACTION: lambda _: _("Nothing was charged. That is not a whole number."),
    QuantityRefusal.UNCLEAR: lambda _: _(
        "Nothing was charged. That can be read in two ways; please type only the digits."
    ),
    QuantityRefusal.NEGATIVE: lambda _: _("Nothing was charged. The quantity must be above zero."),
    QuantityRefusal.TOO_FEW: lambda _: _("Nothing was charged. That is too few."),
    QuantityRefusal.TOO_MANY: lambda _: _("Nothing was charged. That is too many."),
}
