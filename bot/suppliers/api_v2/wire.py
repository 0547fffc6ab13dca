"""The one place where bytes leave for a supplier: one POST, no second try, every wait bounded.

The key travels in the body only. No redirects, cookies or proxies of the environment. Whatever
goes wrong becomes one `Lost`, raised outside of the foreign exception: that one may hold the
request with the key in it and is not carried along.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import socket
import ssl
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import SimpleNamespace
from typing import Final
from urllib.parse import urlencode

import aiohttp
import httpx
import httpx_aiohttp

from bot.suppliers.api_v2.limits import Bound, RequestLimits
from bot.suppliers.api_v2.masking import Mask
from bot.suppliers.api_v2.reasons import FailureReason
from bot.suppliers.port import MayLeave, at_any_time

log = logging.getLogger(__name__)
_HEADERS: Final = {
    "accept": "application/json",
    "accept-encoding": "gzip, deflate",
    "content-type": "application/x-www-form-urlencoded",
    "user-agent": "kiosk",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One complete HTTP answer."""

    status: int
    retry_after: str | None
    body: bytes = field(repr=False)


@dataclass(eq=False)
class Lost(Exception):
    """No complete answer came. `sent` is False only when for certain nothing has left."""

    sent: bool
    why: str


@dataclass(eq=False)
class _Unusable(Exception):
    """An answer that is not worth reading to its end."""

    why: FailureReason


_REASONS: Final[tuple[tuple[tuple[type[Exception], ...], FailureReason], ...]] = (
    (
        (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError),
        FailureReason.BAD_CERTIFICATE,
    ),
    ((aiohttp.ClientSSLError, ssl.SSLError), FailureReason.NO_CONNECTION),
    ((aiohttp.ClientConnectorDNSError, socket.gaierror), FailureReason.NO_SUCH_ADDRESS),
    ((TimeoutError, httpx.TimeoutException), FailureReason.LATE),
    ((aiohttp.ClientConnectorError, ConnectionRefusedError), FailureReason.UNREACHABLE),
    (
        (
            aiohttp.ServerDisconnectedError,
            aiohttp.ClientOSError,
            aiohttp.ClientPayloadError,
            ConnectionError,
            httpx.NetworkError,
            httpx.RemoteProtocolError,
        ),
        FailureReason.BROKEN_OFF,
    ),
)
"""What exceptions of the libraries mean, the narrower ones first."""


class _TooLate(Exception):
    """The request may leave no more; not a byte of it has."""


@dataclass(slots=True)
class _Line:
    """Whether the request of this task has got a connection, and may leave over it."""

    may_leave: MayLeave = at_any_time
    stands: bool = False
    is_late: bool = False


_LINE: Final[ContextVar[_Line]] = ContextVar("line")


class Wire:
    """The HTTP side of one supplier: kept connections for readings, a fresh one for each order."""

    def __init__(self, url: str, key: str, limits: RequestLimits) -> None:
        self.mask = Mask(key)
        self._url = url
        self._key = key
        self.limits = limits
        self._kept = _client(fresh=False)
        self._fresh = _client(fresh=True)

    async def ask(self, form: Mapping[str, str], bound: Bound) -> Reply:
        """Post the form over a kept connection. Raises Lost when no complete answer came."""
        return await self._post(self._kept, form, bound)

    async def ask_afresh(
        self, form: Mapping[str, str], bound: Bound, may_leave: MayLeave = at_any_time
    ) -> Reply:
        """The same over a connection that is opened for it and closed after it.

        `may_leave` is asked right before the first byte is written: where it says no, none is.
        """
        return await self._post(self._fresh, form, bound, may_leave)

    async def close(self) -> None:
        """Close every connection."""
        await self._kept.aclose()
        await self._fresh.aclose()

    async def _post(
        self,
        client: httpx.AsyncClient,
        form: Mapping[str, str],
        bound: Bound,
        may_leave: MayLeave = at_any_time,
    ) -> Reply:
        line = _Line(may_leave)
        token = _LINE.set(line)
        try:
            async with asyncio.timeout(bound.total_s):
                return await self._exchange(client, form, bound)
        except TimeoutError:
            why = FailureReason.LATE
        except Exception as foreign:  # noqa: BLE001 - a caller must learn whether it left, whatever broke
            why = _reason(foreign)
        finally:
            _LINE.reset(token)
        if line.is_late:
            line.stands, why = False, FailureReason.TOO_LATE
        raise Lost(line.stands, why)

    async def _exchange(
        self, client: httpx.AsyncClient, form: Mapping[str, str], bound: Bound
    ) -> Reply:
        body = urlencode({"key": self._key, **form}, errors="replace").encode()
        request = client.build_request(
            "POST", self._url, content=body, timeout=self._timeout(bound)
        )
        response = await client.send(request, stream=True)
        try:
            read = await _read(response, bound.most_bytes)
            return Reply(response.status_code, response.headers.get("retry-after"), read)
        finally:
            await response.aclose()

    def _timeout(self, bound: Bound) -> httpx.Timeout:
        """The four waits by name; silence may last as long as the whole call."""
        limits = self.limits
        return httpx.Timeout(
            connect=limits.connect_s, read=bound.total_s, write=limits.write_s, pool=limits.pool_s
        )


async def _read(response: httpx.Response, most_bytes: int) -> bytes:
    """The unpacked body; counted after unpacking, so that a small bomb stays small."""
    if "," in response.headers.get("content-encoding", ""):
        raise _Unusable(FailureReason.PACKED_TWICE)
    read = bytearray()
    async for chunk in response.aiter_bytes():
        read += chunk
        if len(read) > most_bytes:
            raise _Unusable(FailureReason.TOO_LONG)
    return bytes(read)


def _reason(foreign: Exception) -> FailureReason:
    """The foreign error beneath: httpx-aiohttp calls a hang-up while we wait a ConnectTimeout.

    Nothing of its text is repeated: a parser quotes what it stumbled over, which may be goods.
    """
    inner = foreign.__cause__ or foreign
    if isinstance(inner, _Unusable):
        return inner.why
    known = (why for kinds, why in _REASONS if isinstance(inner, kinds))
    why = next(known, FailureReason.NO_CONNECTION)
    log.debug("no answer, %s: %s", why, type(inner).__name__)
    return why


@functools.cache
def _trust() -> ssl.SSLContext:
    """The certificates we believe; reading them costs 40 ms, so once for all."""
    return httpx.create_ssl_context(trust_env=False)


def _client(*, fresh: bool) -> httpx.AsyncClient:
    headers = _HEADERS | {"connection": "close" if fresh else "keep-alive"}
    transport = httpx_aiohttp.AiohttpTransport(
        verify=_trust(), trust_env=False, client=functools.partial(_session, fresh=fresh)
    )
    return httpx.AsyncClient(
        transport=transport,
        headers=headers,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        trust_env=False,
    )


def _session(*, fresh: bool) -> aiohttp.ClientSession:
    """Called at the first request, because a session belongs to a running loop.

    aiohttp repeats a request on a kept connection by itself only for idempotent methods, which
    POST is not.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(ssl=_trust(), limit=20, force_close=fresh),
        cookie_jar=aiohttp.DummyCookieJar(),
        trace_configs=[_tracing(fresh=fresh)],
        trust_env=False,
    )


def _tracing(*, fresh: bool) -> aiohttp.TraceConfig:
    """Note when a connection stands, TLS included: what fails before it has sent nothing.

    Before an order is written it is asked whether it may leave still. aiohttp calls both of these
    before it hands the first byte to the connection, whatever their names say.
    """

    async def stands(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _params: object
    ) -> None:
        _LINE.get().stands = True

    async def leaves(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, _params: object
    ) -> None:
        line = _LINE.get()
        if not line.is_late and line.may_leave():
            return
        line.is_late = True
        raise _TooLate

    config = aiohttp.TraceConfig()
    config.on_connection_create_end.append(stands)
    config.on_connection_reuseconn.append(stands)
    if fresh:
        config.on_request_headers_sent.append(leaves)
        config.on_request_chunk_sent.append(leaves)
    return config
