"""How fast a bot may send before Telegram tells it to wait."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sandbox.clock import Now

_MINUTE_S: Final = 60


@dataclass(frozen=True)
class Limits:
    """The pace Telegram documents; hand it to `TelegramWorld.limits` to switch it on."""

    per_chat_per_s: float = 1
    burst: int = 3
    """How many messages one chat takes at once after a rest."""
    overall_per_s: float = 30
    group_per_minute: float = 20


@dataclass
class _Bucket:
    """Tokens that come back at a steady rate, up to a capacity."""

    rate_per_s: float
    capacity: float
    tokens: float
    at: datetime

    def wait_s(self, now: datetime) -> float:
        """Refill, and answer how long until one token is there."""
        grown = self.tokens + (now - self.at).total_seconds() * self.rate_per_s
        self.tokens, self.at = min(self.capacity, grown), now
        return max(0.0, (1 - self.tokens) / self.rate_per_s)


@dataclass
class Pacing:
    """Remembers what was sent lately, and answers how long to wait."""

    now: Now
    limits: Limits
    _chats: dict[int, _Bucket] = field(default_factory=dict)
    _overall: list[_Bucket] = field(default_factory=list)

    def find_wait(self, chat_id: int) -> int | None:
        """Count one message to a chat; answer the seconds to wait instead when it is too soon."""
        now = self.now()
        buckets = (self._of_chat(chat_id), self._of_all())
        wait_s = max(bucket.wait_s(now) for bucket in buckets)
        if wait_s > 0:
            return math.ceil(wait_s)
        for bucket in buckets:
            bucket.tokens -= 1
        return None

    def _of_chat(self, chat_id: int) -> _Bucket:
        if chat_id not in self._chats:
            is_group = chat_id < 0
            limits = self.limits
            rate = limits.group_per_minute / _MINUTE_S if is_group else limits.per_chat_per_s
            capacity = limits.group_per_minute if is_group else limits.burst
            self._chats[chat_id] = _Bucket(rate, capacity, capacity, self.now())
        return self._chats[chat_id]

    def _of_all(self) -> _Bucket:
        if not self._overall:
            rate = self.limits.overall_per_s
            self._overall.append(_Bucket(rate, rate, rate, self.now()))
        return self._overall[0]
