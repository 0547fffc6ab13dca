"""What each update was and how it ended, and whether updates can reach this process at all."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import Message, WebhookInfo

from bot.chat.kit.telegram.session import CallOutcome
from bot.chat.kit.telegram.updates import AnyUpdate
from bot.chat.kit.text_of import is_command


class UpdateElsewhere(Exception):
    """Another process is at this update: Telegram is to bring it again, in case that one dies."""


class UpdateKind(StrEnum):
    """What an update is."""

    TAP = "tap"
    COMMAND = "command"
    TEXT = "text"
    MEMBER = "member"
    INLINE = "inline"
    OTHER = "other"


class UpdateOutcome(StrEnum):
    """How an update ended. `ok`: a screen answered it, perhaps with a refusal.

    repeated: it had come before. outside: from a group, a bot, or somebody who left. refused: an
    error of the shop, explained. closed: the database could not be used. blocked: the person
    cannot be reached. not_shown: Telegram did not take the answer. failed: a fault of ours.
    superseded: the same person typed on before it was looked at.
    """

    OK = "ok"
    REPEATED = "repeated"
    OUTSIDE = "outside"
    REFUSED = "refused"
    CLOSED = "closed"
    BLOCKED = "blocked"
    NOT_SHOWN = "not_shown"
    FAILED = "failed"
    SUPERSEDED = "superseded"


CountUpdate = Callable[[UpdateKind, UpdateOutcome, float], None]
"""Is told the kind, the outcome and the seconds of each update."""
Handler = Callable[[Any, dict[str, Any]], Awaitable[Any]]
"""What a middleware passes an update on to."""
Middleware = Callable[[Handler, Any, dict[str, Any]], Awaitable[Any]]
_OUTCOME: Final = "update_outcome"


def note_outcome(data: dict[str, Any], outcome: UpdateOutcome) -> None:
    """Say how the update ended; called where it is decided, for the middleware around it all."""
    data[_OUTCOME] = outcome


@dataclass(frozen=True, slots=True)
class CountUpdates(BaseMiddleware):
    """The outermost middleware: from an update's arrival to its last answer."""

    count: CountUpdate

    async def __call__(self, handler: Handler, event: Any, data: dict[str, Any]) -> Any:
        """Pass the update on and count it; a cancelled one is not counted."""
        began = time.perf_counter()
        done = await handler(event, data)
        self.count(_kind(event), _outcome(data), time.perf_counter() - began)
        return done


def _outcome(data: dict[str, Any]) -> UpdateOutcome:
    noted: UpdateOutcome | None = data.get(_OUTCOME)
    if noted is not None:
        return noted
    return UpdateOutcome.OK if "context" in data else UpdateOutcome.OUTSIDE


def _kind(update: AnyUpdate) -> UpdateKind:
    if update.callback_query is not None:
        return UpdateKind.TAP
    if update.message is not None:
        return _kind_of_message(update.message)
    if update.inline_query is not None:
        return UpdateKind.INLINE
    return UpdateKind.OTHER if update.my_chat_member is None else UpdateKind.MEMBER


def _kind_of_message(message: Message) -> UpdateKind:
    if is_command(message):
        return UpdateKind.COMMAND
    return UpdateKind.OTHER if message.text is None else UpdateKind.TEXT


log = structlog.stdlib.get_logger(__name__)

ANSWERED_WITHIN: Final = timedelta(seconds=60)
"""How old the last answered getUpdates may be; a poll takes ten seconds, a repeat five more."""
LOOKED_WITHIN: Final = timedelta(seconds=120)
"""The same for a look at the webhook, which is taken every thirty seconds."""
_CALM: Final = timedelta(seconds=15)
"""Two programs that poll under one token end each other's polls every few seconds, and each gets
an answer now and then. Only an answer so long after the last conflict shows that it is over.
"""
_SURE: Final = timedelta(seconds=10)
"""A conflict that is seen again after so long is another program; one alone may be a restart."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another program takes the updates: since when, and when that was seen last."""

    since: datetime
    seen_at: datetime

    @property
    def is_sure(self) -> bool:
        """Whether it is worth an alert."""
        return self.seen_at - self.since >= _SURE


class Incoming:
    """What is known of the way from Telegram to this process; it polls without `webhook_url`."""

    def __init__(self, now: Callable[[], datetime], webhook_url: str = "") -> None:
        self._now = now
        self._webhook_url = webhook_url
        self._is_revoked = False
        self._is_undelivered = False
        self._hooked_at: datetime | None = None
        self._taken_at: datetime | None = None
        self.answered_at: datetime | None = None
        """The last answered getUpdates, or the last look at the webhook."""
        self.conflict: Conflict | None = None

    def called(self, method: str, outcome: CallOutcome) -> None:
        """Learn from the end of any call."""
        if outcome is CallOutcome.UNAUTHORIZED:
            self._is_revoked = True
        elif outcome is CallOutcome.OK:
            self._is_revoked = False
        if method == "getUpdates":
            self._polled(outcome)
        elif method == "setWebhook" and outcome is CallOutcome.OK:
            self._hooked_at = self.answered_at = self._now()

    def took_update(self) -> None:
        """An update came, and its handler is done."""
        self._taken_at = self._now()

    def saw_webhook(self, info: WebhookInfo) -> bool:
        """Learn from what Telegram says of the webhook; whether delivering has just gone wrong.

        Telegram keeps the last error for ever. It stands while updates wait there and none has
        come since; a quiet shop has none waiting, so its silence is no fault. Before our own
        setWebhook nothing is known.
        """
        if self._hooked_at is None:
            return False
        self.answered_at = self._now()
        if _address(info.url) != _address(self._webhook_url):
            self._note_conflict()
            return False
        self.conflict, before = None, self._is_undelivered
        quiet_since = max(self._hooked_at, self._taken_at or self._hooked_at)
        failed_at = info.last_error_date
        is_newer = failed_at is not None and failed_at > quiet_since
        self._is_undelivered = is_newer and info.pending_update_count > 0
        return self._is_undelivered and not before

    def faults(self) -> tuple[str, ...]:
        """Why updates may not come, in plain words; empty when they can."""
        found = (
            (self._is_revoked, "Telegram refuses BOT_TOKEN (401): it was revoked or replaced"),
            (self.conflict is not None, "another program takes the updates of this bot's token"),
            (self._is_undelivered, "Telegram cannot deliver updates to WEBHOOK_URL"),
            (self._is_silent, self._silence),
        )
        return tuple(words for is_so, words in found if is_so)

    @property
    def _is_silent(self) -> bool:
        within = LOOKED_WITHIN if self._webhook_url else ANSWERED_WITHIN
        return self.answered_at is None or self._now() - self.answered_at > within

    @property
    def _silence(self) -> str:
        asked = "getWebhookInfo" if self._webhook_url else "getUpdates"
        if self.answered_at is None:
            return f"Telegram has not answered {asked} yet"
        silent = self._now() - self.answered_at
        return f"Telegram has not answered {asked} for {silent // timedelta(seconds=1)} s"

    def _polled(self, outcome: CallOutcome) -> None:
        if outcome is CallOutcome.CONFLICT:
            self._note_conflict()
        elif outcome is CallOutcome.OK:
            self.answered_at = self._now()
            if self.conflict is not None and self.answered_at - self.conflict.seen_at >= _CALM:
                self.conflict = None

    def _note_conflict(self) -> None:
        now = self._now()
        self.conflict = Conflict(now if self.conflict is None else self.conflict.since, now)


def _address(url: str) -> tuple[str, str, str]:
    """What an https address means, however it is spelled."""
    parts = urlsplit(url)
    return parts.netloc.lower().removesuffix(":443"), parts.path or "/", parts.query


async def look_at_webhook(bot: Bot, incoming: Incoming) -> None:
    """Ask Telegram how it gets on with the webhook; no answer shows by the age of the last."""
    try:
        info = await bot.get_webhook_info()
    except (TelegramAPIError, ClientDecodeError):
        return
    if incoming.saw_webhook(info):
        log.warning("webhook_not_delivered", said=info.last_error_message)
