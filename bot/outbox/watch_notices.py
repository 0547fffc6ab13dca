"""What customers are told of the services that they wait for."""

from __future__ import annotations

from bot.outbox.notice import Notice


class WatchedCame(Notice, frozen=True, tag="watched"):
    """To a customer: what they waited for has come true; `batch` says which watches are told."""

    batch: int
