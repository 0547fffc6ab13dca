"""The arguments of a call, from JSON, a form, several parts or the address: one shape for all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.telegram.refusals import bad_request
from sandbox.telegram.text import is_well_formed

NESTED: Final = frozenset(
    (
        "allowed_updates",
        "button",
        "caption_entities",
        "commands",
        "entities",
        "link_preview_options",
        "media",
        "menu_button",
        "message_ids",
        "reply_markup",
        "reply_parameters",
        "results",
        "scope",
    ),
)
"""Arguments that are JSON inside a form, and plain objects inside a JSON body."""

_SPOKEN: Final = {
    "text": "text",
    "caption": "message caption",
    "reply_markup": "inline keyboard button text",
}


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


class Params:
    """What one call was given; every reading checks the type and refuses in Telegram's words."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields: dict[str, Any] = {}
        for name, value in fields.items():
            self.fields[name] = _decoded(name, value)

    def find_text(self, name: str) -> str | None:
        """Answer a string, also for a number written bare; None when it was left out."""
        value = self.fields.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (bool, dict, list, Upload)):
            raise bad_request(f'field "{name}" must be of type String')
        return str(value)

    def text(self, name: str) -> str:
        """Answer a string, empty when it was left out."""
        return self.find_text(name) or ""

    def find_whole(self, name: str) -> int | None:
        """Answer a whole number; None when it was left out or is not one."""
        value = self.fields.get(name)
        if isinstance(value, bool) or value in (None, ""):
            return None
        try:
            return int(str(value))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """Answer a yes or no; anything unclear is no."""
        return str(self.fields.get(name)).lower() in ("true", "1", "yes")

    def find_object(self, name: str) -> dict[str, Any] | None:
        """Answer a JSON object; None when it was left out."""
        value = self.fields.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, dict):
            raise bad_request(f"object expected as {name.replace('_', ' ')}")
        return value

    def find_array(self, name: str) -> list[Any] | None:
        """Answer a JSON array; None when it was left out."""
        value = self.fields.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {name.replace('_', ' ')}")
        return value

    def part(self, fields: Mapping[str, Any]) -> Params:
        """Answer an object among the arguments as arguments of its own, with the same files."""
        files = {name: file for name, file in self.fields.items() if isinstance(file, Upload)}
        return Params({**files, **fields})

    def find_upload(self, name: str) -> Upload | None:
        """Answer a file, sent in the field itself or attached by name."""
        value = self.fields.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.fields.get(value.removeprefix("attach://"))
        return value if isinstance(value, Upload) else None


def _decoded(name: str, value: Any) -> Any:
    if name in NESTED and isinstance(value, str) and value:
        try:
            value = json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error
    if not all(is_well_formed(text) for text in _strings(value)):
        raise bad_request(f"{_SPOKEN.get(name, 'strings')} must be encoded in UTF-8")
    return value


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
