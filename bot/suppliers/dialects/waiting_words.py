"""Words that stand in the place of a code or of goods while there are none."""

from __future__ import annotations

import re
from typing import Final

from bot.suppliers.dialects.dialect import EMPTY_WORDS

_CORE: Final = frozenset(
    {"await", "awaiting", "wait", "waiting", "pending", "queued", "queue", "processing", "yet"}
    | {"not", "no", "never", "later", "retry", "again", "soon", "preparing", "loading", "progress"}
    | {"unavailable", "unknown", "empty", "na", "active", "expired", "timeout", "canceled"}
    | {"cancel", "cancelled", "failed", "error", "generating", "creating", "delivering", "hold"}
    | EMPTY_WORDS
)
"""Each of these says by itself that there is nothing yet."""
_BESIDE: Final = frozenset(
    {"a", "an", "and", "any", "are", "as", "at", "be", "been", "being", "by", "came", "check"}
    | {"come", "delivered", "delivery", "for", "from", "has", "have", "in", "incoming", "is", "it"}
    | {"of", "off", "on", "or", "please", "seconds", "second", "secs", "sec", "s", "min"}
    | {"minutes", "minute", "sent", "still", "the", "this", "to", "try", "until", "up", "we"}
    | {"will", "with", "you", "your", "n", "ok", "yes", "available", "arrived", "received"}
    | {"receive", "ready", "found", "account", "accounts", "code", "codes", "goods", "message"}
    | {
        "number",
        "numbers",
        "order",
        "otp",
        "sms",
        "status",
        "text",
        "verification",
        "activation",
        "product",
    }
)
"""What may stand beside them without a code being meant."""
_TOKEN: Final = re.compile(r"[^\W_]+")
_FILLERS: Final = frozenset(" \t\r\n-_.*=~?/#\u2013\u2014\u2026\u2022\u00b7")
"""What stands in an empty field to show that it is one."""
_NO_NUMBERS: Final = frozenset({"0", "-1"})
_LONGEST: Final = 300
_LONGEST_SHORT_NUMBER: Final = 3


def is_waiting_text(text: str, *, received: bool = True) -> bool:
    """Whether a text, however it is written, only says that there is nothing to give yet.

    A number among such words is the code when it is longer than one of seconds, and the supplier
    says that a code has been `received`.
    """
    if len(text) > _LONGEST:
        return False
    tokens = _TOKEN.findall(text.casefold())
    numbers = [token for token in tokens if token.isdecimal()]
    words = set(tokens).difference(numbers)
    if not tokens:
        return _FILLERS.issuperset(text)
    is_long = any(len(number) > _LONGEST_SHORT_NUMBER for number in numbers)
    is_said = words <= _CORE | _BESIDE and not _CORE.isdisjoint(words)
    return is_said and not (is_long and received)


def find_code(code: str, text: str, *, received: bool) -> str:
    """The code, empty where a word stands in its place, which must not be paid for.

    A code has a digit. One of letters alone is believed only when the supplier says that it has
    been `received`, and it stands in the text that is shown with it.
    """
    if code.strip(" .") in _NO_NUMBERS or is_waiting_text(code, received=received):
        return ""
    if any(sign.isdecimal() for sign in code):
        return code
    is_wording = _BESIDE.issuperset(_TOKEN.findall(code.casefold()))
    return code if received and code in text and not is_wording else ""


def find_text(text: str, code: str, *, received: bool) -> str:
    """The text a code came in; empty for a word in its place, and for one that brings no code."""
    if is_waiting_text(text, received=received):
        return ""
    has_digit = any(sign.isdecimal() for sign in text)
    return text if code or received or has_digit else ""
