"""Inline keyboards: what a button may hold, and how many of them fit under one message."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any, Final

from sandbox.telegram.links import WrongLink, checked_link
from sandbox.telegram.refusals import TEXT_BUTTON, bad_request
from sandbox.telegram.text import cleaned, utf16_length

BUTTONS_MAX: Final = 100
ROW_MAX: Final = 8
SERIALISED_MAX: Final = 10 * 1024
CALLBACK_BYTES_MAX: Final = 64
COPY_MAX: Final = 256
STYLES: Final = ("primary", "success", "danger")

Keyboard = tuple[tuple["Button", ...], ...]


@dataclass(frozen=True, kw_only=True)
class Button:
    """One button; exactly one field beside text, style and icon says what it does."""

    text: str
    callback_data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    switch_inline_query: str | None = None
    switch_inline_query_current_chat: str | None = None
    switch_inline_query_chosen_chat: str | None = None
    """The query alone; which chats it offers is dropped."""
    web_app: str | None = None
    login_url: str | None = None
    pay: bool = False
    disabled: bool = False
    style: str | None = None
    icon_custom_emoji_id: str | None = None

    def as_wire(self) -> dict[str, Any]:
        """Answer the button as the Bot API writes it."""
        wire = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) not in (None, False)
        }
        for name, inner in _WRAPPED.items():
            if name in wire:
                wire[name] = {inner: wire[name]}
        if self.disabled:
            wire["disabled"] = {}
        return wire


_WRAPPED: Final = {
    "copy_text": "text",
    "web_app": "url",
    "login_url": "url",
    "switch_inline_query_chosen_chat": "query",
}
_KINDS: Final = (
    "callback_data",
    "url",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "login_url",
    "pay",
    "disabled",
)


def keyboard_wire(keyboard: Keyboard) -> dict[str, Any]:
    """Answer the keyboard as the Bot API writes it."""
    return {"inline_keyboard": [[button.as_wire() for button in row] for row in keyboard]}


def read_keyboard(markup: dict[str, Any]) -> Keyboard:
    """Check an inline keyboard and answer its rows; empty rows vanish."""
    rows = markup.get("inline_keyboard")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array')
    keyboard = tuple(tuple(_read_button(button) for button in row) for row in rows if row)
    written = json.dumps(keyboard_wire(keyboard), ensure_ascii=False, separators=(",", ":"))
    too_many = sum(len(row) for row in keyboard) > BUTTONS_MAX
    too_wide = any(len(row) > ROW_MAX for row in keyboard)
    if too_many or too_wide or len(written.encode()) > SERIALISED_MAX:
        raise bad_request("reply markup is too long")
    return keyboard


def _read_button(given: Any) -> Button:
    if not isinstance(given, dict):
        raise bad_request("can't parse inline keyboard button: Object expected")
    text = given.get("text")
    if not isinstance(text, str):
        raise bad_request(
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        )
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    icon = given.get("icon_custom_emoji_id")
    return Button(
        text=text,
        style=_style(given.get("style")),
        icon_custom_emoji_id=icon if isinstance(icon, str) else None,
        **_act(given),
    )


def _style(style: Any) -> str | None:
    if style in (None, ""):
        return None
    if style not in STYLES:
        raise bad_request("can't parse inline keyboard button: Invalid button style specified")
    return str(style)


def _act(given: dict[str, Any]) -> dict[str, Any]:
    """Answer the one field that says what the button does, as an argument of `Button`."""
    kinds = [kind for kind in _KINDS if given.get(kind) not in (None, False)]
    if not kinds or given.get("callback_data") == "":
        raise bad_request(TEXT_BUTTON)
    if len(kinds) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    [kind] = kinds
    if kind in ("pay", "disabled"):
        return {kind: True}
    value = given[kind][_WRAPPED[kind]] if _is_wrapped(kind, given[kind]) else given[kind]
    if not isinstance(value, str):
        raise bad_request(f'can\'t parse inline keyboard button: Field "{kind}" is wrong')
    return {kind: _checked(kind, value)}


def _is_wrapped(kind: str, value: Any) -> bool:
    return kind in _WRAPPED and isinstance(value, dict) and _WRAPPED[kind] in value


def _checked(kind: str, value: str) -> str:
    if kind == "callback_data" and len(value.encode()) > CALLBACK_BYTES_MAX:
        raise bad_request("BUTTON_DATA_INVALID")
    if kind == "copy_text" and not 1 <= utf16_length(value) <= COPY_MAX:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if kind in ("web_app", "login_url") and not value.startswith("https://"):
        raise bad_request(f"inline keyboard button {kind} URL is invalid: Only HTTPS is allowed")
    if kind == "copy_text":
        return cleaned(value)
    if kind != "url":
        return value
    try:
        return checked_link(value)
    except WrongLink as wrong:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: {wrong}") from wrong
