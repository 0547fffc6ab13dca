"""What a customer reads when credit does not suffice or was moved before."""

from __future__ import annotations

from typing import Final

from bot.chat.kit.errors import Wordings, plain
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, fill
from bot.money.errors import (
    AlreadyReversed,
    NeedsSecond,
    NotEnoughCredit,
    NotInSteps,
    OwnApproval,
    OwnCredit,
    RequestChanged,
)


def _not_enough(_: Locale, error: NotEnoughCredit) -> Rich:
    said = _("Nothing was charged. You need {amount} more; your wallet shows how to top up.")
    return fill(said, amount=_.money(error.short_by))


def not_in_steps(_: Locale, error: NotInSteps) -> Rich:
    """Why an amount such as 0.005 is not taken."""
    said = _("No money moved. Amounts go in steps of {step} here.")
    return fill(said, step=_.money(error.step))


def too_much(_: Locale) -> Rich:
    """Why an amount does not fit into a balance."""
    return Rich(_("No money moved. That is more than a balance can hold."))


def own_credit(_: Locale) -> Rich:
    """Why an operator gets nothing from themself."""
    return Rich(
        _("No money moved. Only an owner may give credit to themself; ask another operator.")
    )


def own_approval(_: Locale) -> Rich:
    """Why nobody agrees to their own."""
    return Rich(_("No money moved. Another operator has to agree to this."))


def request_changed(_: Locale) -> Rich:
    """Why what was read is not given."""
    return Rich(_("No money moved. The customer has changed the amount: please look again."))


def needs_second(_: Locale, error: NeedsSecond) -> Rich:
    """Why a second operator is asked."""
    said = _("No money moved. One operator may give {most} a day; another one has to agree.")
    return fill(said, most=_.money(error.most))


WORDING: Final[Wordings] = {
    NotEnoughCredit: _not_enough,
    NotInSteps: not_in_steps,
    NeedsSecond: needs_second,
    OwnCredit: lambda _, _error: own_credit(_),
    OwnApproval: lambda _, _error: own_approval(_),
    RequestChanged: lambda _, _error: request_changed(_),
    AlreadyReversed: plain(lambda _: _("No money moved. This has been undone before.")),
}
