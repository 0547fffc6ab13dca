"""How fast the page is: measured and told, never judged by a stopwatch."""

import json
from collections.abc import Callable
from statistics import quantiles

import aiohttp

from sandbox.world import ALICE, TOKEN
from tools.browser.phone import Phone
from tools.browser.tab import Tab
from tools.browser.visit import opens_the_shop

_TAPS = 40
_MANY = 1000
_WAYS = (("🛍 Catalog", "Choose a category."), ("🏠 Home", "Welcome to Kiosk!"))
_KEY = f'[data-person="{ALICE}"] .kb-button'
_LAST = f"[...document.querySelectorAll('[data-person=\"{ALICE}\"] .msg')].at(-1).textContent"
_FRAMES = """
(async () => {
  const chat = document.querySelector('[data-person="1001"] .chat');
  const frame = () => new Promise(requestAnimationFrame);
  const gaps = [];
  let before = await frame();
  for (let nth = 0; nth < 60; nth += 1) {
    chat.scrollTop -= 700;
    const now = await frame();
    gaps.push(now - before);
    before = now;
  }
  return gaps;
})()
"""


async def taps_in_ms(page: Tab, count: int) -> list[float]:
    """From the press to its result on the page, bot and all, for a number of taps."""
    times = []
    for nth in range(count):
        label, words = _WAYS[nth % 2]
        asked = f"{json.dumps(_KEY)}, {json.dumps(label)}"
        await page.until(f"!!hands.find({asked})")
        look = f"() => {_LAST}.includes({json.dumps(words)})"
        times.append(float(await page.js(f"hands.time({asked}, {look})")))
    return times


def figures(times: list[float]) -> str:
    cuts = quantiles(times, n=20)
    return f"median {cuts[9]:.0f} ms, 95 of 100 within {cuts[18]:.0f} ms"


async def test_a_tap_shows_its_result(
    alice: Phone, page: Tab, tell: Callable[[str], None]
) -> None:
    await opens_the_shop(alice)
    await taps_in_ms(page, 4)
    tell(f"{_TAPS} taps: {figures(await taps_in_ms(page, _TAPS))}")


async def test_a_thousand_messages_in_a_chat_can_be_read_and_tapped(
    alice: Phone, page: Tab, address: str, tell: Callable[[str], None]
) -> None:
    await opens_the_shop(alice)
    began = await page.js("performance.now()")
    await the_bot_sends(address, _MANY)
    await alice.sees(f"message {_MANY} of")
    ended = await page.js("performance.now()")
    assert len(await alice.messages()) == _MANY + 2
    gaps = await page.js(_FRAMES)
    await alice.says("/start")
    await page.until(f"{_LAST}.includes('Welcome to Kiosk!')")
    taps = await taps_in_ms(page, 10)
    tell(
        f"{_MANY} messages came in {(ended - began) / 1000:.1f} s; scrolling through them: "
        f"a frame every {sum(gaps) / len(gaps):.0f} ms, at worst {max(gaps):.0f} ms; "
        f"10 taps below them: {figures(taps)}"
    )


async def the_bot_sends(address: str, count: int) -> None:
    keys = [
        [{"text": "Home", "callback_data": "h:"}, {"text": "Copy", "copy_text": {"text": "1"}}]
    ]
    async with aiohttp.ClientSession() as session:
        for nth in range(1, count + 1):
            message = {
                "chat_id": ALICE,
                "text": f"This is message {nth} of the many.\nhttps://example.com/{nth}",
                "reply_markup": {"inline_keyboard": keys},
            }
            url = f"{address}bot{TOKEN}/sendMessage"
            async with session.post(url, json=message) as answer:
                assert answer.status == 200
