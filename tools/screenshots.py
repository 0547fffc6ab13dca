"""Draws the README's pictures anew: `make screenshots` plays a short scene and photographs it.

`python -m tools.screenshots --sheet ar` draws every customer screen in a language instead, to
`build/sheets`, where it is looked through; `--sheet all` takes every language.
"""

import argparse
import asyncio
from pathlib import Path
from typing import Final

from bot.i18n.language import LANGUAGES
from sandbox.world import ALICE, AMIRA, OLGA
from tools.browser.chromium import chromium
from tools.browser.demo import demo
from tools.browser.phone import Phone
from tools.browser.tab import NARROW, WIDE, Tab
from tools.browser.visit import buys, is_given_credit, opens_the_shop
from tools.charts import draw_charts
from tools.contact_sheet.draw import draw_sheets

PICTURES: Final = Path(__file__).parents[1] / "docs" / "pictures"
_HEAVIEST: Final = 400_000
_LOOKED_FOR: Final = {"ar": "واتساب", "zh": "电报"}
"""WhatsApp and Telegram, as they are written there."""


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
    await page.press('[aria-label="Leave the tours"]')
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
        await page.press('[aria-label="Leave the tours"]')
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
            await _shoot(page, folder, "phone", code)
            await _goes_on(page, customer, folder, code)


async def _goes_on(page: Tab, customer: Phone, folder: Path, code: str) -> None:
    """Buys what is asked about, comes home to it, and looks for something by its name."""
    await customer.taps_for("y:")
    await customer.finds("g:")  # the goods are there
    await customer.says("/start")
    await customer.finds("oa:")
    await _shoot(page, folder, "phone-home", code)
    await customer.says(f"/search {_LOOKED_FOR[code]}")
    await customer.finds("sf:")
    await _shoot(page, folder, "phone-search", code)


async def draw_desk(folder: Path, operators: str = "", customers: str = "en") -> None:
    """A claim from both sides and the desk, at a phone's width, each in its reader's language.

    `operators` is the operator's language, which is chosen in the chat; empty for English.
    """
    async with demo() as address, chromium() as browser:
        page = await Tab.open(browser, address, NARROW)
        await page.press('[aria-label="Leave the tours"]')
        olga = Phone(page, OLGA)
        await opens_the_shop(olga)
        alice = await _claims(page, olga, customers)
        await olga.shows_up()
        if operators:
            await olga.says("/language")
            await olga.taps_for(f"m:{operators}")
        await olga.says("/desk")
        await olga.finds("ko:")
        await _shoot(page, folder, "phone-desk", operators or "en")
        await olga.taps_for("ko:")
        await olga.taps_for("kc:")
        await _shoot(page, folder, "phone-claim-desk", operators or "en")
        await alice.shows_up()
        await _shoot(page, folder, "phone-claim", customers)


async def _claims(page: Tab, olga: Phone, language: str) -> Phone:
    """Somebody buys two accounts, gets them, and reports one of them; who it was."""
    person = ALICE if language == "en" else await newcomer(page, "李伟", language)
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
    await customer.taps_for("q:")
    await customer.says("2")
    await customer.finds("y:")
    await customer.taps_for("y:")
    await customer.finds("g:")  # the goods are there
    for prefix in ("p:", "pr:1:does_not_work", "pt:", "pw:"):
        await customer.finds(prefix)
        await customer.taps_for(prefix)
    await customer.says("The password is wrong")
    await customer.finds("ps:")
    await customer.taps_for("ps:")
    return customer


async def _shoot(page: Tab, folder: Path, name: str, language: str) -> None:
    await page.js("document.activeElement.blur()")
    mark = "" if language == "en" else f"-{language}"
    await shoot(page, folder / f"{name}{mark}.png")


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


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="screenshots", description="Draw the shop's pictures.")
    parser.add_argument("--sheet", choices=("all", *LANGUAGES), help="every screen in a language")
    parser.add_argument("--to", type=Path, default=Path("build/sheets"), help="where sheets go")
    return parser.parse_args()


async def _draw_all() -> None:
    await draw(PICTURES)
    await draw_languages(PICTURES)
    await draw_desk(PICTURES)
    await draw_charts(PICTURES)


if __name__ == "__main__":
    _read = _read_arguments()
    if _read.sheet is None:
        asyncio.run(_draw_all())
    else:
        codes = tuple(LANGUAGES) if _read.sheet == "all" else (_read.sheet,)
        asyncio.run(draw_sheets(_read.to, codes))
