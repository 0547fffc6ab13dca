"""What a supplier said, made safe to show an operator: no key, no goods, no control characters."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Final

from bot.suppliers.json_text import compact

MASK: Final = "***"
_MOST: Final = 1_000
_MOST_OF_ONE_FIELD: Final = 200
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_ESCAPES: Final = (r"%(?:25)*[3-7][0-9a-fA-F]", r"\\u00[3-7]", r"&#[0-9xX]")
"""How plain letters and digits are escaped; kept apart, as a fixed start makes a search fast."""
_ESCAPED: Final = re.compile("|".join(_ESCAPES))
_ESCAPED_BYTES: Final = tuple(re.compile(escape.encode()) for escape in _ESCAPES)
_GOODS: Final = frozenset(
    {"account", "accounts", "code", "codes", "goods", "phone", "sms", "sms_content", "text"},
)
_TOLD: Final = frozenset(
    {
        "autodelivery",
        "available",
        "balance",
        "charge",
        "country",
        "currency",
        "delivered_units",
        "entitytype",
        "error",
        "expires_at",
        "order",
        "quantity",
        "remains",
        "service",
        "start_count",
        "status",
        "stock",
        "total",
    }
)
"""The fields of the suppliers' pages that hold no goods; what else they send is not kept."""
_SHORTEST_KEY_IN_GOODS: Final = 8


class Mask:
    """Finds the operator's key in any spelling that an echo may give it, and covers it.

    Known spellings, mixed at will: as it is, percent-encoded (also twice), JSON-escaped, HTML.
    """

    def __init__(self, key: str) -> None:
        pattern = "".join(_spellings(sign) for sign in key)
        self._pattern = re.compile(pattern, re.IGNORECASE) if key else None
        self._plainest = max(re.findall("[a-z0-9]+", key.lower()), key=len, default="")
        self._long = len(key) >= _SHORTEST_KEY_IN_GOODS

    def __call__(self, text: str) -> str:
        """The text with the key covered wherever it stands."""
        return self._pattern.sub(MASK, text) if self._pattern else text

    def for_rows_of(self, body: bytes) -> Callable[[str], str]:
        """`in_goods` for the rows of a catalogue; nothing at all when the key cannot be in it."""
        if self._plainest.encode() in body.lower():
            return self.in_goods
        return self.in_goods if any(escape.search(body) for escape in _ESCAPED_BYTES) else str

    def in_goods(self, text: str) -> str:
        """The same for names, ids and goods, thousands at a time, so with a quick look first.

        The longest run of plain letters in the key stands in every spelling that spares letters,
        and the others are full of escapes. A key of a few letters is let through here, it would
        eat holes into honest words.
        """
        if self._long and (self._plainest in text.lower() or _ESCAPED.search(text)):
            return self(text)
        return text

    def said(self, text: str) -> str:
        """The text on one line, masked first and cut afterwards, at most 1,000 characters."""
        return _shorten(" ".join(_UNPRINTABLE.sub(" ", self(text)).split()), _MOST)

    def told(self, answer: Mapping[str, object]) -> str:
        """A JSON object in short: plain fields as they are, of goods and lists only how many."""
        fields = (
            f"{_shorten(self(name), 64)}: {_brief(name, value)}" for name, value in answer.items()
        )
        return self.said(", ".join(fields))


def _brief(name: str, value: object) -> str:
    if name.lower() in _GOODS or isinstance(value, list | dict):
        count = len(value) if isinstance(value, list | dict) else int(value is not None)
        return f"({count})"
    # Left out as a whole, because a cut before masking could leave half a key behind.
    text = compact(value)
    told = name.lower() in _TOLD and len(text) <= _MOST_OF_ONE_FIELD
    return text if told else f"({len(text)} characters)"


def _shorten(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _spellings(sign: str) -> str:
    """A pattern of every way one sign of the key may be written."""
    raw = sign.encode("utf-8", "surrogatepass")
    units = sign.encode("utf-16-be", "surrogatepass")
    ways = [
        re.escape(sign),
        "".join(f"%(?:25){{0,3}}{byte:02x}" for byte in raw),
        "".join(rf"\\{{1,16}}u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)),
        rf"\\{{1,16}}{re.escape(sign)}",
        f"&#0{{0,4}}{ord(sign)};",
        f"&#x0{{0,4}}{ord(sign):x};",
    ]
    if sign == " ":
        ways.append(r"\+")
    if html.escape(sign) != sign:
        ways.append(re.escape(html.escape(sign)))
    return f"(?:{'|'.join(ways)})"
