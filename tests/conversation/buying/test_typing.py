"""Whatever is typed at whatever step: it fits, or it is explained and the step stays open."""

from collections.abc import Awaitable, Callable, Iterable

import pytest

from bot.money.ledger import Wallet
from sandbox.telegram import Person
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite

Act = Callable[[Person], object]
Walk = Callable[[Human], Awaitable[None]]

THREE_IN_MANY_SCRIPTS = (
    *("3", " 3 ", "003", "3\n", "\u200f3\u200f"),
    *("٣", "۳", "३", "৩", "๓", "၃", "៣", "３", "𝟛", "೩"),
)


async def test_a_quantity_is_understood_in_every_script(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    for typed in THREE_IN_MANY_SCRIPTS:
        await alice.taps("Back")
        alice.sees_last("How many?")
        await alice.sends(typed)
        alice.sees_last("Please check your order", "× 3\n", "Total: $0.36")
    assert not shop.trouble()


REFUSED = {
    "That is not a number.": ("abc", "1_000", "1e9", "+5", "0x10", "½", "²", "1 00", "NaN", "三"),
    "That is not a whole number.": ("1.5", "1,5", "١٫٥", "2.", "1,00"),
    "The quantity must be above zero.": ("-1", "−3", "-٣"),
    "That is too few.": ("0", "٠", "000"),
    "That is too many.": ("101", "١٠١", "1,000", "1 000", "9" * 40),
}


async def test_a_quantity_that_cannot_be_is_refused_with_reason_and_range(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await alice.taps("Back")
    for reason, refused in REFUSED.items():
        for typed in refused:
            await alice.sends(typed)
            alice.sees_last("Nothing was charged.", reason, "a whole number from 1 to 100.")

    await alice.sends("3")
    alice.sees_last("Please check your order", "× 3\n")
    assert not shop.trouble()


async def test_the_range_ends_where_the_stock_does(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm("Fresh account", "5")
    alice.sees_last("That is too many.", "a whole number from 1 to 4.")


async def test_the_stepper_and_the_presets_lead_to_the_same_price(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await alice.taps("Back")
    await alice.taps("+")
    await alice.taps("−")
    await alice.taps("Continue")
    alice.sees_last("× 3\n", "Total: $0.36")


# Every step, and everything that people send there.


async def at_home(alice: Human) -> None:
    await alice.sends("/start")


async def in_the_catalog(alice: Human) -> None:
    await alice.sends("/catalog")


async def in_a_category(alice: Human) -> None:
    await alice.sends("/catalog")
    await alice.taps("Social")


async def at_a_service(alice: Human) -> None:
    await in_a_category(alice)
    await alice.taps("Aged account")


async def at_the_quantity(alice: Human) -> None:
    await at_a_service(alice)
    await alice.taps("Buy")


async def at_the_link(alice: Human) -> None:
    await alice.sends("/catalog")
    await alice.taps("Instagram (1)")
    await alice.taps("Followers ·")
    await alice.taps("Buy")
    await alice.sends("100")


async def at_the_confirm_card(alice: Human) -> None:
    await alice.goes_to_confirm()


async def at_an_order(alice: Human) -> None:
    await alice.buys()


async def in_the_wallet(alice: Human) -> None:
    await alice.sends("/wallet")


async def at_the_top_up(alice: Human) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")


async def among_languages(alice: Human) -> None:
    await alice.sends("/language")


STEPS: dict[str, tuple[Walk, str]] = {
    "home": (at_home, "did not understand"),
    "catalog": (in_the_catalog, "did not understand"),
    "category": (in_a_category, "did not understand"),
    "service": (at_a_service, "did not understand"),
    "quantity": (at_the_quantity, "That is not a number."),
    "link": (at_the_link, "Which link?"),
    "confirm": (at_the_confirm_card, "That is not a number."),
    "order": (at_an_order, "did not understand"),
    "wallet": (in_the_wallet, "did not understand"),
    "top-up": (at_the_top_up, "That is not an amount"),
    "language": (among_languages, "did not understand"),
}
"""Each step, and what is answered there to something that does not fit."""
TYPED = ("quantity", "link", "top-up")
OPEN_STEPS = (*TYPED, "confirm")

STRAYS: dict[str, Act] = {
    "words": lambda who: who.sends("hello, is anybody there?"),
    "a sticker": lambda who: who.sends_sticker(),
    "a picture": lambda who: who.sends_photo(),
    "a picture with a number": lambda who: who.sends_photo("3"),
    "a contact": lambda who: who.sends_contact(),
    "a forwarded number": lambda who: who.forwards("3"),
    "a forwarded link": lambda who: who.forwards("https://instagram.com/x"),
    "a number of another bot": lambda who: who.sends_via("calculator_bot", "3"),
    "something long": lambda who: who.sends("x" * 4096),
    "something ugly": lambda who: who.sends("\u202e<b>{name}</b> %s \u0000 Z̷̧̛a̴"),
    "an unknown command": lambda who: who.sends("/nonsense 3"),
    "a slash": lambda who: who.sends("/"),
}
FEW_STRAYS = [(name, STRAYS[name]) for name in ("words", "a sticker", "a forwarded number")]


def is_looked_for(alice: Human, answer: str) -> bool:
    """Words that no step expects are looked for in the catalog."""
    found = ("Nothing found for", "What are you looking for?")
    return answer == "did not understand" and any(one in alice.card.text for one in found)


async def sees_strays_explained(
    alice: Human, step: str, strays: Iterable[tuple[str, Act]]
) -> None:
    """All of them on one card: the step's own, or one that says that nothing was expected."""
    walk, answer = STEPS[step]
    await walk(alice)
    before, messages = await alice.wallet(), len(alice.person.messages)
    for name, stray in strays:
        await alice.does(stray)
        unknown = name in {"an unknown command", "a slash"}
        said = "This is what you can send:" if unknown else answer
        assert said in alice.card.text or is_looked_for(alice, said), alice.card.text
    more = 0 if step in OPEN_STEPS else 1
    assert len(alice.person.messages) == messages + more
    assert await alice.wallet() == before


@pytest.mark.parametrize("step", TYPED)
async def test_what_does_not_fit_is_explained_where_something_is_to_be_typed(
    shop: Shop, alice: Human, step: str
) -> None:
    await sees_strays_explained(alice, step, STRAYS.items())
    assert not shop.trouble()


async def test_what_does_not_fit_is_explained_at_every_other_step(
    shop: Shop, alice: Human
) -> None:
    for step in STEPS.keys() - TYPED:
        await sees_strays_explained(alice, step, FEW_STRAYS)
    assert not shop.trouble()


@pytest.mark.parametrize("step", TYPED)
async def test_editing_a_message_is_no_answer(shop: Shop, alice: Human, step: str) -> None:
    alice.person.sends("/start")
    mine = next(reversed(alice.person.chat.messages))
    await STEPS[step][0](alice)
    before = alice.chat
    await alice.does(lambda who: who.edits(mine, "3"))
    assert alice.chat == before


COMMANDS = {
    "/start": "Welcome to",
    "/catalog": "Choose a category.",
    "/orders": "Your orders",
    "/wallet": "Balance:",
    "/language": "Choose your language",
    "/help": "Choose something in the catalog",
    "/terms": "These are the terms",
    "/privacy": "We keep your Telegram id",
    "/support": "Problem button",
    "/paysupport": "Your money is safe",
    "/HELP": "Choose something in the catalog",
    "/wallet@kiosk_demo_bot": "Balance:",
}


@pytest.mark.parametrize("step", TYPED)
async def test_a_command_works_at_every_step_and_closes_what_was_to_be_typed(
    shop: Shop, alice: Human, step: str
) -> None:
    for command, shown in COMMANDS.items():
        await STEPS[step][0](alice)
        await alice.sends(command)
        alice.sees_last(shown)
    await alice.sends("3")
    alice.sees_last("Nothing found for “3”.")
    assert not shop.trouble()


@pytest.mark.parametrize("step", TYPED)
async def test_a_tap_elsewhere_closes_what_was_to_be_typed(
    shop: Shop, alice: Human, step: str
) -> None:
    await STEPS[step][0](alice)
    await alice.taps("Home")
    await alice.sends("100")
    alice.sees_last("Nothing found for “100”.")


@pytest.mark.parametrize(
    ("step", "typed", "shown"),
    [
        ("quantity", "3", "Please check your order"),
        ("link", "https://instagram.com/x", "Please check your order"),
        ("top-up", "12.50", "Request sent: top-up of $12.50"),
    ],
)
async def test_an_open_step_outlives_a_restart(
    shop: Shop, alice: Human, step: str, typed: str, shown: str
) -> None:
    await STEPS[step][0](alice)
    async with shop.restarted():
        await alice.sends(typed)
        alice.sees_last(shown)


async def test_two_numbers_typed_at_once_buy_nothing_by_themselves(
    shop: Shop, alice: Human
) -> None:
    await at_the_quantity(alice)
    for typed in ("3", "4", "5"):
        alice.person.sends(typed)
    await shop.hears()
    await shop.works()

    assert await alice.wallet() == Wallet(free=usd("10"), held=usd("0"))
    assert not shop.trouble()
