"""`@bot words` on the page: the list above the field, and the message that one of it becomes."""

from tools.browser.phone import Phone
from tools.browser.visit import opens_the_shop


async def test_a_result_is_chosen_and_its_button_opens_the_shop(alice: Phone) -> None:
    await opens_the_shop(alice)
    await alice.types("@kiosk_demo_bot canva")
    await alice.chooses("Canva Pro")
    await alice.sees("via @kiosk_demo_bot")
    await alice.taps("Open in the shop")
    await alice.sees("Quantity per order")
