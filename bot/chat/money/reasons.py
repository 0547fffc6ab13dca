"""Why a request for a top-up was denied, in its reader's words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, fill, rich
from bot.money.decide import DenyReason

_LONGEST: Final = 500


def reason_line(_: Locale, reason: str) -> Rich:
    """The reason as customers read it; empty where none was given."""
    if reason in _SAID:
        return rich(_SAID[DenyReason(reason)](_))
    words = clip(reason, _LONGEST)
    return fill(_("The shop writes: “{words}”"), words=_.iso(words)) if words else Rich()


def reason_label(_: Locale, reason: DenyReason) -> str:
    """The same on an operator's button."""
    return _LABELS[reason](_)


_SAID: Final[dict[str, Callable[[Locale], str]]] = {
    DenyReason.NOT_FOUND: lambda _: _("We could not find your payment."),
    DenyReason.TOO_LITTLE: lambda _: _("Less was paid than you asked for."),
    DenyReason.UNREADABLE: lambda _: _("We could not read your proof of payment."),
    DenyReason.ALREADY_ADDED: lambda _: _("This payment was added to your balance before."),
}

_LABELS: Final[dict[DenyReason, Callable[[Locale], str]]] = {
    DenyReason.NOT_FOUND: lambda _: _("No payment found"),
    DenyReason.TOO_LITTLE: lambda _: _("Too little was paid"),
    DenyReason.UNREADABLE: lambda _: _("The proof cannot be read"),
    DenyReason.ALREADY_ADDED: lambda _: _("Added before"),
}
