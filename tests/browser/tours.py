"""The tours on top of the page, taken as a visitor takes them."""

import json
from dataclasses import dataclass

from tools.browser.tab import Tab


@dataclass(frozen=True)
class Tour:
    """The tour that is open."""

    tab: Tab

    async def begins(self, title: str) -> None:
        await self.tab.press("#guide .tours button", title)

    async def presses(self, label: str) -> None:
        """Press the button of the step that is next."""
        await self.tab.press("#guide .strong", label)

    async def is_at(self, step: str) -> None:
        """Wait until everything before this step has really happened."""
        await self.tab.until(f"!!hands.find('#guide .step.now', {json.dumps(step)})")

    async def ends(self) -> str:
        """Wait for the last step, at which every law must hold; answers the recap."""
        recap: str = await self.tab.until("document.querySelector('#guide .guide-end')?.innerText")
        assert (
            await self.tab.js("document.querySelector('.law.broken')?.innerText ?? null") is None
        )
        return recap

    async def gives_alice_a_balance(self) -> None:
        """The first two steps of most tours."""
        await self.presses("Send /start")
        await self.is_at("Alice gets a balance")
        await self.presses("Send /topup")


async def laws(page: Tab) -> dict[str, str]:
    """What the strip says, by the ids of its laws."""
    said: dict[str, str] = await page.js(
        "Object.fromEntries([...document.querySelectorAll('.law')]"
        ".map((one) => [one.dataset.law, one.querySelector('b').textContent]))"
    )
    return said
