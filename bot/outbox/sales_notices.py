"""What operators are told of the shop's sales."""

from __future__ import annotations

from bot.outbox.notice import Notice


class SalesDigest(Notice, frozen=True, tag="a-digest"):
    """To owners, once a day: what the `day` before brought (`date.toordinal`), and what waits."""

    day: int
