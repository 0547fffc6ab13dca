"""What Telegram takes of a screen, and the names that try it."""

from __future__ import annotations

from bot.chat.kit.richtext import units
from bot.chat.kit.screen import Button, Screen

HUGE = 2**63 - 1
UGLY = (
    "",
    "   ",
    "\u202e\u2066\u200f",
    "x" * 5_000,
    "😀" * 3_000,
    "\ud800 lone",
    "line\none\x00\r\n",
    "<b>&amp;{name}{price}</b>",
    "ز" * 3_000,
    "e\u0301" * 2_000,
)


def fits(screen: Screen) -> None:
    assert screen.text.text.strip()
    assert screen.text.length <= 4096
    assert len(screen.text.entities) <= 100
    screen.text.text.encode()
    for entity in screen.text.entities:
        assert entity.length > 0
        assert entity.offset + entity.length <= screen.text.length
    buttons = [button for row in screen.rows for button in row]
    assert len(buttons) <= 100
    assert all(0 < len(row) <= 8 for row in screen.rows)
    for button in buttons:
        button_fits(button)


def button_fits(button: Button) -> None:
    assert button.label.strip()
    assert units(button.label) <= 160
    button.label.encode()
    acts = [button.tap, button.url, button.copy, button.share]
    assert sum(act is not None for act in acts) == 1
    if button.tap is not None:
        packed = button.tap.pack()
        assert len(packed.encode()) <= 64
        assert type(button.tap).unpack(packed) == button.tap
    if button.copy is not None:
        assert 1 <= len(button.copy) <= 256
