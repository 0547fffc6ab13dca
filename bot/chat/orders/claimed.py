"""What a customer reads of their report, on the card of the order and wherever it is shown."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.orders.rules.claims import ClaimReason, ClaimState, Units
from bot.orders.views import ClaimSummary

SIGN: Final = "⚠️"
_LONGEST: Final = 60


def problem_words(_: Locale, reason: ClaimReason) -> str:
    """What is wrong, in the customer's words."""
    return {
        ClaimReason.DOES_NOT_WORK: _("It does not work"),
        ClaimReason.WRONG_ITEM: _("It is the wrong item"),
        ClaimReason.LESS: _("I got less than I ordered"),
        ClaimReason.NOT_ARRIVED: _("It did not arrive"),
        ClaimReason.OTHER: _("Something else"),
    }[reason]


def units_words(_: Locale, pieces: Units, quantity: int) -> str:
    """Which units are meant; empty where there is only one."""
    if quantity <= 1 or not pieces.count:
        return ""
    count = pieces.count
    if count == quantity:
        return fill(_("all {count} pieces"), count=_.number(count)).text
    numbers = clip(str(pieces).replace(",", ", ").replace("-", "–"), _LONGEST)
    said = _.n("piece {numbers}", "pieces {numbers}", count)
    return fill(said, numbers=_.iso(numbers)).text


def claim_line(_: Locale, claim: ClaimSummary, quantity: int) -> Rich:
    """What has become of the customer's report, for the card of an order of so many units."""
    if claim.state is ClaimState.WITHDRAWN:
        return Rich()
    if claim.state is ClaimState.OPEN:
        what = (problem_words(_, claim.reason), units_words(_, claim.pieces, quantity))
        return join([bold(f"{SIGN} " + _("Problem reported")), *what], " · ")
    return Rich("✅ " + _("Your report about a problem is settled."))
