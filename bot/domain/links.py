"""A link for a social service: https, a host name, shown back in one normal form."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from bot.domain.errors import BadLink, WhyBadLink

LONGEST: Final = 500
_KEPT: Final = "%/:=&?~#+!$,;'@()*[]"


def normal_link(text: str) -> str:
    """The link in its normal form: https, lower-case ASCII host, no user, port kept, no spaces.

    Raises:
        BadLink: not a link, another scheme, or longer than 500 characters.
    """
    shown = text.strip()
    if len(shown) > LONGEST:
        raise BadLink(WhyBadLink.TOO_LONG)
    if "://" not in shown and "." in shown.split("/", 1)[0]:
        shown = f"https://{shown}"
    try:
        parts = urlsplit(shown)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        raise BadLink(WhyBadLink.NOT_A_LINK) from None
    if any(ch.isspace() or ord(ch) < 32 for ch in shown) or "." not in host.strip("."):
        raise BadLink(WhyBadLink.NOT_A_LINK)
    if parts.scheme.lower() != "https":
        raise BadLink(WhyBadLink.NOT_HTTPS)
    if parts.username is not None:
        raise BadLink(WhyBadLink.NOT_A_LINK)
    path, query = quote(parts.path, _KEPT), quote(parts.query, _KEPT)
    return urlunsplit(("https", host.lower() + port, path, query, quote(parts.fragment, _KEPT)))
