"""What a customer reads when credit does not suffice or was moved before."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.errors import Wordings, plain
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.money.errors import AlreadyReversed, NotEnoughCredit, NotInSteps


def _not_enough(_: Locale, error: NotEnoughCredit) -> Rich:
    said = _("Nothing was charged. You need {amount} more; your wallet shows how to top up.")
    return fill(said, amount=_.money(error.short_by))


def not_in_steps(_: Locale, error: NotInSteps) -> Rich:
    """Why an amount such as 0.005 is not taken."""
    said = _("No money moved. Amounts go in steps of {step} here.")
    return fill(said, step=_.money(error.step))


WORDING: Final[Wordings] = {
    NotEnoughCredit: _not_enough,
    NotInSteps: not_in_steps,
    AlreadyReversed: plain(lambda _: _("No money moved. This has been undone before.")),
}
