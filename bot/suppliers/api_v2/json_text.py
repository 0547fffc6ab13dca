"""JSON as suppliers write it: exact numbers, no crash on whatever comes, compact text back."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final

import msgspec

_LONGEST_INTEGER: Final = 100


class NotJson(ValueError):
    """The body is not one JSON value."""


def _exact(text: str) -> Decimal | str:
    """A JSON number with a point or an exponent; one beyond all reason stays text."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


_DECODER: Final = msgspec.json.Decoder(float_hook=_exact)


def loads(body: bytes) -> object:
    """Read one JSON value; fractions become Decimals.

    Raises:
        NotJson: also for NaN and Infinity as numbers, wrong UTF-8 and nesting without end.
    """
    try:
        return _DECODER.decode(body)
    except (ValueError, RecursionError):
        return _loads_slowly(body, "strict", _refuse)


def loads_forgiving(body: bytes) -> object:
    """The same for a catalogue, where one broken row must not hide the others.

    Wrong UTF-8 is replaced, NaN and Infinity become texts, raw control characters are let through.

    Raises:
        NotJson: when it is no JSON even so.
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
    """A whole number; one of absurd length stays text, so that nobody takes it for a number."""
    return int(text) if len(text) <= _LONGEST_INTEGER else "too long a number"


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
