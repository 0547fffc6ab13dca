"""What an operator reads when a broadcast cannot be changed or sent."""

from __future__ import annotations

from typing import Final

from bot.broadcasts.errors import CannotBroadcast, CannotBroadcastReason
from bot.chat.kit.errors import Text, Wordings
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich

_REASONS: Final[dict[CannotBroadcastReason, Text]] = {
    CannotBroadcastReason.CHANGED: lambda _: _(
        "Nothing was done by this tap: the broadcast has changed meanwhile. Here it is as it "
        "stands now."
    ),
    CannotBroadcastReason.NOBODY: lambda _: _(
        "Nothing was done: nobody is among those you chose. Ask less of them, or wait until "
        "somebody is."
    ),
}


def cannot_broadcast_text(_: Locale, error: CannotBroadcast) -> str:
    """Why nothing was done."""
    return _REASONS[error.reason](_)


WORDING: Final[Wordings] = {
    CannotBroadcast: lambda _, error: Rich(cannot_broadcast_text(_, error)),
}
