"""Formatting, given as a list of entities or by a parse mode: checked and put in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sandbox.telegram.markup import parse_html
from sandbox.telegram.refusals import bad_request
from sandbox.telegram.text import Entity, tidy, utf16_length

FORMATTING: Final[dict[str, tuple[str, ...]]] = {
    "bold": (),
    "italic": (),
    "underline": (),
    "strikethrough": (),
    "spoiler": (),
    "blockquote": (),
    "expandable_blockquote": (),
    "code": (),
    "pre": ("language",),
    "text_link": ("url",),
    "text_mention": ("user",),
    "custom_emoji": ("custom_emoji_id",),
    "date_time": ("unix_time", "date_time_format"),
}
"""The entities a bot may set, each with the fields that belong to it."""

_REQUIRED: Final = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
_FOUND_BY_TELEGRAM: Final = frozenset(
    ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"),
)
_FARTHEST: Final = 1_000_000


def formatted(
    text: str,
    parse_mode: str | None,
    given: list[Any] | None,
) -> tuple[str, list[Entity]]:
    """Answer the stored form of a text: plain, trimmed, with its entities in order.

    A parse mode outranks a list of entities, as on the real server.
    """
    mode = (parse_mode or "").lower()
    if mode == "html":
        plain, entities = parse_html(text)
    elif mode in ("", "none"):
        plain, entities = text, _checked(text, given or [])
    elif mode in ("markdown", "markdownv2"):
        raise bad_request("can't parse entities: the sandbox reads HTML and entities only")
    else:
        raise bad_request("unsupported parse_mode")
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return tidy(plain, entities)


def _checked(text: str, given: Iterable[Any]) -> list[Entity]:
    boundaries = _boundaries(text)
    read = (_read(entity) for entity in given)
    return [entity for entity in read if entity and _fits(entity, boundaries)]


def _boundaries(text: str) -> set[int]:
    """Answer the UTF-16 offsets that do not split a character."""
    offsets = {0}
    at = 0
    for char in text:
        at += utf16_length(char)
        offsets.add(at)
    return offsets


def _read(given: Any) -> Entity | None:
    """Answer one entity with the fields of its type; None for those Telegram finds itself."""
    if not isinstance(given, dict):
        raise bad_request("can't parse MessageEntity: Object expected")
    kind = given.get("type")
    if kind in _FOUND_BY_TELEGRAM:
        return None
    if not isinstance(kind, str) or kind not in FORMATTING:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    needed = _REQUIRED.get(kind)
    if needed and not given.get(needed):
        raise bad_request(f'can\'t parse MessageEntity: Field "{needed}" is missing')
    extra = {name: given[name] for name in FORMATTING[kind] if given.get(name) is not None}
    place = {name: _whole(given, name) for name in ("offset", "length")}
    return {"type": kind, **place, **extra}


def _whole(given: dict[str, Any], name: str) -> int:
    number = given.get(name)
    if isinstance(number, bool) or not isinstance(number, int):
        raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type Number')
    if not 0 <= number <= _FARTHEST:
        raise bad_request(f"receive an entity with incorrect {name} {number}")
    return number


def _fits(entity: Entity, boundaries: set[int]) -> bool:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    last = max(boundaries)
    if entity["length"] == 0:
        return False
    if start > last:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if end > last:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text "
            f"at UTF-16 offset {end}",
        )
    for offset in (start, end):
        if offset not in boundaries:
            raise bad_request(
                f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol "
                f"at UTF-16 offset {offset}",
            )
    return True
