"""A megabyte of the worst that a supplier may answer, in every shape that a reader looks into."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

MIB: Final = 2**20
_WORST: Final[dict[str, str]] = {
    "one word of hex": "0123456789abcdef" * (MIB // 16),
    "parts of accounts": "abc:" * (MIB // 4),
    "escapes": "%25" * (MIB // 3),
    "backslashes": "\\" * (MIB // 2),
    "tags": "<ul><li>" * (MIB // 8),
    "open tags": "<b " * (MIB // 3),
    "comments": "<!--" * (MIB // 4),
    "entities": "&#" + "1" * MIB,
    "ampersands": "&amp;" * (MIB // 5),
    "a picture": "<img src='data:image/png;base64," + "A" * MIB,
    "pictures": "data:image/png;base64," * (MIB // 22),
    "digits": "9" * MIB,
    "half letters": "\ud800" * (MIB // 6),
    "spaces": " " * MIB,
    "lines": "\n" * (MIB // 2),
}
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
_BODIES: Final = {
    "nested lists": "[" * MIB,
    "nested objects": '{"a":' * (MIB // 5),
    "a nested field": '{"status":"x","error":' + "[" * (MIB // 2) + "]" * (MIB // 2) + "}",
    "a name a thousand times": "{" + '"status":"x",' * (MIB // 13) + '"status":"y"}',
    "endless digits": '{"status":"x","order":' + "9" * MIB + "}",
    "an endless fraction": '{"balance":1.' + "9" * MIB + ',"currency":"USD"}',
    "half letters": '{"status":"' + "\\ud800" * (MIB // 6) + '"}',
    "no utf-8": '{"status":"x' + "\xff" * (MIB // 2) + '"}',
    "many fields": json.dumps({f"field {nth}": nth for nth in range(MIB // 20)}),
    "many lists": '{"accounts":[' + "[]," * (MIB // 3) + "[]]}",
}

_ROWS: Final = frozenset({"services", "categories", "sms_projects", "sms_countries"})


def worst_of(action: str) -> dict[str, bytes]:
    """Bodies by what is bad about them, in the shapes that an action reads.

    Errors are read alike by all actions, and stand among those of two of them.
    """
    shapes = {"rows"} if action in _ROWS else {"short answers", "a unit"}
    shapes |= {"an error", "names"} if action in {"status", "add"} else set()
    made = {name: body.encode("latin-1") for name, body in _BODIES.items()}
    for shape in shapes:
        for name, word in _WORST.items():
            made[f"{name} in {shape}"] = json.dumps(_SHAPES[shape](word)).encode()
    return made
