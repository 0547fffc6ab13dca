"""Draws the screens with the demo's own bubbles, several columns to a picture."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bot.app.kiosk import LOCALES
from bot.chat.kit.locale import Locale, Locales
from bot.chat.kit.screen import Button, Screen
from bot.i18n.texts import Texts
from sandbox.telegram.wire import unix
from tools.browser.chromium import chromium
from tools.browser.demo import demo
from tools.browser.tab import Tab
from tools.contact_sheet import goods_screens, order_screens, other_screens
from tools.contact_sheet.goods_screens import Shown
from tools.contact_sheet.samples import NOW

SHEETS: Final[Mapping[str, Callable[[Locale], Iterator[Shown]]]] = {
    "1-home": goods_screens.home,
    "2-catalog": goods_screens.shelf,
    "3-search": goods_screens.search,
    "4-favourites": goods_screens.wanted,
    "5-buying": order_screens.buying,
    "6-orders": order_screens.orders,
    "7-problems": order_screens.problems,
    "8-numbers": other_screens.numbers,
    "9-money": other_screens.money,
    "10-pages": other_screens.pages,
}
"""What is drawn into one picture each."""
_WIDTH: Final = 1900
_AT_FIRST: Final = 900
_SHEET: Final = Path(__file__).with_name("sheet.js")


async def draw_sheets(folder: Path, codes: Iterable[str]) -> None:
    """A picture of each sheet in each of these languages, and the same as text beside it."""
    locales = Locales.from_texts(Texts.load(LOCALES), "USD")
    async with demo() as address, chromium() as browser:
        tab = await Tab.open(browser, address, (_WIDTH, _AT_FIRST))
        await tab.js(_SHEET.read_text(encoding="utf-8"))
        for code in codes:
            await _draw_language(tab, folder / code, locales.of(code))


async def _draw_language(tab: Tab, folder: Path, _: Locale) -> None:
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    for name, screens in SHEETS.items():
        shown = [(title, screen.turned(rtl=_.is_rtl)) for title, screen in screens(_)]
        text = "\n".join(_as_text(title, screen) for title, screen in shown)
        await asyncio.to_thread((folder / f"{name}.txt").write_text, text, "utf-8")
        cells = [{"title": title, "message": _message(screen)} for title, screen in shown]
        await tab.resize((_WIDTH, _AT_FIRST))
        height = await tab.js(f"drawSheet({json.dumps(cells)}, {json.dumps(_.code)})")
        await tab.resize((_WIDTH, height))
        await tab.until("document.fonts.status === 'loaded'")
        await tab.picture(folder / f"{name}.png")
    print(f"{folder}: {len(SHEETS)} pictures")


def _message(screen: Screen) -> dict[str, Any]:
    """The screen as the page takes a message from the pretend Telegram."""
    text = screen.text
    entities = [
        {"type": one.type, "offset": one.offset, "length": one.length, **dict(one.more)}
        for one in text.entities
    ]
    file = screen.document
    shown = file and {"name": file.name, "size": len(file.content), "url": "#", "picture": False}
    return {
        "id": 1,
        "at": unix(NOW),
        "text": text.text,
        "entities": entities,
        "keyboard": [[_wire(button) for button in row] for row in screen.rows],
        "file": shown,
    }


def _wire(button: Button) -> dict[str, Any]:
    said = {
        "text": button.label,
        "style": button.style,
        "url": button.url,
        "callback_data": button.tap and button.tap.pack(),
        "copy_text": button.copy and {"text": button.copy},
        "switch_inline_query": button.share,
    }
    return {name: value for name, value in said.items() if value is not None}


def _as_text(title: str, screen: Screen) -> str:
    """The screen's words and its buttons, row by row."""
    rows = [" ".join(f"[{button.label}]" for button in row) for row in screen.rows]
    return "\n".join((f"--- {title}", screen.text.text, *rows, ""))
