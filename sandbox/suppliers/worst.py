"""A megabyte of the worst that a supplier may answer, in every shape that a reader looks into."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

MIB: Final = 2**20
SIZE: Final = MIB - 64
"""Within the bound of the readers that take least."""
_WORST: Final = {
    "one word of hex": "0123456789abcdef",
    "parts of accounts": "abc:",
    "escapes": "%25",
    "backslashes": "\\",
    "tags": "<ul><li>",
    "open tags": "<b ",
    "comments": "<!--",
    "entities": "&#1",
    "ampersands": "&amp;",
    "pictures": "data:image/png;base64,",
    "digits": "9",
    "half letters": "\ud800",
    "spaces": " ",
    "lines": "\n",
}
"""What a long word repeats."""
_BEGINNINGS: Final = {"a picture": "<img src='data:image/png;base64,", "an entity": "&#"}
"""How a word begins that is one sign a million times."""
_SHAPES: Final[dict[str, Callable[[object], object]]] = {
    "an error": lambda word: {"error": word},
    "short answers": lambda word: (
        dict.fromkeys(
            (
                *("status", "order", "charge", "currency", "remains", "accounts", "balance"),
                *("service", "stock", "code", "sms_content", "phone", "expires_at", "message"),
            ),
            word,
        )
        | {"orders": [{"order": 1, "phone": word, "country": word, "status": word}]}
    ),
    "a unit": lambda word: {"status": "Completed", "accounts": [word], "code": [word]},
    "names": lambda word: {"status": "Completed", str(word): word},
    "rows": lambda word: {
        "services": [
            dict.fromkeys(("service", "rate", "min", "max", "stock", "type"), word),
            {"service": 1, "rate": "1", "name": "a", "description": word, "type": word},
            {"service": 2, "rate": "1", "name": word, "category": word, "subcategory": word},
        ],
        "categories": [{"category": word, "subcategories": [word]}],
        "projects": [
            {"project_id": "1", "country_id": "us", "name": word, "country_title": word}
            | {"price": word}
        ],
        "countries": [{"country_code": "us", "country_name": word}],
    },
}
_BODIES: Final[dict[str, Callable[[int], str]]] = {
    "nested lists": lambda size: "[" * size,
    "nested objects": lambda size: '{"a":' * (size // 5),
    "a nested field": lambda size: (
        '{"status":"x","error":' + "[" * (size // 2 - 20) + "]" * (size // 2 - 20) + "}"
    ),
    "a name a thousand times": lambda size: (
        "{" + '"status":"x",' * (size // 13 - 2) + '"status":"y"}'
    ),
    "endless digits": lambda size: '{"status":"x","order":' + "9" * (size - 30) + "}",
    "an endless fraction": lambda size: '{"balance":1.' + "9" * (size - 50) + ',"currency":"USD"}',
    "no utf-8": lambda size: '{"status":"x' + "\xff" * (size - 20) + '"}',
    "many fields": lambda size: json.dumps({f"field {nth}": nth for nth in range(size // 26)}),
    "many lists": lambda size: '{"accounts":[' + "[]," * (size // 3 - 10) + "[]]}",
    "many units": lambda size: '{"accounts":[' + '"a",' * (size // 4 - 10) + '"a"]}',
    "many orders": lambda size: '{"orders":[' + "{}," * (size // 3 - 10) + "{}]}",
    "many rows": lambda size: '{"services":[' + "{}," * (size // 3 - 10) + "{}]}",
    "many numbered rows": lambda size: json.dumps({str(nth): {} for nth in range(size // 14)}),
}

_ROWS: Final = frozenset({"services", "categories", "sms_projects", "sms_countries"})


def worst_of(action: str) -> dict[str, bytes]:
    """Bodies by what is bad about them, in the shapes that an action reads.

    Errors are read alike by all actions, and stand among those of two of them.
    """
    shapes = {"rows"} if action in _ROWS else {"short answers", "a unit"}
    shapes |= {"an error", "names"} if action in {"status", "add"} else set()
    made = {name: body(SIZE).encode("latin-1") for name, body in _BODIES.items()}
    for shape in shapes:
        fill = _SHAPES[shape]
        room = SIZE - len(json.dumps(fill("")))
        times = json.dumps(fill("@word@")).count("@word@")
        for name, word in _words(room // times).items():
            made[f"{name} in {shape}"] = json.dumps(fill(word)).encode()
    return made


def _words(size: int) -> dict[str, str]:
    """A word of each kind that takes so many bytes of JSON."""
    repeated = {
        name: part * (size // (len(json.dumps(part)) - 2)) for name, part in _WORST.items()
    }
    return repeated | {name: begin + "1" * (size - 100) for name, begin in _BEGINNINGS.items()}
