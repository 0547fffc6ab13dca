"""Each tour ends when its story has really happened, and tells what it was good for."""

import aiohttp

from sandbox.clock import wall_clock
from sandbox.suppliers.catalogue import accplanet_world
from sandbox.world import AMIRA
from tests.browser.tours import Tour, laws
from tools.browser.phone import Phone
from tools.browser.tab import Tab
from tools.browser.visit import buys, picks

_IN_SIGHT = """
(() => {
  const bottom = (selector) => document.querySelector(selector).getBoundingClientRect().bottom;
  return bottom("#console .card .act") < bottom("#console-body");
})()
"""


async def test_a_lost_answer_is_followed_to_its_goods(
    alice: Phone, olga: Phone, page: Tab
) -> None:
    tour = Tour(page)
    await tour.begins("Lose an answer")
    await tour.gives_alice_a_balance()
    await tour.presses("Lose the next answer")
    await tour.is_at("Alice buys")
    await buys(alice)
    await tour.is_at("Olga attaches the order")
    await olga.taps_for("dt:")
    await tour.presses("Copy the id")
    await page.key("Enter")
    await olga.taps_for("dx:")
    recap = await tour.ends()
    assert recap == "1 answer lost, 0 charged twice, 0 sent twice, books: 0.00."


async def test_a_number_is_rented_and_its_code_arrives(alice: Phone, page: Tab) -> None:
    tour = Tour(page)
    await tour.begins("Rent a number")
    await tour.gives_alice_a_balance()
    await tour.is_at("Alice rents a number")
    await alice.says("/start")  # the numbers may not have been read at the first one
    for prefix in ("a:", "e:", "r:", "y:"):
        await alice.taps_for(prefix)
    await tour.presses("To the console")
    await page.until("!!hands.find('#console .card .act', 'Send code')")
    assert await page.js(_IN_SIGHT)
    await page.press("#console .card .act", "Send code")
    assert "One number, one code" in await tour.ends()


async def test_a_purchase_is_made_in_arabic(page: Tab) -> None:
    tour, amira = Tour(page), Phone(page, AMIRA)
    await tour.begins("Read it in Arabic")
    await tour.presses("Send /start")
    await tour.presses("Send /topup")
    await tour.presses("To Amira")
    await amira.says("/start s_1")
    for prefix in ("q:", "t:", "y:"):
        await amira.taps_for(prefix)
    assert "sixteen more" in await tour.ends()


async def test_a_hundred_taps_are_one_order_and_one_more_turns_red(
    alice: Phone, page: Tab
) -> None:
    tour = Tour(page)
    await tour.begins("A hundred taps")
    await tour.gives_alice_a_balance()
    await tour.is_at("Alice is about to pay")
    await picks(alice)
    await tour.presses("Tap it 100 times")
    assert await tour.ends() == "100 taps, 1 order, 0 sent twice."
    assert await laws(page) == {
        "orders": "1",
        "sent": "0",
        "charged": "0",
        "negative": "0",
        "sum": "0.00",
    }

    await nobody_orders(page)
    said = await page.until("document.querySelector('.law.broken')?.innerText")
    assert said.split() == ["Sent", "twice", "1", "broken"]


async def nobody_orders(page: Tab) -> None:
    """Let a supplier have an order that the shop has not sent."""
    supplier = await page.js("document.querySelector('#console .facts code').textContent")
    order = {"key": accplanet_world(wall_clock).key, "action": "add", "service": "10074"}
    url = f"http://{supplier}/api/v2"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=order | {"quantity": "1"}) as answer,
    ):
        assert answer.status == 201
