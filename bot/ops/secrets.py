"""Secrets, taken out of every text that goes to a log or an alert."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, quote_plus

MASK: Final = "•••"
_SHORTEST: Final = 4
_LOOKS_LIKE_A_BOT_TOKEN: Final = re.compile(r"\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)


class Secrets:
    """The registered secrets; `mask` removes them, and whatever looks like a bot token.

    Anything shorter than four characters is not registered: masking it would eat the text around.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._pattern = _LOOKS_LIKE_A_BOT_TOKEN
        self.add(*known)

    def add(self, *secrets: str) -> None:
        """Register secrets, also as they look inside a URL, a form or a quoted text."""
        for secret in secrets:
            if len(secret) >= _SHORTEST:
                self._known.update(_spellings(secret))
        longest_first = sorted(self._known, key=len, reverse=True)
        parts = [*map(re.escape, longest_first), _LOOKS_LIKE_A_BOT_TOKEN.pattern]
        self._pattern = re.compile("|".join(parts), re.IGNORECASE)

    def mask(self, text: str) -> str:
        """The text with every secret replaced."""
        return self._pattern.sub(MASK, text)


def _spellings(secret: str) -> set[str]:
    escaped = secret.encode("unicode_escape").decode().replace('"', '\\"')
    return {secret, quote(secret, safe=""), quote_plus(secret), escaped}
