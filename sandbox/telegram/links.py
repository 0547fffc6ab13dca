"""Which addresses Telegram accepts behind a button or a text."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_SCHEMES: Final = frozenset(("http", "https", "tg", "ton"))
_HOST = re.compile(r"[^\s.:@/]+(\.[^\s.:@/]+)+")


class WrongLink(ValueError):
    """An address Telegram would not open; the words are its own."""

    @classmethod
    def because(cls, words: str) -> WrongLink:
        """Say it in the words given."""
        return cls(words)


def checked_link(url: str) -> str:
    """Answer the address as Telegram keeps it.

    Raises:
        WrongLink: it has another scheme, or no host that the world can reach.
    """
    url = url.strip()
    scheme = (
        url.partition(":")[0].lower() if re.match(r"[a-zA-Z][\w+.\-]*:(//|[^0-9])", url) else ""
    )
    if scheme and scheme not in _SCHEMES:
        raise WrongLink.because("Unsupported URL protocol")
    if scheme in ("tg", "ton"):
        return url
    full = url if scheme else f"http://{url}"
    try:
        host = urlsplit(full).hostname or ""
    except ValueError as error:
        raise WrongLink.because("Wrong HTTP URL") from error
    if not _HOST.fullmatch(host) or re.search(r"\s", full):
        raise WrongLink.because("Wrong HTTP URL")
    return full
