"""What the bot offers behind its name in a chat, and the message that one of it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sandbox.telegram.entities import formatted

QUERY_MAX: Final = 256
"""Clients send no more characters of what was typed."""
PATIENCE: Final = timedelta(seconds=10)
"""How long an inline query waits for its answer."""


@dataclass(frozen=True)
class InlineAnswer:
    """The results as they were given, and what stands around them."""

    results: list[dict[str, Any]] = field(default_factory=list)
    next_offset: str = ""
    button: dict[str, Any] | None = None
    cache_s: int = 0
    is_personal: bool = False

    def find(self, wanted: str) -> dict[str, Any] | None:
        """Find a result by its id or its title, else by the beginning of one title alone."""
        for result in self.results:
            if wanted in (result["id"], result.get("title")):
                return result
        partly = [one for one in self.results if str(one.get("title")).startswith(wanted)]
        return partly[0] if len(partly) == 1 else None


def content_of(result: dict[str, Any]) -> dict[str, Any]:
    """Answer what a chosen article puts into a message: text, entities and buttons."""
    given = result["input_message_content"]
    text, entities = formatted(
        str(given.get("message_text", "")), given.get("parse_mode"), given.get("entities")
    )
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    if result.get("reply_markup"):
        content["reply_markup"] = result["reply_markup"]
    return content
