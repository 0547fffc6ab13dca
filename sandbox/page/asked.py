"""What the page asked for, read strictly; what does not fit is refused in one plain sentence."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from json import JSONDecodeError
from typing import Any, Final

from aiohttp import web

from sandbox.telegram import CannotDo

_AMOUNT: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})
_NOT_JSON: Final = "send JSON"
_FOREIGN: Final = "only the page on this machine may ask"

Answerer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Unfit(Exception):
    """What was asked cannot be done; `said` goes to the page as it is."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.said = said
        self.status = status


def unfit(said: str) -> Unfit:
    """What came makes no sense."""
    return Unfit(said, 400)


def missing(said: str) -> Unfit:
    """What it is about does not exist."""
    return Unfit(said, 404)


def impossible(said: str) -> Unfit:
    """It cannot be done as things stand."""
    return Unfit(said, 409)


class Asked:
    """The fields of one request."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def text(self, name: str, longest: int = 4096) -> str:
        """A text with something in it."""
        text = self._fields.get(name)
        if not isinstance(text, str) or not text.strip():
            raise unfit(f"{name} must be a text")
        if len(text) > longest:
            raise unfit(f"{name} must be at most {longest} characters long")
        return text

    def find_text(self, name: str, longest: int = 4096) -> str | None:
        """A text, or None when it is missing or empty."""
        return self.text(name, longest) if self._fields.get(name) not in (None, "") else None

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number, written as one or as digits."""
        given = self._fields.get(name)
        digits = str(given) if isinstance(given, int | str) else ""
        fits = bool(re.fullmatch(r"[0-9]{1,18}", digits)) and not isinstance(given, bool)
        if not fits or not low <= int(digits) <= high:
            raise unfit(f"{name} must be a whole number from {low} to {high}")
        return int(digits)

    def find_whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number, or None when it is missing or empty."""
        return self.whole(name, low, high) if self._fields.get(name) not in (None, "") else None

    def amount(self, name: str) -> Decimal:
        """A price or a balance, zero or more, as a text."""
        given = self._fields.get(name)
        if not isinstance(given, str) or not _AMOUNT.fullmatch(given):
            raise unfit(f"{name} must be an amount such as 12.50")
        return Decimal(given)

    def flag(self, name: str) -> bool:
        """True or false."""
        given = self._fields.get(name)
        if not isinstance(given, bool):
            raise unfit(f"{name} must be true or false")
        return given

    def has(self, name: str) -> bool:
        """Whether the field came at all."""
        return name in self._fields


async def read_asked(request: web.Request) -> Asked:
    """Read the JSON object of a request."""
    if request.content_type != "application/json":
        # A form of a foreign page in the same browser could otherwise steer this one.
        raise Unfit(_NOT_JSON, 415)
    try:
        fields = await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise unfit("the body is not JSON") from error
    if not isinstance(fields, dict):
        raise unfit("the body is not a JSON object")
    return Asked(fields)


def _check_host(request: web.Request) -> None:
    # A foreign page may resolve its own name to this machine; its Host header gives it away.
    if request.url.host not in _LOOPBACK:
        raise Unfit(_FOREIGN, 403)


@web.middleware
async def refusing(request: web.Request, handler: Answerer) -> web.StreamResponse:
    """Let in only this machine's own page, and put refusals into `{"error": ...}`."""
    try:
        _check_host(request)
        return await handler(request)
    except Unfit as unfit:
        return web.json_response({"error": unfit.said}, status=unfit.status)
    except CannotDo as unable:
        return web.json_response({"error": str(unable)}, status=409)
    except web.HTTPException as refusal:
        if refusal.status < web.HTTPBadRequest.status_code:
            raise
        return web.json_response({"error": refusal.reason}, status=refusal.status)
