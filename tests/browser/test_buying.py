"""From /start to goods, with credit from the operator's phone, by clicks, taps and keys alone."""

import asyncio

import aiohttp

from sandbox.world import ALICE, TOKEN
from tests.browser.console import Console
from tests.browser.tours import Tour
from tools.browser.phone import Phone
from tools.browser.tab import Tab
from tools.browser.visit import buys, is_given_credit, opens_the_shop, picks

_DELIVERED = "Everything is done. Thank you!"
_TOAST = '[data-person="1001"] .toast'
_GOODS = '[data-person="1001"] .msg code, [data-person="1001"] .msg pre'


async def test_a_newcomer_gets_from_start_to_goods_by_clicks_alone(
    alice: Phone, page: Tab
) -> None:
    await page.press("#guide .strong", "Send /start")
    await alice.sees("Welcome to Kiosk!")
    await page.press("#guide .strong", "Send /topup")
    await alice.sees("$20.00 was added to your balance.")
    await buys(alice)
    await alice.sees(_DELIVERED)
    await page.until(f"!!hands.find('{_GOODS}')")
    await Console(page).sees("Completed")
    assert "From a greeting to goods" in await Tour(page).ends()


async def test_a_top_up_is_asked_for_on_one_phone_and_approved_on_the_other(
    alice: Phone, olga: Phone
) -> None:
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await picks_without_credit(alice)
    await alice.taps("Ask for a top-up of")
    await olga.sees("Request for a top-up of")
    await olga.taps("✅ Approve")
    await alice.sees("was added to your balance.")
    await alice.taps("🛒 Buy")
    await alice.taps("✅ Pay")
    await alice.sees(_DELIVERED)


async def picks_without_credit(alice: Phone) -> None:
    for label in (
        "🛍 Catalog",
        "Digital goods",
        "Subscriptions",
        "Canva Pro",
        "🛒 Buy",
        "Continue",
    ):
        await alice.taps(label)
    await alice.sees("Nothing was charged.")


async def test_an_sms_code_sent_from_the_console_reaches_the_chat(
    alice: Phone, olga: Phone, page: Tab
) -> None:
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice, olga, "20")
    await page.press("#console-tabs button", "HstockPlus")
    await Console(page).delivers("By hand")
    for label in ("📱 SMS numbers", "Discord", "United States", "✅ Pay"):
        await alice.taps(label)
    await page.until("!!hands.find('#console .card .act', 'Send code')")
    await page.js("document.querySelector('#console .card [data-key=code]').select()")
    await page.types("70615")
    await page.key("Enter")
    await alice.sees("🔑 Code: 70615")


async def test_a_reload_in_the_middle_keeps_everything(
    alice: Phone, olga: Phone, page: Tab
) -> None:
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice, olga, "20")
    await picks(alice)
    before = await alice.messages(), await olga.messages()
    await page.reload()
    assert (await alice.messages(), await olga.messages()) == before
    await alice.taps("✅ Pay")
    await alice.sees(_DELIVERED)


async def test_two_browsers_see_the_same_world(
    alice: Phone, olga: Phone, page: Tab, address: str
) -> None:
    other = await Tab.open(page.browser, address)
    alice_elsewhere = Phone(other, alice.person)
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice_elsewhere, olga, "20")
    await buys(alice_elsewhere)
    for phone in (alice, alice_elsewhere):
        await phone.sees(_DELIVERED)
    for console in (Console(page), Console(other)):
        await console.sees("Completed")
    async with asyncio.timeout(60):  # each page hears of a change at its own moment
        while await alice.messages() != await alice_elsewhere.messages():
            pass
    await an_old_button_comes(address)
    await alice_elsewhere.taps("Old")
    assert await other.until(f"document.querySelector('{_TOAST}').textContent")
    await page.until("!document.querySelector('[aria-busy]')")
    assert await page.js(f"document.querySelector('{_TOAST}').textContent") == ""


async def an_old_button_comes(address: str) -> None:
    """One that the shop does not know any more: it says so on the phone that taps it."""
    keys = {"inline_keyboard": [[{"text": "Old", "callback_data": "zz:"}]]}
    message = {"chat_id": ALICE, "text": "Long ago", "reply_markup": keys}
    url = f"{address}bot{TOKEN}/sendMessage"
    async with aiohttp.ClientSession() as session, session.post(url, json=message) as answer:
        assert answer.status == 200


async def test_a_purchase_needs_no_mouse(alice: Phone, olga: Phone, page: Tab) -> None:
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice, olga, "20")
    key = f"{alice.place} .kb-button"
    for label in (
        "🛍 Catalog",
        "Digital goods",
        "Subscriptions",
        "Canva Pro",
        "🛒 Buy",
        "Continue",
    ):
        await page.walks_to(key, label)
        await page.key("Enter")
    await page.walks_to(key, "✅ Pay")
    await page.key(" ")
    await alice.sees(_DELIVERED)
