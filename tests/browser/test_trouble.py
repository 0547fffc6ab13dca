"""An answer is lost on the console; an operator's two taps bring the order to an end."""

from tests.browser.console import Console
from tools.browser.phone import Phone
from tools.browser.tab import Tab
from tools.browser.visit import buys, is_given_credit, opens_the_shop


async def an_order_in_doubt(alice: Phone, olga: Phone, page: Tab) -> None:
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice, olga, "20")
    await Console(page).breaks("Lose the next answer")
    await buys(alice)
    await alice.sees("The order is being checked. Your money is safe.")
    await olga.sees("An order is in doubt")


async def test_a_lost_answer_is_refunded_when_the_operator_says_so_twice(
    alice: Phone, olga: Phone, page: Tab
) -> None:
    await an_order_in_doubt(alice, olga, page)
    await olga.taps("Not placed: refund")
    await olga.taps("Yes: not placed, refund")
    await olga.sees("✅ Done")
    await alice.sees("is back in your balance.")


async def test_a_refused_call_stands_in_the_log_and_a_supplier_comes_back(
    alice: Phone, olga: Phone, page: Tab
) -> None:
    await opens_the_shop(olga)
    await opens_the_shop(alice)
    await is_given_credit(alice, olga, "20")
    await page.press("#console [data-key=key]", "Refuse the key")
    await buys(alice)
    await page.until("!!hands.find('#log .line.refused', 'AccPlanet')")
    await page.press("#console [data-key=key]", "Accept the key")
    await page.until("!document.querySelector('#console .mend[data-key=key]')")
