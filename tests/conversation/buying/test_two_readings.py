"""What a customer types that can be read in two ways is asked back with a button for each."""

import pytest

from bot.chat.money.taps import AskAmount
from bot.chat.orders.taps import ReadQuantity
from sandbox.suppliers.services import SandboxService
from tests.conversation.human import BORIS, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.services import account
from tests.conversation.shop import Shop

pytestmark = on_sqlite
ASKED = "No money has moved. That can be read in two ways: which one do you mean?"
ASKED_IN = {
    "en": ("1.000", ASKED),
    "de": ("1,000", "Das lässt sich auf zwei Arten lesen: Was meinen Sie?"),
    "ar": ("1.000", "يمكن قراءة ذلك بطريقتين: أيّهما تقصد؟"),
}


def many() -> SandboxService:
    return account(50, "Many", "0.01", max=5000, stock=5000, category="Heap", subcategory="")


async def goes_to_many(shop: Shop, human: Human) -> None:
    shop.accplanet.put(many())
    await shop.refreshes()
    await human.sends("/catalog")
    for label in ("Heap", "Many", "Buy"):
        await human.taps(label)


def offered(human: Human) -> tuple[str, ...]:
    return human.card.labels[0]


@pytest.mark.parametrize(("label", "total"), [("1,000", "$12.00"), ("1", "$0.02")])
async def test_a_quantity_is_asked_back_and_taken_as_it_was_meant(
    shop: Shop, alice: Human, label: str, total: str
) -> None:
    await goes_to_many(shop, alice)
    await alice.sends("1.000")
    alice.sees_last(ASKED)
    assert offered(alice) == ("1,000", "1")
    tapped = next(one for one in alice.card.buttons if one.text == label)
    assert tapped.callback_data is not None
    await alice.forges(tapped.callback_data)
    alice.sees_last(total)
    assert not shop.trouble()


async def test_what_was_meant_is_looked_at_like_what_is_typed(shop: Shop, alice: Human) -> None:
    await goes_to_many(shop, alice)
    await alice.sends("9.000")
    await alice.taps("9,000")
    alice.sees_last("Nothing was charged. That is too many.", "a whole number from 1 to 5,000.")
    await alice.sends("1.234")
    assert offered(alice) == ("1,234",)
    await alice.sends("3")
    alice.sees_last("Please check your order", "× 3\n")
    await alice.forges(ReadQuantity(service=10**6, quantity=3).pack())
    alice.sees_last("Nothing was charged.")


@pytest.mark.parametrize("language", ASKED_IN)
async def test_an_amount_is_asked_back_in_words_of_its_reader(shop: Shop, language: str) -> None:
    boris = person(shop, BORIS, "Boris", language=language)
    typed, asked = ASKED_IN[language]
    await boris.sends("/wallet")
    await boris.forges("v")
    await boris.sends(typed)
    boris.sees_last(asked)
    whole, one = boris.card.buttons[:2] if language != "ar" else boris.card.buttons[1::-1]
    assert whole.callback_data == AskAmount(amount=10**9).pack()
    assert one.callback_data == AskAmount(amount=10**6).pack()


async def test_the_amount_that_was_meant_is_asked_for_once(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends("1.000")
    boris.sees_last(ASKED)
    assert offered(boris) == ("$1,000.00", "$1.00")
    tap, card = boris.button("$1,000.00"), boris.card.message_id
    for _ in range(3):
        boris.person.taps_raw(tap, card)
    await shop.hears()
    await shop.works()
    assert olga.times("Request for a top-up of $1,000.00") == 1


async def test_what_was_meant_and_cannot_be_is_refused_as_if_typed(
    shop: Shop, boris: Human
) -> None:
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends("12.125")
    await boris.taps("$12.125")
    boris.sees_last("No money moved.", "steps of $0.01")
    await boris.sends("12.5")
    boris.sees_last("Request sent: top-up of $12.50")


async def test_what_has_one_reading_is_not_asked_back(shop: Shop, boris: Human) -> None:
    await boris.sends("/wallet")
    await boris.taps("Top up")
    await boris.sends("1,000")
    boris.sees_last("Request sent: top-up of $1,000.00")
