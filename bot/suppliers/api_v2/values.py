"""JSON as suppliers write it, and its single values read strictly: exact numbers, clean texts."""

from __future__ import annotations

import codecs
import functools
import json
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

from bot.base.money import NotMoney, read_decimal
from bot.suppliers.api_v2.plain import plain_words
from bot.suppliers.api_v2.reasons import FailureReason

_LONGEST_INTEGER: Final = 100
_TOO_LONG: Final = "too long a number"
_NUMBER: Final = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,4})?")
_LONGEST_NUMBER: Final = 64
_LONGEST_REMEMBERED: Final = 256
"""Texts are remembered up to this length, so that what is kept of answers is bounded."""
_ROOM: Final = 8
"""How many times as long as what is shown of it a text may be that is cleaned."""
_LARGEST_WHOLE: Final = 10**18
# Control characters, lone surrogates, and the signs that turn the reading direction of all that
# follows, a screen's own words included.
_UNWANTED: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_AMOUNT: Final = re.compile(
    r"(?P<before>[A-Z]{3}|\$)? ?(?P<number>[-+]?[0-9][0-9., ]*?) ?(?P<after>[A-Z]{3}|\$)?"
)
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


class NotJson(ValueError):
    """The body is not one JSON value."""


def _exact(text: str) -> Decimal | str:
    """A JSON number with a point or an exponent; one beyond all reason stays text."""
    if len(text) > _LONGEST_INTEGER:
        return _TOO_LONG
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


_DECODER: Final = msgspec.json.Decoder(float_hook=_exact)


def loads(body: bytes) -> object:
    """Read one JSON value; fractions become Decimals. Raises NotJson, for NaN and Infinity too."""
    try:
        return _DECODER.decode(body)
    except (ValueError, RecursionError):
        return _loads_slowly(body, "strict", _refuse)


def loads_reading(body: bytes) -> object:
    """The same for a reading, on which no money depends before a person or a rule has seen it.

    Bytes that are no UTF-8 are Latin-1, raw control characters pass, and what follows an object
    or a list is ignored.
    """
    try:
        return _DECODER.decode(body)
    except (ValueError, RecursionError):
        pass
    try:
        value, _end = _READER.raw_decode(_text_of_bytes(body).lstrip())
    except (ValueError, RecursionError):
        raise NotJson from None
    if not isinstance(value, dict | list):
        raise NotJson
    return value


def _text_of_bytes(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def loads_forgiving(body: bytes) -> object:
    """The same for a catalogue, where one broken row must not hide the others.

    Wrong UTF-8 is replaced, NaN and Infinity become texts, raw control characters pass.
    """
    return _loads_slowly(body, "replace", str)


def _refuse(constant: str) -> str:
    raise NotJson(constant)


def _loads_slowly(body: bytes, errors: str, constant: Callable[[str], str]) -> object:
    """The standard library's reader: several times slower, and knows lone surrogates and a BOM."""
    try:
        text = body.decode("utf-8-sig", errors)
        return json.loads(
            text,
            parse_float=_exact,
            parse_int=_whole,
            parse_constant=constant,
            strict=errors == "strict",
        )
    except (ValueError, RecursionError):
        raise NotJson from None


def _whole(text: str) -> int | str:
    """A whole number; one of absurd length becomes a text, which no rule reads as a number."""
    return int(text) if len(text) <= _LONGEST_INTEGER else _TOO_LONG


_READER: Final = json.JSONDecoder(
    parse_float=_exact, parse_int=_whole, parse_constant=str, strict=False
)


def compact(value: object) -> str:
    """A value that was read as JSON text without spaces, numbers as they were written.

    Names come in the order of the alphabet, so that the same value is always the same text.
    """
    if isinstance(value, dict):
        pairs = sorted(value.items())
        return "{" + ",".join(f"{compact(k)}:{compact(v)}" for k, v in pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def number(raw: object) -> Decimal:
    """An exact number as JSON number or ASCII text, `1_000` and `1,50` not. Raises NotMoney."""
    if not isinstance(raw, str):
        return read_decimal(raw)
    if len(raw) > _LONGEST_REMEMBERED:
        raise NotMoney(FailureReason.NOT_A_NUMBER)
    return _number_of(raw)


@functools.lru_cache(4_096)
def _number_of(text: str) -> Decimal:
    """Remembered, because ten thousand rows share a few hundred rates."""
    text = text.strip()
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise NotMoney(FailureReason.NOT_A_NUMBER)
    return read_decimal(text)


def find_number(raw: object) -> Decimal | None:
    """The number, or None when it cannot be read."""
    try:
        return number(raw)
    except NotMoney:
        return None


def find_amount(raw: object) -> tuple[Decimal | None, str]:
    """An amount of money, and the currency that stands beside it, a dollar sign as it is.

    Thousands may be grouped where this has one meaning: `1,234.56` and `1.234.567` have, `1,234`
    has not.
    """
    written = None
    if isinstance(raw, str) and len(raw) <= _LONGEST_NUMBER:
        written = _AMOUNT.fullmatch(" ".join(raw.upper().split()))
    if written is None:
        return find_number(raw), ""
    number, beside = written["number"], written["before"] or written["after"] or ""
    for group, point in ((",", "."), (".", ","), (" ", "."), (" ", ",")):
        if re.fullmatch(_grouped(group, point), number):
            number = number.replace(group, "").replace(point, ".")
            break
    return find_number(number), beside


def _grouped(group: str, point: str) -> str:
    """A pattern of an amount in groups of three that can be read in one way only."""
    group, point = re.escape(group), re.escape(point)
    fraction = rf"{point}[0-9]+"
    at_least_two = rf"(?:{group}[0-9]{{3}}){{2,}}(?:{fraction})?"
    several = rf"(?:{group}[0-9]{{3}})+{fraction}"
    alone = rf"|(?:{group}[0-9]{{3}})+" if group == re.escape(" ") else ""
    return rf"[-+]?[1-9][0-9]{{0,2}}(?:{at_least_two}|{several}{alone})"


def find_whole(raw: object) -> int | None:
    """A whole number such as 5, "5" or 5.0; None when it cannot be read or is a fraction."""
    if type(raw) is int and abs(raw) <= _LARGEST_WHOLE:
        return raw
    found = find_number(raw)
    if found is None or found != found.to_integral_value():
        return None
    return int(found)


def find_currency(raw: object) -> str | None:
    """A currency's three letters, upper case."""
    code = raw[:_LONGEST_NUMBER].strip().upper() if isinstance(raw, str) else ""
    return code if _CURRENCY.fullmatch(code) else None


def text_of(raw: object) -> str:
    """A text, or a whole number as text; everything else is empty."""
    if type(raw) is int:
        return str(raw)
    return raw if isinstance(raw, str) else ""


def one_line(raw: object, most: int) -> str:
    """A clean text without line breaks, at most `most` long; empty when nothing is visible."""
    text = text_of(raw)
    if len(text) <= _LONGEST_REMEMBERED:
        return _remembered_line(text, most)
    return _one_line(text[: most * _ROOM], most)


def name_line(raw: object, most: int) -> str:
    """The same for a name, in which entities and tags of HTML are no words."""
    text = text_of(raw)
    return one_line(plain_words(text) if "<" in text or "&" in text else text, most)


@functools.lru_cache(4_096)
def _remembered_line(text: str, most: int) -> str:
    """Remembered, because ten thousand rows share a few hundred categories and types."""
    return _one_line(text, most)


def _one_line(text: str, most: int) -> str:
    text = " ".join(text.split())
    if text.isprintable():
        return text[:most]
    text = " ".join(_UNWANTED.sub("", text).split())
    return text[:most] if any(sign.isprintable() and sign != " " for sign in text) else ""


def many_lines(raw: object, most: int) -> str:
    """A clean text that keeps its line breaks and tabs, at most `most` characters."""
    text = text_of(raw)[: most * _ROOM].replace("\r\n", "\n")
    return (text if text.isprintable() else _UNWANTED.sub("", text))[:most]
