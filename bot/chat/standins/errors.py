"""What an operator reads when services cannot stand in for each other."""

from __future__ import annotations

from typing import Final

from bot.catalog.errors import CannotTie, CannotTieReason
from bot.chat.kit.errors import Text, Wordings
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill


def cannot_tie_text(_: Locale, error: CannotTie) -> Rich:
    """Why nothing was tied, and which two services it is about."""
    why = fill(_WHY[error.reason](_), service=f"#{error.service}", first=f"#{error.first}")
    return Rich(_("Nothing was changed.")) + _.gap + why


_WHY: Final[dict[CannotTieReason, Text]] = {
    CannotTieReason.UNKNOWN: lambda _: _("There is no service {service}."),
    CannotTieReason.TOO_FEW: lambda _: _("Name at least two different services."),
    CannotTieReason.SUPPLIER: lambda _: _(
        "{first} and {service} come from the same source. A stand-in has to come from another one."
    ),
    CannotTieReason.KIND: lambda _: _(
        "{first} and {service} are not of the same kind: one brings accounts, the other works on"
        " a link or is a number for codes."
    ),
    CannotTieReason.UNIT: lambda _: _(
        "{first} and {service} are not sold by the same unit: the price of one is for the whole"
        " order, that of the other for each piece."
    ),
    CannotTieReason.DELIVERY: lambda _: _(
        "{first} and {service} are not delivered alike: one comes at once, the other is delivered"
        " by hand and can take a while."
    ),
    CannotTieReason.COUNTRY: lambda _: _(
        "{first} and {service} are numbers of different countries."
    ),
    CannotTieReason.AMOUNTS: lambda _: _(
        "{first} and {service} have no quantity in common: the most that one sells at once is"
        " less than the least of the other."
    ),
}
WORDING: Final[Wordings] = {CannotTie: cannot_tie_text}
