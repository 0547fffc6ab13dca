"""One open page: looked at, waited for, pressed and typed into."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from tools.browser.chromium import Chromium, Refused

WIDE: Final = (1440, 900)
NARROW: Final = (390, 844)
_HANDS: Final = Path(__file__).with_name("hands.js")
_NARROWER_IS_A_PHONE: Final = 600
_PATIENCE_S: Final = 60
_KEYS: Final = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowRight": 39, "ArrowLeft": 37}
_WRITES: Final = {"Enter": "\r", " ": " "}
_SHIFT: Final = 8
_LONGEST_WALK: Final = 250


class NeverHappened(AssertionError):
    """What was waited for did not come true in time; says how the page looks instead."""


@dataclass(frozen=True)
class Tab:
    """A page in a browser context of its own: nothing is shared with other tabs."""

    browser: Chromium
    session: str

    @classmethod
    async def open(cls, browser: Chromium, url: str, size: tuple[int, int] = WIDE) -> Self:
        """Open an address in a fresh profile and wait until the page has drawn the world."""
        context = (await browser.call("Target.createBrowserContext"))["browserContextId"]
        target = await browser.call(
            "Target.createTarget", url="about:blank", browserContextId=context
        )
        attached = await browser.call(
            "Target.attachToTarget", targetId=target["targetId"], flatten=True
        )
        tab = cls(browser, attached["sessionId"])
        await tab._asks("Page.enable")
        await tab._asks("Runtime.enable")
        hands = _HANDS.read_text(encoding="utf-8")
        await tab._asks("Page.addScriptToEvaluateOnNewDocument", source=hands)
        await tab.resize(size)
        await tab._asks("Page.navigate", url=url)
        await tab.until("document.body?.classList.contains('ready')")
        return tab

    async def _asks(self, method: str, **params: Any) -> Any:
        return await self.browser.call(method, self.session, **params)

    async def resize(self, size: tuple[int, int]) -> None:
        """Make the window this wide and high."""
        width, height = size
        await self._asks(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < _NARROWER_IS_A_PHONE,
        )

    async def reload(self) -> None:
        """Load the page again and wait until it is drawn."""
        await self.js("document.body.classList.remove('ready')")
        await self._asks("Page.reload")
        await self.until("document.body?.classList.contains('ready')")

    async def js(self, expression: str) -> Any:
        """What an expression is worth on the page, as JSON; promises are waited for.

        Raises:
            Refused: it threw.
        """
        answer = await self._asks(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"].get("exception", {})
            raise Refused(thrown.get("description", "it threw"))
        return answer["result"].get("value")

    async def until(self, expression: str) -> Any:
        """Wait until an expression is true on the page; answers what it is worth then."""
        patience = asyncio.get_running_loop().time() + _PATIENCE_S
        try:
            async with asyncio.timeout_at(patience):
                return await self._until(expression)
        except TimeoutError:
            shown = await self.js("document.querySelector('main')?.innerText ?? ''")
            message = f"never true: {expression}\nthe page shows:\n{shown}"
            raise NeverHappened(message) from None

    async def _until(self, expression: str) -> Any:
        while True:
            try:
                return await self.js(f"hands.until(() => {expression})")
            except Refused as refused:
                # The page was on its way to another document: ask that one.
                if not _is_leaving(str(refused)):
                    raise

    async def press(self, selector: str, words: str = "") -> None:
        """Press the last visible thing that fits, as soon as there is one."""
        await self.until(f"hands.press({json.dumps(selector)}, {json.dumps(words)})")

    async def types(self, text: str) -> None:
        """Type into what has the focus."""
        await self._asks("Input.insertText", text=text)

    async def key(self, name: str, *, shift: bool = False) -> None:
        """Strike a key on whatever has the focus."""
        stroke = {"key": name, "code": name, "windowsVirtualKeyCode": _KEYS[name]}
        stroke["modifiers"] = _SHIFT if shift else 0
        writes = {"text": _WRITES[name]} if name in _WRITES else {}
        await self._asks("Input.dispatchKeyEvent", type="keyDown", **stroke, **writes)
        await self._asks("Input.dispatchKeyEvent", type="keyUp", **stroke)

    async def walks_to(self, selector: str, words: str = "") -> None:
        """Strike Tab until the focus is on something that fits, twice around the page at most."""
        wanted = f"hands.isOn({json.dumps(selector)}, {json.dumps(words)})"
        await self.until(f"!!hands.find({json.dumps(selector)}, {json.dumps(words)})")
        for _ in range(_LONGEST_WALK):
            if await self.js(wanted):
                return
            await self.key("Tab")
        message = f"Tab never comes to {words or selector}"
        raise NeverHappened(message)

    async def picture(self, path: Path) -> None:
        """Save what the window shows."""
        shot = await self._asks("Page.captureScreenshot", format="png")
        await asyncio.to_thread(path.write_bytes, base64.b64decode(shot["data"]))


def _is_leaving(said: str) -> bool:
    return any(
        words in said
        for words in ("hands is not defined", "Promise was collected", "context was destroyed")
    )
