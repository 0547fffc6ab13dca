"""The evidence about an attempt in doubt: our balance at the supplier before and after it left."""

from __future__ import annotations

from datetime import datetime

from bot.chat.richtext import Rich, bold, fill, join
from bot.chat.screens.desk_parts import stamped
from bot.chat.screens.desk_words import supplier_amount
from bot.chat.voice import Voice
from bot.domain.order import State
from bot.shop.views import Dossier, Reading

_READINGS = 5


def evidence(_: Voice, dossier: Dossier, now: datetime) -> Rich:
    """The readings around the last attempt of an order in doubt; empty for any other."""
    if dossier.order.state is not State.IN_DOUBT or not dossier.attempts:
        return Rich()
    left_at = dossier.attempts[-1].at
    before = [one for one in dossier.readings if one.at <= left_at][-1:]
    after = [one for one in dossier.readings if one.at > left_at][-_READINGS:]
    left = fill(_("Sent {when}"), when=_.ago(left_at, now))
    lines: list[Rich | str] = [bold(_("Evidence: our balance at the supplier")), left]
    lines.extend(_line(_, dossier, one, _("before")) for one in before)
    lines.extend(_line(_, dossier, one, _("after")) for one in after)
    return join([*lines, _verdict(_, dossier, before, after)])


def _line(_: Voice, dossier: Dossier, one: Reading, when: str) -> Rich:
    amount = supplier_amount(_, one.balance, dossier.charge_currency)
    return stamped(_, one.at, fill("{when}: {amount}", when=when, amount=bold(amount)))


def _verdict(_: Voice, dossier: Dossier, before: list[Reading], after: list[Reading]) -> Rich:
    cost = _.money(dossier.cost)
    if not before or not after:
        return fill(_("Expected cost: {cost}. There are too few readings to compare."), cost=cost)
    fell = before[-1].balance - after[-1].balance
    return fill(
        _(
            "It fell by {fell}; the expected cost is {cost}. Other orders and top-ups "
            "move this balance too: look into the supplier's own order list."
        ),
        fell=supplier_amount(_, fell, dossier.charge_currency),
        cost=cost,
    )
