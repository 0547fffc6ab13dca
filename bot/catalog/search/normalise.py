"""What is typed and what is listed, made alike: one case, plain digits, no marks, no signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

LONGEST: Final = 100
"""Characters that are looked at; the rest is cut off before anything else is done with it."""
_GROUPED: Final = re.compile(r"(?<=[0-9])[.,](?=[0-9]{3}(?![0-9]))")
_PARTS: Final = re.compile(
    "[0-9]+|[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
    "|[^0-9\\s\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)
"""Numbers, runs of Han and kana, runs of Thai and its neighbours, and words of other scripts."""
_THOUSANDS: Final = re.compile("([0-9]{1,4})(k|m|к|м)")
_TIMES: Final = {"k": 1_000, "к": 1_000, "m": 1_000_000, "м": 1_000_000}
_MARKS: Final = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20F0),
)
"""Marks over Latin, Greek, Cyrillic and Arabic letters. Those of Thai and Hindi are vowels."""
_ALIKE: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
    | {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ے": "ي"}
    | {"ς": "σ", "ґ": "г", "ー": None, "\u0640": None}
)
_KATAKANA: Final = (0x30A1, 0x30F6)
_TO_HIRAGANA: Final = -0x60
_HAN_AND_KANA: Final = 2
_THAI: Final = 3
_TURNS: Final = 4
"""How often it is folded at most: the second time mostly changes nothing."""


class _Signs(dict[int, str]):
    """What becomes of each sign, found out once: letters and digits stay, others are blanks."""

    def __missing__(self, code: int) -> str:
        kept = self[code] = _kept(code)
        return kept


def _kept(code: int) -> str:
    sign, kind = chr(code), unicodedata.category(chr(code))
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Cf" or any(first <= code <= last for first, last in _MARKS):
        return ""
    if _KATAKANA[0] <= code <= _KATAKANA[1]:
        return chr(code + _TO_HIRAGANA)
    return sign if kind[0] in {"L", "M", "N"} else " "


_SIGNS: Final = _Signs()


def normalise(text: str, most: int = LONGEST) -> str:
    """The text's first `most` characters in small letters, with one blank between words.

    It never raises, and what it gives is given back unchanged. `1,000` is `1000`; digits of all
    scripts are ASCII; Arabic letters that are written in several ways are written in one.
    """
    folded = text[:most]
    for _ in range(_TURNS):
        before, folded = folded, _folded(folded)
        if folded == before:
            break
    return folded


def _folded(text: str) -> str:
    text = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    text = _GROUPED.sub("", text).translate(_ALIKE).translate(_SIGNS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def parts_of(text: str) -> Iterator[str]:
    """The words of a normalised text, numbers apart from letters; `10k` is `10000`.

    Scripts that put no blanks between words give one part for each run.
    """
    for word in text.split():
        short = _THOUSANDS.fullmatch(word)
        if short is not None:
            yield str(int(short[1]) * _TIMES[short[2]])
        else:
            yield from map(_singular, _PARTS.findall(word))


_SHORTEST_PLURAL: Final = 4


def _singular(word: str) -> str:
    """Without the s of English plurals: `proxies` is `proxy`, and so `cookie` is `cooky`."""
    if len(word) < _SHORTEST_PLURAL or not word.isascii():
        return word
    if word[-1] == "s" and word[-2] not in "sui":
        word = word[:-1]
    return word[:-2] + "y" if word.endswith("ie") else word


@lru_cache(maxsize=4096)
def gram_size(part: str) -> int:
    """How long the pieces are into which a run of this script is cut; 0 for scripts with words."""
    first = part[0]
    if "\u3040" <= first <= "\u30ff" or "\u3400" <= first <= "\u9fff" or first >= "\U00020000":
        return _HAN_AND_KANA
    is_thai = "\u0e00" <= first <= "\u0eff" or "\u1000" <= first <= "\u109f"
    return _THAI if is_thai or "\u1780" <= first <= "\u17ff" else 0


def grams_of(run: str) -> tuple[str, ...]:
    """A run of a script without blanks in overlapping pieces; one that is shorter is its own."""
    size = gram_size(run)
    if len(run) <= size:
        return (run,)
    return tuple(run[at : at + size] for at in range(len(run) - size + 1))
