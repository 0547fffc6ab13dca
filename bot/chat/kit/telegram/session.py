"""How calls travel to Telegram: as JSON, and answers that nobody reads are not made into objects.

aiogram's own session writes every call as a multipart form and builds the whole message that each
edit answers with, which is most of what a tap costs. What screens are made of goes out by `call`,
without a model on either way; everything else by aiogram's methods, as JSON unless it carries
files. Refusals are aiogram's exceptions both ways.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

import msgspec
from aiogram import Bot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
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
from aiogram.types import InputFile
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar


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


T = TypeVar("T")

_HEADERS: Final = {"content-type": "application/json"}
_NOT_SENT: Final = ("Accept", "Accept-Encoding", "User-Agent")
_OK: Final = range(200, 300)
_LOST: Final = (TimeoutError, ClientError)
_KEPT: Final[dict[Any, Any]] = {}
"""pydantic forgets a generic model that nobody holds, and takes 20 ms to make it again."""
_ENCODER: Final = msgspec.json.Encoder()


class _Answer(msgspec.Struct):
    """An answer whose result is not looked into."""

    ok: bool
    result: msgspec.Raw = msgspec.Raw()


_ANSWERS: Final = msgspec.json.Decoder(_Answer)


class Session(AiohttpSession):
    """aiogram's session without what this shop does not need; `watch` is told of every call."""

    def __init__(
        self, api: TelegramAPIServer, timeout: float, watch: WatchCall = lambda *_: None
    ) -> None:
        super().__init__(api=api, timeout=timeout)
        self._watch = watch
        self._within = ClientTimeout(total=timeout)

    async def create_session(self) -> ClientSession:
        """The client of all calls, without the cookies and headers that Telegram never reads."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=self._connector_type(**self._connector_init),
                cookie_jar=DummyCookieJar(),
                skip_auto_headers=_NOT_SENT,
                timeout=self._within,
            )
        return self._session

    async def close(self) -> None:
        """End all connections at once; aiogram's pause is for TLS farewells nobody waits for."""
        if self._session is not None and not self._session.closed:
            await self._session.close()

    async def call(
        self, bot: Bot, name: str, fields: Mapping[str, Any], within_s: float | None = None
    ) -> msgspec.Raw:
        """Make one call of plain fields; its result, as JSON. Raises what aiogram raises."""
        with self._watched(name):
            try:
                status, body = await self._post(bot, name, fields, within_s)
            except _LOST as failure:
                raise _lost(_model(name, fields), failure) from failure
            answer = _read(body) if status in _OK else None
            if answer is None or not answer.ok:
                said = body.decode(errors="replace")
                self.check_response(bot, _model(name, fields), status, said)
                raise _unreadable(name, "ValueError", said)
            return answer.result

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[T],
        timeout: int | None = None,  # noqa: ASYNC109 - the name that aiogram calls it by
    ) -> T:
        """Make one call of aiogram's. Raises what aiogram raises."""
        with self._watched(method.__api_method__):
            files: dict[str, InputFile] = {}
            fields = self._fields(bot, method, files)
            if files:
                return await super().make_request(bot, method, timeout)
            try:
                status, body = await self._post(bot, method.__api_method__, fields, timeout)
            except _LOST as failure:
                raise _lost(method, failure) from failure
            said = body.decode(errors="replace")
            return cast("T", self.check_response(bot, method, status, said).result)

    @contextmanager
    def _watched(self, name: str) -> Iterator[None]:
        """Report how the call in the block ended; a cancelled one is not reported."""
        began = time.perf_counter()
        try:
            yield
        except AiogramError as failure:
            self._watch(name, outcome_of(failure), time.perf_counter() - began)
            raise
        self._watch(name, CallOutcome.OK, time.perf_counter() - began)

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
        self, bot: Bot, name: str, fields: Mapping[str, Any], within_s: float | None
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises what is among `_LOST`."""
        session = await self.create_session()
        within = self._within if within_s is None else ClientTimeout(total=within_s)
        body = _ENCODER.encode(fields)
        url = self.api.api_url(token=bot.token, method=name)
        async with session.post(url, data=body, headers=_HEADERS, timeout=within) as reply:
            return reply.status, await reply.read()

    def check_response(
        self, bot: Bot, method: TelegramMethod[T], status_code: int, content: str
    ) -> Response[T]:
        """The answer as an object. Raises what Telegram refuses, as aiogram's exceptions."""
        _KEPT.setdefault(method.__returning__, Response[method.__returning__])  # type: ignore[name-defined]  # a type made at run time
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError as failure:
            why = type(failure.original).__name__
        # Raised anew: aiogram logs the whole answer with it, and people's messages are in there.
        raise _unreadable(method.__api_method__, why, content)


def session_of(bot: Bot) -> Session:
    """The session that `build_bot` gave to a bot."""
    return cast("Session", bot.session)


def _read(body: bytes) -> _Answer | None:
    try:
        return _ANSWERS.decode(body)
    except msgspec.DecodeError:
        return None


def _model(name: str, fields: Mapping[str, Any]) -> TelegramMethod[Any]:
    """The call as aiogram's exceptions carry it."""
    kind: type[TelegramMethod[Any]] = getattr(methods, name[0].upper() + name[1:])
    return kind.model_construct(None, **fields)


def _lost(method: TelegramMethod[Any], failure: Exception) -> TelegramNetworkError:
    """No answer, or none in time."""
    is_late = isinstance(failure, TimeoutError)
    said = "Request timeout error" if is_late else f"{type(failure).__name__}: {failure}"
    return TelegramNetworkError(method=method, message=said)


def _unreadable(name: str, why: str, content: str) -> ClientDecodeError:
    message = f"Telegram's answer to {name} cannot be read"
    return ClientDecodeError(message, ValueError(why), f"{len(content)} characters")
