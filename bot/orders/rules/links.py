"""A link for a social service: https, a host name, shown back in one normal form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from bot.base.errors import ShopError

LONGEST: Final = 500
_FIRST_PRINTABLE: Final = 0x20
_HOST: Final = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+\.?")
_KEPT: Final = "%/:=&?~#+!$,;'@()*[]"


class BadLinkReason(StrEnum):
    """Why a link was refused."""

    NOT_A_LINK = "not_a_link"
    NOT_HTTPS = "not_https"
    TOO_LONG = "too_long"


@dataclass(eq=False)
class BadLink(ShopError):
    """A typed link that cannot be used."""

    why: BadLinkReason


def normal_link(text: str) -> str:
    """The link in its normal form: https, lower-case ASCII host, no user, port kept, no spaces.

    Raises BadLink, also beyond 500 characters, typed or as it is sent.
    """
    shown = text.strip()
    if len(shown) > LONGEST:
        raise BadLink(BadLinkReason.TOO_LONG)
    if "://" not in shown and "." in shown.split("/", 1)[0]:
        shown = f"https://{shown}"
    if any(ch.isspace() or ord(ch) < _FIRST_PRINTABLE for ch in shown):
        raise BadLink(BadLinkReason.NOT_A_LINK)
    try:
        normal = _normal(urlsplit(shown))
    except ValueError:
        raise BadLink(BadLinkReason.NOT_A_LINK) from None
    if len(normal) > LONGEST:
        raise BadLink(BadLinkReason.TOO_LONG)
    return normal


def _normal(parts: SplitResult) -> str:
    """The link put together again; a host or port that is none raises ValueError."""
    host = (parts.hostname or "").encode("idna").decode("ascii").lower()
    port = f":{parts.port}" if parts.port else ""
    if not _HOST.fullmatch(host):
        raise BadLink(BadLinkReason.NOT_A_LINK)
    if parts.scheme.lower() != "https":
        raise BadLink(BadLinkReason.NOT_HTTPS)
    if parts.username is not None:
        raise BadLink(BadLinkReason.NOT_A_LINK)
    path, query = quote(parts.path, _KEPT), quote(parts.query, _KEPT)
    return urlunsplit(("https", host + port, path, query, quote(parts.fragment, _KEPT)))
