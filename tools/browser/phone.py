"""One person's phone on the page, used as its owner would."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tools.browser.tab import Tab


@dataclass(frozen=True)
class Phone:
    """The phone of the person with this Telegram id."""

    tab: Tab
    person: int

    @property
    def place(self) -> str:
        """Where it is on the page, as a selector."""
        return f'[data-person="{self.person}"]'

    async def shows_up(self) -> None:
        """Put it on the page, if it is not there."""
        chip = f'.people [data-key="{self.person}"][aria-pressed="false"]'
        shown = f"document.querySelector({json.dumps(self.place)})?.hidden === false"
        # Looked at and pressed in one turn: the page may be showing it at this very moment.
        press = f"hands.press({json.dumps(chip)}, '')"
        await self.tab.until(f"{shown} || ({press}, {shown})")

    async def starts(self) -> None:
        """Press the button under a chat that was never begun."""
        await self.tab.press(f"{self.place} .wide-button")

    async def taps(self, label: str) -> None:
        """Tap the newest button with these words on it."""
        await self.tab.press(f"{self.place} .kb-button", label)

    async def taps_for(self, prefix: str) -> None:
        """Tap the newest button of this kind in any language, and wait for what it brings."""
        before = json.dumps(await self.messages())
        await self.tab.press(f'{self.place} .kb-button[data-tapped^="{prefix}"]')
        await self.tab.until(f"JSON.stringify({self._messages}) !== JSON.stringify({before})")

    async def finds(self, prefix: str) -> None:
        """Wait for a button of this kind."""
        query = f'{self.place} .kb-button[data-tapped^="{prefix}"]'
        await self.tab.until(f"!!hands.find({json.dumps(query)})")

    async def says(self, text: str) -> None:
        """Write a message and send it with Enter."""
        await self.types(text)
        await self.tab.key("Enter")

    async def types(self, text: str) -> None:
        """Write a message without sending it."""
        await self.tab.until(f"!!hands.find({json.dumps(self._field)})")
        await self.tab.js(f"document.querySelector({json.dumps(self._field)}).focus()")
        await self.tab.types(text)

    async def chooses(self, words: str) -> None:
        """Choose from what is offered above the field while something is typed."""
        await self.tab.press(f"{self.place} .suggestions button", words)

    async def sees(self, words: str) -> None:
        """Wait until some message has these words in it."""
        await self.tab.until(f"{self._messages}.some((one) => one.includes({json.dumps(words)}))")

    async def messages(self) -> list[str]:
        """The texts of the chat, oldest first, each with its buttons."""
        texts: list[str] = await self.tab.js(self._messages)
        return texts

    @property
    def _field(self) -> str:
        return f"{self.place} textarea"

    @property
    def _messages(self) -> str:
        query = json.dumps(f"{self.place} .msg")
        return f"[...document.querySelectorAll({query})].map((one) => one.textContent)"
