"""What operators watch of a broadcast."""

from __future__ import annotations

from bot.outbox.notice import Notice


class BroadcastCard(Notice, frozen=True, tag="broadcast-card"):
    """To the operator who watches it: the card of a broadcast is to be edited."""

    broadcast: int
