"""Draws the README's pictures anew: `make screenshots` plays a short scene and photographs it."""

import asyncio
from pathlib import Path
from typing import Final

from sandbox.world import ALICE, OLGA
from tools.browser.chromium import chromium
from tools.browser.demo import demo
from tools.browser.phone import Phone
from tools.browser.tab import NARROW, WIDE, Tab
from tools.browser.visit import buys, is_given_credit, opens_the_shop

PICTURES: Final = Path(__file__).parents[1] / "docs" / "pictures"
_HEAVIEST: Final = 400_000


async def draw(folder: Path) -> None:
    """Play the scene and save both pictures."""
    async with demo() as address, chromium() as browser:
        page = await Tab.open(browser, address, WIDE)
        alice = Phone(page, ALICE)
        await play(alice, Phone(page, OLGA))
        await page.js("document.activeElement.blur()")
        await shoot(page, folder / "demo.png")
        await page.resize(NARROW)
        await alice.taps("🏠 Home")
        await alice.sees("Balance: $18.21\nWhat would you like to do?")
        await shoot(page, folder / "phone.png")


async def play(alice: Phone, olga: Phone) -> None:
    """Olga gives Alice credit, and Alice buys something."""
    page = alice.tab
    await page.press('[aria-label="Close the first minute"]')
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice, olga, "20")
    await alice.taps("🏠 Home")
    await alice.sees("Balance: $20.00\nWhat would you like to do?")
    await buys(alice)
    await alice.sees("Everything is done. Thank you!")
    await page.until("!!hands.find('#console .card .state', 'Completed')")
    await page.until("!!document.querySelector('.pill.good')")


async def shoot(page: Tab, path: Path) -> None:
    """Save what is to be seen, once nothing on it waits or moves."""
    await page.until(
        "document.getAnimations().length === 0 && !hands.find('[aria-busy], .notice')"
    )
    await page.picture(path)
    size = (await asyncio.to_thread(path.stat)).st_size
    print(f"{path.name}: {size // 1000} kB")
    if size > _HEAVIEST:
        message = f"{path.name} is heavier than {_HEAVIEST // 1000} kB"
        raise SystemExit(message)


if __name__ == "__main__":
    asyncio.run(draw(PICTURES))
