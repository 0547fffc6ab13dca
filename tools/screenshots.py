"""Draws the README's pictures anew: `make screenshots` plays a short scene and photographs it."""

import asyncio
from pathlib import Path
from typing import Final

from sandbox.world import ALICE, AMIRA, OLGA
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


async def draw_languages(folder: Path) -> None:
    """The same purchase as an Arabic and as a Chinese customer reads it, at a phone's width."""
    async with demo() as address, chromium() as browser:
        page = await Tab.open(browser, address, NARROW)
        await page.press('[aria-label="Close the first minute"]')
        olga = Phone(page, OLGA)
        await opens_the_shop(olga)
        for code, person in (("ar", AMIRA), ("zh", await newcomer(page, "李伟", "zh"))):
            customer = Phone(page, person)
            await customer.shows_up()
            await customer.starts()
            await customer.finds("c:")
            await olga.shows_up()
            await olga.says(f"/topup {person} 20")
            await olga.sees("$20.00 of credit given")
            await customer.shows_up()
            await customer.says("/start s_1")
            await customer.finds("q:")
            for prefix in ("q:", "t:"):
                await customer.taps_for(prefix)
            await page.js("document.activeElement.blur()")
            await shoot(page, folder / f"phone-{code}.png")


async def newcomer(page: Tab, name: str, language: str) -> int:
    """Add a person who speaks a language; their Telegram id."""
    await page.press(".people .add")
    await page.js(f"document.querySelector('#born [name=language]').value = '{language}'")
    await page.js("document.querySelector('#born [name=name]').focus()")
    await page.types(name)
    await page.press("#born .strong")
    found = await page.until(f"hands.find('.people .chip', '{name}')?.dataset.key")
    return int(found)


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
    asyncio.run(draw_languages(PICTURES))
