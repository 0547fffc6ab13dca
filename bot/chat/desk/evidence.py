"""The evidence about an attempt in doubt: our balance at the supplier before and after it left.

Readings are in the shop's currency: one in another proves nothing and is not written down.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.chat.desk.parts import stamped_lines
from bot.chat.desk.words import supplier_amount
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.orders.order_details import OrderDetails, Reading
from bot.orders.rules.evidence import EvidenceReason, EvidenceResult, EvidenceVerdict

_READINGS: Final = 5


def evidence(_: Locale, details: OrderDetails, now: datetime) -> Rich:
    """The readings around the last attempt of an order in doubt; empty for any other."""
    if details.evidence is None or not details.attempts:
        return Rich()
    left_at = details.attempts[-1].at
    before = [reading for reading in details.readings if reading.at <= left_at][-1:]
    after = [reading for reading in details.readings if reading.at > left_at][-_READINGS:]
    left = fill(_("Sent {when}"), when=_.ago(left_at, now))
    lines: list[Rich | str] = [bold(_("Evidence: our balance at the supplier")), left]
    shown = [_line(_, reading, _("before: {amount}")) for reading in before]
    shown += [_line(_, reading, _("after: {amount}")) for reading in after]
    return join([*lines, *stamped_lines(_, shown)])


def _line(_: Locale, reading: Reading, words: str) -> tuple[datetime, Rich]:
    amount = supplier_amount(_, reading.balance, _.currency)
    return reading.at, fill(words, amount=bold(amount))


def verdict(_: Locale, details: OrderDetails) -> Rich:
    """What the readings say of an order in doubt, in two lines; empty for any other."""
    if details.evidence is None or not details.attempts:
        return Rich()
    return join(_verdict(_, details, details.evidence))


def _verdict(_: Locale, details: OrderDetails, evidence: EvidenceResult) -> tuple[Rich, Rich]:
    headline = {
        EvidenceVerdict.LIKELY_PLACED: _("🔎 Likely placed"),
        EvidenceVerdict.LIKELY_NOT_PLACED: _("🔎 Likely not placed"),
        EvidenceVerdict.INCONCLUSIVE: _("🔎 Inconclusive"),
    }[evidence.verdict]
    fell = evidence.fell
    shown = "" if fell is None else supplier_amount(_, abs(fell), _.currency)
    why = fill(_clue(_, evidence.reason), fell=shown, cost=_.money(details.cost))
    return bold(headline), why


def _clue(_: Locale, reason: EvidenceReason) -> str:
    return {
        EvidenceReason.FELL_BY_COST: _(
            "Our balance fell by {fell}, which no other order explains; the expected cost is "
            "{cost}. Look for the order at the supplier and attach its number."
        ),
        EvidenceReason.DID_NOT_FALL: _(
            "No part of the expected cost of {cost} is missing from our balance. A supplier that "
            "charges late may still take it."
        ),
        EvidenceReason.NONE_BEFORE: _(
            "Our balance before it was sent is not known. Look at the supplier."
        ),
        EvidenceReason.TOO_EARLY: _("The expected cost is {cost}. More readings will follow."),
        EvidenceReason.OTHERS_UNKNOWN: _(
            "Another order there is in doubt too, and nobody knows which of them was charged."
        ),
        EvidenceReason.OTHERS_MOVED_IT: _("Refunds of other orders moved our balance meanwhile."),
        EvidenceReason.ROSE: _("Our balance rose by {fell} meanwhile, so it says nothing."),
        EvidenceReason.FELL_OTHERWISE: _(
            "Our balance fell by {fell}, but the expected cost is {cost}. Look at the supplier."
        ),
    }[reason]
