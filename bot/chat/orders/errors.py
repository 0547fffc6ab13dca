"""What a customer reads when an order cannot be made or changed."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.errors import LATER, Text, Wordings, plain
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.orders.rules.errors import IllegalMove, OverLimit, PriceRose, QuoteExpired, TooManyOpen
from bot.orders.rules.links import BadLink, BadLinkReason
from bot.suppliers.errors import (
    InDoubt,
    Malformed,
    NotSent,
    Refused,
    SupplierError,
    Throttled,
    Unreadable,
)


def bad_link_text(_: Locale, error: BadLink) -> Rich:
    """What was wrong with a typed link, and which one would do."""
    if error.network is None:
        return Rich(_BAD_LINK.get(error.why, _BAD_LINK[BadLinkReason.NOT_A_LINK])(_))
    network, example = _.iso(error.network.name), _.iso(error.network.example)
    return fill(_BAD_PAGE[error.why](_), network=network, example=example)


def _too_many_text(_: Locale, error: TooManyOpen) -> Rich:
    if error.numbers:
        said = _(
            "Nothing was charged. Numbers you can have at once: {most}; under way now: {count}."
            " When one has ended, you can rent the next."
        )
    else:
        said = _(
            "Nothing was charged. Orders you can have at once: {most}; under way now: {count}."
            " When one has ended, you can place the next."
        )
    return fill(said, most=_.number(error.most), count=_.number(error.count))


def _over_limit_text(_: Locale, error: OverLimit) -> Rich:
    if error.spend is not None:
        said = _(
            "Nothing was charged. You can spend {most} a day here, and this would be more. "
            "Please try again later, or write to /support."
        )
        return fill(said, most=_.money(error.spend))
    said = _(
        "Nothing was charged. Orders you can place in one hour: {most}. "
        "Please try again later, or write to /support."
    )
    return fill(said, most=_.number(error.orders or 0))


WORDING: Final[Wordings] = {
    QuoteExpired: plain(
        lambda _: _("Nothing was charged. This price has expired; please ask for a new one.")
    ),
    PriceRose: plain(
        lambda _: _("Nothing was charged. The price has changed; please look at it again.")
    ),
    BadLink: bad_link_text,
    TooManyOpen: _too_many_text,
    OverLimit: _over_limit_text,
    IllegalMove: plain(
        lambda _: _("No money moved. The order has changed in the meantime; please open it again.")
    ),
    SupplierError: LATER,
    NotSent: LATER,
    Refused: LATER,
    InDoubt: plain(lambda _: _("The order is being checked. Your money is safe.")),
    Throttled: LATER,
    Malformed: LATER,
    Unreadable: LATER,
}

_BAD_LINK: Final[dict[BadLinkReason, Text]] = {
    BadLinkReason.NOT_A_LINK: lambda _: _(
        "Nothing was charged. That is not a link; a link looks like https://example.com/page"
    ),
    BadLinkReason.NOT_HTTPS: lambda _: _(
        "Nothing was charged. Only links that start with https:// can be used."
    ),
    BadLinkReason.TOO_LONG: lambda _: _(
        "Nothing was charged. That link is too long; 500 characters is the most."
    ),
    BadLinkReason.NOT_PUBLIC: lambda _: _(
        "Nothing was charged. That address cannot be reached from the internet."
    ),
}
_BAD_PAGE: Final[dict[BadLinkReason, Text]] = {
    BadLinkReason.WRONG_NETWORK: lambda _: _(
        "Nothing was charged. This service works on {network}: please send a link like {example}"
    ),
    BadLinkReason.WRONG_PAGE: lambda _: _(
        "Nothing was charged. This page of {network} does not fit this service: please send a"
        " link like {example}"
    ),
}
"""What is said where the service names a network."""
