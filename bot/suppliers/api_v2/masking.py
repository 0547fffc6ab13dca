"""What a supplier said, made safe to show an operator: no key, no goods, no control characters."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from copy import copy
from itertools import islice
from typing import Final

from bot.suppliers.api_v2.values import compact

MASK: Final = "***"
_MOST: Final = 1_000
_MOST_OF_ONE_FIELD: Final = 200
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_ESCAPES: Final = (r"%(?:25)*[3-7][0-9a-fA-F]", r"\\u00[3-7]", r"&#[0-9xX]")
"""How plain letters and digits are escaped; kept apart, as a fixed start makes a search fast."""
_ESCAPED: Final = re.compile("|".join(_ESCAPES))
_ESCAPED_BYTES: Final = tuple(re.compile(escape.encode()) for escape in _ESCAPES)
_GOODS: Final = frozenset(
    {"account", "accounts", "code", "codes", "goods", "phone", "sms", "sms_content", "text"}
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
_SHORTEST_PIECE: Final = 6
_PLAIN_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ -]{0,31}")
_WORD: Final = re.compile(r"[^\s\"',]+")
_PART: Final = r"[^\s\"',:;|/(){}]{3,}+"
_ACCOUNT: Final = re.compile(rf"(?<![^\s\"',:;|/(){{}}]){_PART}(?:[:;|]{_PART})++")
"""How accounts are written: parts without spaces, a colon or a stroke between, a digit or an @."""
_MOST_RAW: Final = 8_000
"""How much of what a supplier said is looked at."""
_LONGEST_SPELLING: Final = 42
"""How many characters one sign of the key may take in the longest of its spellings."""
_MOST_FIELDS: Final = 100
_NO_WORD: Final = re.compile(r"[:;@|/\\=]|[0-9]{5}")
"""What accounts, links and codes have and the name of a status has not."""


class Mask:
    """Finds the operator's key in any spelling that an echo may give it, and covers it.

    Known spellings, mixed at will: as it is, percent-encoded (also twice), JSON-escaped, HTML.
    """

    def __init__(self, key: str) -> None:
        pattern = "".join(_spellings(sign) for sign in key)
        self._pattern = re.compile(pattern, re.IGNORECASE) if key else None
        self._plainest = max(re.findall("[a-z0-9]+", key.lower()), key=len, default="")
        self._key = key
        self._long = len(key) >= _SHORTEST_KEY_IN_GOODS
        self.others: tuple[str, ...] = ()

    def besides(self, *others: str) -> Mask:
        """The same, which covers these texts as well in whatever is kept of an answer."""
        mask = copy(self)
        mask.others = tuple(sorted(others, key=len, reverse=True))
        return mask

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

    def on_one_line(self, text: str) -> str:
        """The text on one line, masked first and cut afterwards, at most 1,000 characters."""
        return _one_line(self._covered(text))

    def quoted(self, text: str) -> str:
        """The same for words of a supplier's, in which accounts may stand as well."""
        return _one_line(_WORD.sub(_without_accounts, self._covered(text)))

    def summary(self, answer: Mapping[str, object]) -> str:
        """A JSON object in short: plain fields as they are, of goods and lists only how many."""
        told = islice(answer.items(), _MOST_FIELDS)
        return self.quoted(
            ", ".join(f"{_name(name)}: {_brief(name, value)}" for name, value in told)
        )

    def _covered(self, text: str) -> str:
        """The beginning of a text with key, links and phones covered.

        Where it was cut, half of one of these may stand at the end: so much is left out there.
        """
        covered = self(text[:_MOST_RAW])
        for other in self.others:
            covered = _cover(other, covered)
        if len(text) <= _MOST_RAW:
            return covered
        most_of_one = max(map(len, (self._key, *self.others))) * _LONGEST_SPELLING
        return covered[: max(0, len(covered) - most_of_one)] or f"({len(text)} characters)"


def plain_status(status: str) -> str:
    """The name of a status as it is; of what cannot be one only how long it is."""
    return f"({len(status)} characters)" if _NO_WORD.search(status) else status


def _without_accounts(word: re.Match[str]) -> str:
    """A word with accounts covered: parts behind which, or in which, a digit or an @ stands."""
    last = max(map(word[0].rfind, "0123456789@"))
    if last < 0:
        return word[0]
    return _ACCOUNT.sub(lambda found: MASK if found.start() <= last else found[0], word[0])


def _name(name: str) -> str:
    """The name of a field, if it looks like one; else only its length, as it may be goods."""
    return name if _PLAIN_NAME.fullmatch(name) else f"({len(name)} characters)"


def _cover(other: str, text: str) -> str:
    """The text with another one covered; a pattern is made only when it may be there."""
    plainest = max(re.findall("[a-z0-9]+", other.lower()), key=len, default="")
    if plainest in text.lower() or _ESCAPED.search(text):
        return re.sub("".join(map(_spellings, other)), MASK, text, flags=re.IGNORECASE)
    return text


def _brief(name: str, value: object) -> str:
    if name.lower() in _GOODS or isinstance(value, list | dict):
        count = len(value) if isinstance(value, list | dict) else int(value is not None)
        return f"({count})"
    # Left out as a whole, because a cut before masking could leave half a key behind.
    if isinstance(value, str) and len(value) > _MOST_OF_ONE_FIELD:
        return f"({len(value)} characters)"
    text = compact(value)
    if name.lower() == "status" and isinstance(value, str):
        text = plain_status(text)
    told = name.lower() in _TOLD and len(text) <= _MOST_OF_ONE_FIELD
    return text if told else f"({len(text)} characters)"


def _one_line(text: str) -> str:
    return _shorten(" ".join(_UNPRINTABLE.sub(" ", text).split()), _MOST)


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


def parts_of(text: str) -> tuple[str, ...]:
    """A link or a phone as a supplier may repeat it: whole, without its beginning, in pieces."""
    bare = text.partition("://")[2] or text
    _, _, path = bare.partition("/")
    pieces = (text, bare, path, *re.split(r"[/?&=#]", path))
    return tuple(dict.fromkeys(piece for piece in pieces if len(piece) >= _SHORTEST_PIECE))
