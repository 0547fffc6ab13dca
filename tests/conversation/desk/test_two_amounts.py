"""A money command that can be read in two ways moves nothing until a tap says which is meant."""

import pytest

from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite
ASKED = "No money has moved. That can be read in two ways: which one do you mean?"


def taps_of(human: Human) -> list[str]:
    return [one.callback_data or "" for one in human.card.buttons[:2]]


@pytest.mark.parametrize("typed", ["1.000", "1 000", "1\u00a0000", "1\u202f000", "١ ٠٠٠", "١.٠٠٠"])
async def test_an_amount_is_asked_back_and_given_once(
    shop: Shop, boris: Human, olga: Human, typed: str
) -> None:
    await olga.sends(f"/topup @boris {typed}")
    olga.sees_last(ASKED, "Boris")
    whole, one = taps_of(olga)
    assert olga.card.labels[0] == ("✅ Give $1,000.00",)
    assert (await boris.wallet()).free == usd("0")

    card = olga.card.message_id
    for tap in (whole, whole, one, whole):
        olga.person.taps_raw(tap, card)
    await shop.hears()
    await olga.forges(one, card)
    await shop.works()

    assert (await boris.wallet()).free in {usd("1000"), usd("1")}
    assert boris.times("was added to your balance.") == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_each_meaning_has_its_own_note(shop: Shop, boris: Human, olga: Human) -> None:
    await olga.sends("/topup @boris 1 000 pieces")
    assert olga.card.labels[:2] == (
        ("✅ Give $1,000.00 · pieces",),
        ("✅ Give $1.00 · 000 pieces",),
    )
    await olga.taps("$1.00")
    await shop.works()
    olga.sees_last("$1.00 of credit given.")
    boris.sees_last("$1.00 was added to your balance.", "Note: 000 pieces")

    await olga.sends("/debit @boris 1.000 back")
    await olga.taps("$1,000.00")
    olga.sees_last("Nothing was taken: the customer has $1.00 of free credit")
    await olga.sends("/debit @boris 1.000 back")
    await olga.taps("$1.00")
    await shop.works()
    boris.sees_last("The shop took $1.00 from your balance.", "Note: back")
    assert (await boris.wallet()).free == usd("0")


async def test_a_question_that_was_left_moves_nothing_later(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await olga.sends("/debit @boris 1.000")
    [whole, _one], card = taps_of(olga), olga.card.message_id
    await olga.sends("/topup @boris 2.000")
    await olga.forges(whole, card)
    olga.sees("Nothing was changed. Write it like this:\n/debit")
    await olga.forges(taps_of(olga)[0].replace(":0:", ":7:"))
    await boris.forges(whole, boris.card.message_id)

    assert (await boris.wallet()).free == usd("0")
    assert await shop.proof() == ()


async def test_who_is_unknown_is_said_at_once(shop: Shop, olga: Human) -> None:
    await olga.sends("/topup @nobody 1.000")
    olga.sees_last("Nothing was changed: I do not know this person.")


@pytest.mark.parametrize(
    ("language", "typed", "asked"),
    [
        ("de", "1,000", "Das lässt sich auf zwei Arten lesen: Was meinen Sie?"),
        ("ar", "1.000", "يمكن قراءة ذلك بطريقتين: أيّهما تقصد؟"),
    ],
)
async def test_an_operator_is_asked_in_their_own_language(
    shop: Shop, boris: Human, language: str, typed: str, asked: str
) -> None:
    olga = person(shop, OLGA, "Olga", language=language)
    await olga.sends("/start")
    await olga.sends(f"/topup @boris {typed}")
    olga.sees_last(asked)
    await olga.forges(taps_of(olga)[1])
    assert (await boris.wallet()).free == usd("1")
