"""The updates that wait for the bot: numbered, kept a day, confirmed by offset or by a webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sandbox.clock import Now
from sandbox.telegram.bell import Bell
from sandbox.telegram.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, conflict

Update = dict[str, Any]

KEPT: Final = timedelta(hours=24)
BATCH_MAX: Final = 100
POLL_MAX_S: Final = 50
NOT_BY_DEFAULT: Final = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
"""Kinds that come only when a bot asks for them by name."""


@dataclass
class _Waiting:
    update: Update
    at: datetime
    again: bool = False
    """A repeat: comes once whatever the offset says."""
    is_handed_out: bool = False

    @property
    def update_id(self) -> int:
        return int(self.update["update_id"])


@dataclass
class Webhook:
    """Where updates are posted to; an empty address means that the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: datetime | None = None
    last_error: str = ""


@dataclass
class Updates:
    """The queue. `next_id` may be set: Telegram's numbering starts anywhere."""

    now: Now
    next_id: int = 1
    allowed: tuple[str, ...] = ()
    """The kinds the bot asked for; empty means all but the rare ones."""
    webhook: Webhook = field(default_factory=Webhook)
    bell: Bell = field(default_factory=Bell)
    _queue: list[_Waiting] = field(default_factory=list)
    _turn: int = 0
    _is_held: bool = False
    _polls: int = 0
    _arrivals: Bell = field(default_factory=Bell)

    @property
    def is_polled(self) -> bool:
        """Whether a long poll waits at this moment."""
        return self._polls > 0

    @property
    def pending(self) -> tuple[Update, ...]:
        """What the bot has not confirmed yet, in the order it would come."""
        self._forget_old()
        return tuple(waiting.update for waiting in self._queue)

    @property
    def is_held(self) -> bool:
        """Whether updates are kept back."""
        return self._is_held

    async def until_polled(self) -> None:
        """Wait until a long poll waits: the bot has nothing more to fetch."""
        while not self.is_polled:
            await self._arrivals.heard()

    def put(self, kind: str, body: dict[str, Any]) -> Update:
        """Number an update and queue it, unless the bot does not want its kind."""
        update = {"update_id": self.next_id, kind: body}
        self.next_id += 1
        wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if wanted:
            self._queue.append(_Waiting(update, self.now()))
            self.bell.ring()
        return update

    def put_again(self, update: Update) -> None:
        """Queue an update a second time under its old number, confirmed or not."""
        self._queue.append(_Waiting(update, self.now(), again=True))
        self.bell.ring()

    def hold(self) -> None:
        """Keep back what comes from now on, so that a test can send a burst."""
        self._is_held = True

    def release(self) -> None:
        """Let go what was kept back, all at once."""
        self._is_held = False
        self.bell.ring()

    def rearrange(self, update_ids: Sequence[int]) -> None:
        """Put the waiting updates in this order; those not named follow as they were."""
        place = {update_id: place for place, update_id in enumerate(update_ids)}
        self._queue.sort(key=lambda waiting: place.get(waiting.update_id, len(place)))

    def set_webhook(self, webhook: Webhook, *, drop_pending: bool) -> None:
        """Post to an address from now on, or to none; a waiting poll is sent away."""
        self.webhook = webhook
        if drop_pending:
            self._queue.clear()
        self.bell.ring()

    def ready(self) -> tuple[Update, ...]:
        """What a webhook should be told, in order; nothing while updates are kept back."""
        self._forget_old()
        return () if self._is_held else tuple(waiting.update for waiting in self._queue)

    def confirm(self, update: Update) -> None:
        """Forget the first waiting entry of an update: its webhook took it."""
        for place, waiting in enumerate(self._queue):
            if waiting.update is update:
                del self._queue[place]
                self.bell.ring()
                return

    async def poll(self, offset: int | None, limit: int, timeout_s: float) -> list[Update]:
        """Confirm what is below the offset, then answer what waits, or wait for it.

        Raises:
            Refusal: a webhook is set, or a newer poll took this one's place.
        """
        if self.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        self._turn += 1
        turn = self._turn
        self.bell.ring()
        self._confirm_below(offset)
        try:
            async with asyncio.timeout(max(0.0, min(timeout_s, POLL_MAX_S))):
                while not (batch := self._hand_out(limit)) and timeout_s > 0:
                    await self._wait()
                    self._check_turn(turn)
        except TimeoutError:
            return []
        return batch

    async def _wait(self) -> None:
        self._polls += 1
        self._arrivals.ring()
        try:
            await self.bell.heard()
        finally:
            self._polls -= 1

    def _check_turn(self, turn: int) -> None:
        if self.webhook.url:
            raise conflict("terminated by setWebhook request")
        if turn != self._turn:
            raise conflict(OTHER_POLLER)

    def _confirm_below(self, offset: int | None) -> None:
        self._forget_old()
        self._queue = [waiting for waiting in self._queue if not waiting.is_handed_out]
        if offset is None or offset == 0:
            return
        if offset < 0:
            self._queue = self._queue[offset:]
            return
        self._queue = [
            waiting for waiting in self._queue if waiting.again or waiting.update_id >= offset
        ]

    def _hand_out(self, limit: int) -> list[Update]:
        if self._is_held:
            return []
        batch = self._queue[:limit]
        for waiting in batch:
            waiting.is_handed_out = waiting.again
        return [waiting.update for waiting in batch]

    def _forget_old(self) -> None:
        oldest = self.now() - KEPT
        self._queue = [waiting for waiting in self._queue if waiting.at > oldest]
