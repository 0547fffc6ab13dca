"""What operators watch of a broadcast, and what they are told of it."""

from __future__ import annotations

from bot.outbox.notice import Notice


class BroadcastCard(Notice, frozen=True, tag="broadcast-card"):
    """To the operator who watches it: the card of a broadcast is to be edited."""

    broadcast: int


class BroadcastAlert(Notice, frozen=True, tag="a-broadcast"):
    """To operators: a broadcast was paused by itself."""

    broadcast: int
