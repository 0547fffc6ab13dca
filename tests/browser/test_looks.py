"""The page fits a phone and a desk, in both directions of writing, and can be used by keys."""

import json

from sandbox.world import AMIRA
from tools.browser.phone import Phone
from tools.browser.tab import NARROW, WIDE, Tab
from tools.browser.visit import buys, is_given_credit, opens_the_shop

_PARTS = ("phones", "console", "log")
_NAMELESS = """
[...document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.getAttribute("aria-label") || one.labels?.length
                     || one.innerText?.trim() || one.title))
  .map((one) => one.outerHTML.slice(0, 120))
"""
_DIRECTIONS = """
[...document.querySelectorAll('[data-person="1003"] .text')].map((one) => ({
  auto: one.dir, direction: getComputedStyle(one).direction, text: one.textContent }))
"""


async def a_busy_page(alice: Phone, olga: Phone) -> None:
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice, olga, "20")
    await buys(alice)
    await alice.sees("Everything is done. Thank you!")


async def test_nothing_sticks_out_to_the_side(alice: Phone, olga: Phone, page: Tab) -> None:
    await a_busy_page(alice, olga)
    for size in (WIDE, (900, 700), NARROW, (320, 640)):
        await page.resize(size)
        for part in _PARTS:
            if size[0] < 900:
                await page.press(f"#tab-{part}")
            assert await page.js("hands.overflowing()") == [], (size, part)
        assert await page.js("hands.spilling('[data-person]')") == [], size


async def test_on_a_small_screen_one_part_shows_at_a_time(page: Tab) -> None:
    await page.resize(NARROW)
    for part in _PARTS:
        await page.press(f"#tab-{part}")
        assert await shown_parts(page) == [part]
    await page.js("document.getElementById('tab-log').focus()")
    await page.key("ArrowRight")
    assert await shown_parts(page) == ["phones"]
    await page.key("ArrowLeft")
    assert await shown_parts(page) == ["log"]


async def shown_parts(page: Tab) -> list[str]:
    asked = json.dumps(_PARTS)
    shown: list[str] = await page.js(
        f"{asked}.filter((part) => document.getElementById(part).checkVisibility())"
    )
    return shown


async def test_on_a_small_screen_the_people_take_turns(
    alice: Phone, olga: Phone, page: Tab
) -> None:
    await page.resize(NARROW)
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    assert await page.js(f"document.querySelector('{olga.place}').hidden")


async def test_an_arabic_chat_runs_from_right_to_left_and_fits(page: Tab) -> None:
    amira = Phone(page, AMIRA)
    await amira.shows_up()
    await amira.starts()
    await page.until('!!hands.find(\'[data-person="1003"] [data-tapped^="c:"]\')')
    for prefix in ("c", "k", "k", "s"):
        await amira.taps_for(f"{prefix}:")
    await amira.says("مرحبا، كم سعر Gmail؟")
    await amira.sees("مرحبا")
    await page.until("document.querySelectorAll('[data-person=\"1003\"] .msg').length > 3")
    for one in await page.js(_DIRECTIONS):
        assert one["auto"] == "auto"
        if is_arabic(one["text"]):
            assert one["direction"] == "rtl", one["text"]
    assert await page.js("hands.overflowing()") == []
    assert await page.js("hands.spilling('[data-person=\"1003\"]')") == []


def is_arabic(text: str) -> bool:
    """Whether the first letter is: that decides."""
    letters = [letter for letter in text if letter.isalpha()]
    return "\u0600" <= letters[0] <= "\u06ff"


async def test_whatever_can_be_pressed_or_filled_in_has_a_name(
    alice: Phone, olga: Phone, page: Tab
) -> None:
    await a_busy_page(alice, olga)
    await page.press("#console .shelf summary")
    await page.until("!!hands.find('#console .shelf .row')")
    assert await page.js(_NAMELESS) == []


async def test_the_keyboard_goes_the_way_the_eye_goes(page: Tab) -> None:
    for selector in ("#show-guide", "#guide .strong", ".people [data-key]", "#console", "#log"):
        await page.walks_to(f"{selector}, {selector} *")


async def test_the_consoles_are_changed_with_the_arrows(page: Tab) -> None:
    await page.walks_to("#console [role=tab]", "AccPlanet")
    for key, title in (("ArrowRight", "HstockPlus"), ("ArrowLeft", "AccPlanet")):
        await page.key(key)
        assert await page.js("document.activeElement.textContent") == title
        assert await page.js("document.querySelector('#console .stall').ariaLabel") == title


async def test_what_has_the_focus_can_be_seen(page: Tab) -> None:
    for selector in (".bar button", ".people .chip", "#console .break", ".wide-button"):
        await page.walks_to(selector)
        assert await page.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"


async def test_somebody_new_can_be_added_and_shop_at_once(page: Tab) -> None:
    await page.press(".people .add")
    await page.js("document.querySelector('#born [name=name]').focus()")
    await page.types("Zo\u202eé")  # what turns the direction of writing does not turn the page
    await page.press("#born .strong")
    zoe = Phone(page, int(await page.until("hands.find('.people .chip', 'Zoé')?.dataset.key")))
    await opens_the_shop(zoe)
