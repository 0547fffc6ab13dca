"""How each call of Telegram's API ended and how long it took, for whoever counts or watches."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType


class CallOutcome(StrEnum):
    """What one call ended in. `bad_request` is every refusal without a word of its own."""

    OK = "ok"
    FLOOD = "flood"
    FORBIDDEN = "forbidden"
    UNAUTHORIZED = "unauthorized"
    CONFLICT = "conflict"
    BAD_REQUEST = "bad_request"
    SERVER = "server"
    NETWORK = "network"


WatchCall = Callable[[str, CallOutcome, float], None]
"""Is told the method, the outcome and the seconds of each call."""

_OUTCOMES: Final[tuple[tuple[type[AiogramError], CallOutcome], ...]] = (
    (TelegramRetryAfter, CallOutcome.FLOOD),
    (TelegramForbiddenError, CallOutcome.FORBIDDEN),
    (TelegramUnauthorizedError, CallOutcome.UNAUTHORIZED),
    (TelegramConflictError, CallOutcome.CONFLICT),
    (TelegramEntityTooLarge, CallOutcome.BAD_REQUEST),  # aiogram derives it from a network error
    (TelegramNetworkError, CallOutcome.NETWORK),
    (TelegramServerError, CallOutcome.SERVER),
    (ClientDecodeError, CallOutcome.SERVER),  # a page of the server in front of Telegram's
)


def unwatched(_method: str, _outcome: CallOutcome, _seconds: float) -> None:
    """Take no note."""


def outcome_of(failure: AiogramError) -> CallOutcome:
    """The word for what a call raised."""
    known = (outcome for kind, outcome in _OUTCOMES if isinstance(failure, kind))
    return next(known, CallOutcome.BAD_REQUEST)


@dataclass(frozen=True, slots=True)
class WatchCalls(BaseRequestMiddleware):
    """Sees every call of a session; one that is cancelled ended in nothing."""

    watch: WatchCall

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call and tell of it."""
        name, began = method.__api_method__, time.perf_counter()
        try:
            answer = await make_request(bot, method)
        except AiogramError as failure:
            self.watch(name, outcome_of(failure), time.perf_counter() - began)
            raise
        self.watch(name, CallOutcome.OK, time.perf_counter() - began)
        return answer
