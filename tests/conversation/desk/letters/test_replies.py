"""What one side writes is answered under its own message, in the chat of whoever wrote it."""

from __future__ import annotations

from sandbox.telegram.messages import Message
from tests.conversation.desk.asking import asks
from tests.conversation.desk.claiming import came, reports
from tests.conversation.desk.test_roles import becomes
from tests.conversation.human import ALICE, BORIS, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


def replied(human: Human, words: str) -> str | None:
    """The words of what the newest message that says this is a reply to, None for no reply."""
    found = next(one for one in reversed(human.person.messages) if words in one.text)
    return None if found.reply_to is None else _message(human, found.reply_to).text


def _message(human: Human, number: int) -> Message:
    return human.person.chat.messages[number]


async def test_a_claim_is_answered_under_the_words_of_who_wrote_them(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice, words="No login")
    await olga.taps("Answer")
    await olga.sends("Please try it with a VPN")
    await shop.works()
    assert replied(alice, "Please try it with a VPN") == "No login"

    await alice.taps("Answer")
    await alice.does(lambda person: person.sends_photo("Still not"))
    await shop.works()
    assert replied(olga, "The customer has written") == "Please try it with a VPN"

    await olga.sends("/claims")
    await olga.taps("#1 ·")
    await olga.taps("Refund all 3")
    await olga.taps("Yes: refund")
    await shop.works()
    assert replied(alice, "is back in your balance") == "Still not"
    assert not shop.trouble()


@on_sqlite
async def test_a_claim_is_closed_under_its_words_and_told_anew_under_its_card(
    shop: Shop, alice: Human, boris: Human, olga: Human
) -> None:
    await becomes(olga, BORIS, "support")
    await came(shop, alice)
    await reports(shop, alice, words="No login")
    await alice.sends("/orders")
    await alice.taps("#1 ·")
    await alice.taps("Your report")
    await alice.taps("Write more")
    await alice.sends("None of them")
    await shop.works()
    for operator in (olga, boris):
        under = replied(operator, "The customer has written")
        assert under is not None
        assert "A customer reports a problem." in under

    await olga.taps("Solved")
    await olga.taps("Close without words")
    await shop.works()
    assert replied(alice, "Your report on order #1") == "None of them"
    assert not shop.trouble()


async def test_a_question_about_a_request_comes_under_its_proof_and_so_does_the_answer(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris)
    await boris.does(lambda who: who.sends_photo("paid, number 77"))
    await shop.works()
    under = replied(olga, "has sent a proof")
    assert under is not None
    assert "Request for a top-up" in under
    await olga.taps("Ask")
    await olga.sends("Which bank did you use?")
    await shop.works()
    assert replied(boris, "Which bank did you use?") == "paid, number 77"

    await boris.taps("Answer")
    await boris.sends("The blue one")
    await shop.works()
    assert replied(olga, "The blue one") == "Which bank did you use?"

    await olga.taps("Deny")
    await olga.taps("No payment found")
    await shop.works()
    assert replied(boris, "declined") == "The blue one"
    assert not shop.trouble()


@on_sqlite
async def test_credit_that_was_asked_for_comes_under_its_proof(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris)
    await boris.sends("card 1234")
    await shop.works()
    await olga.taps("Approve")
    await shop.works()
    assert replied(boris, "was added to your balance") == "card 1234"
    await olga.sends(f"/topup {BORIS} 5")
    await shop.works()
    assert replied(boris, "$5.00 was added to your balance") is None
    assert not shop.trouble()


@on_sqlite
async def test_what_was_deleted_is_answered_all_the_same(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await came(shop, alice)
    await reports(shop, alice, words="No login")
    gone = next(n for n in alice.person.chat.messages if _message(alice, n).text == "No login")
    del alice.person.chat.messages[gone]
    await olga.taps("Answer")
    await olga.sends("Please try it with a VPN")
    await shop.works()
    alice.sees_last("Please try it with a VPN")
    assert replied(alice, "Please try it with a VPN") is None
    assert not shop.trouble()


@on_sqlite
async def test_letters_come_under_what_they_answer(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends(f"/user {ALICE}")
    await olga.taps("✍️ Write")
    await olga.sends("Your parcel is here")
    await shop.works()
    assert replied(alice, "Your parcel is here") is None
    await alice.taps("✍️ Answer")
    await alice.sends("I come at five")
    await shop.works()
    assert replied(olga, "The customer has answered") == "Your parcel is here"
    for words, under in (("Fine", "I come at five"), ("Bring a bag", None)):
        await olga.sends(f"/user {ALICE}")
        await olga.taps("✍️ Write")
        await olga.sends(words)
        await shop.works()
        assert replied(alice, words) == under
    assert not shop.trouble()
