"""How calls travel to Telegram: as JSON, and answers that nobody reads are not made into objects.

aiogram's own session writes every call as a multipart form and builds the whole message that each
edit answers with, which is most of what a tap costs. Calls that carry files still go its way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

import msgspec
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
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
from aiogram.methods import AnswerCallbackQuery, EditMessageText, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError, ClientTimeout


class CallOutcome(StrEnum):
    """How one call ended. `bad_request` is every refusal that is not among the others."""

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


def outcome_of(failure: AiogramError) -> CallOutcome:
    """The word for what a call raised."""
    known = (outcome for kind, outcome in _OUTCOMES if isinstance(failure, kind))
    return next(known, CallOutcome.BAD_REQUEST)


@dataclass(frozen=True, slots=True)
class WatchCalls(BaseRequestMiddleware):
    """Sees every call of a session; a cancelled one is not reported."""

    watch: WatchCall

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the call and report it."""
        name, began = method.__api_method__, time.perf_counter()
        try:
            answer = await make_request(bot, method)
        except AiogramError as failure:
            self.watch(name, outcome_of(failure), time.perf_counter() - began)
            raise
        self.watch(name, CallOutcome.OK, time.perf_counter() - began)
        return answer


T = TypeVar("T")

_HEADERS: Final = {"content-type": "application/json"}
_UNREAD: Final = (AnswerCallbackQuery, EditMessageText)
_OK: Final = range(200, 300)


class _Answer(msgspec.Struct):
    """The part of an answer that is read when its result is not."""

    ok: bool


_KEPT: Final[dict[Any, Any]] = {}
"""pydantic forgets a generic model that nobody holds, and takes 20 ms to make it again."""
_ANSWERS: Final = msgspec.json.Decoder(_Answer)
_ENCODER: Final = msgspec.json.Encoder()


class Session(AiohttpSession):
    """aiogram's session without what this shop does not need."""

    async def close(self) -> None:
        """End all connections at once; aiogram's pause is for TLS farewells nobody waits for."""
        if self._session is not None and not self._session.closed:
            await self._session.close()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[T],
        timeout: int | None = None,  # noqa: ASYNC109 - the name that aiogram calls it by
    ) -> T:
        """Post one call. Raises what aiogram raises."""
        files: dict[str, InputFile] = {}
        fields = self._fields(bot, method, files)
        if files:
            return await super().make_request(bot, method, timeout)
        status, said = await self._post(bot, method, _ENCODER.encode(fields), timeout)
        answer = self.check_response(bot, method, status, said)
        return cast("T", answer.result)

    def _fields(
        self, bot: Bot, method: TelegramMethod[T], files: dict[str, InputFile]
    ) -> dict[str, Any]:
        """What the call says, as plain values; files found on the way land in `files`."""
        return {
            name: plain
            for name, value in method.model_dump(warnings=False).items()
            if value is not None
            and (plain := self.prepare_value(value, bot, files, _dumps_json=False)) is not None
        }

    async def _post(
        self, bot: Bot, method: TelegramMethod[T], body: bytes, within_s: float | None
    ) -> tuple[int, str]:
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        within = ClientTimeout(total=self.timeout if within_s is None else within_s)
        try:
            async with session.post(url, data=body, headers=_HEADERS, timeout=within) as reply:
                return reply.status, (await reply.read()).decode(errors="replace")
        except TimeoutError as late:
            raise TelegramNetworkError(method=method, message="Request timeout error") from late
        except ClientError as broken:
            message = f"{type(broken).__name__}: {broken}"
            raise TelegramNetworkError(method=method, message=message) from broken

    def check_response(
        self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str
    ) -> Response[T]:
        """The answer as an object; for what is not read, only that it was a yes."""
        if isinstance(method, _UNREAD) and status_code in _OK and _says_yes(content):
            return cast("Response[T]", Response.model_construct(ok=True, result=True))
        _KEPT.setdefault(method.__returning__, Response[method.__returning__])  # type: ignore[name-defined]  # a type made at run time
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as failure:
            why = ValueError(type(failure.original).__name__)
        # Raised anew: aiogram logs the whole answer with it, and people's messages are in there.
        message = f"Telegram's answer to {method.__api_method__} cannot be read"
        raise ClientDecodeError(message, why, f"{len(content)} characters")


def _says_yes(content: str) -> bool:
    try:
        return _ANSWERS.decode(content).ok
    except msgspec.DecodeError:
        return False
