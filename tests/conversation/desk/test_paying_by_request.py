"""Paying by request, both sides: what it is for, the proof, questions, and one decision."""

from collections.abc import Callable

import pytest

from sandbox.telegram import Person
from tests.conversation.desk.asking import asks
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd


async def test_from_a_purchase_that_lacks_money_to_the_purchase_in_two_taps_of_the_operator(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await boris.goes_to_confirm(quantity="3")
    await boris.taps("Ask for a top-up of $0.36")
    boris.sees_last("Request sent: top-up of $0.36", "For: Aged account × 3", "How to pay")
    await boris.does(lambda who: who.sends_photo("paid, number 77"))
    boris.sees_last("Thank you, we have your proof of payment.", "a picture, “paid, number 77”")
    await shop.works()

    olga.sees_last(
        "The customer has sent a proof of payment.",
        "Request for a top-up of $0.36",
        "12 · @boris · “Boris”",
        "For: Aged account × 3",
        "Balance: $0.00",
        "No top-ups before.",
        "Proof of payment: a picture, “paid, number 77”",
    )
    await olga.sends("/requests")
    await olga.taps("Approve")
    olga.sees_last("Approved: the credit was given", "$0.00 → $0.36")
    await shop.works()

    boris.sees_last("$0.36 was added to your balance.")
    await boris.taps("Buy Aged account × 3")
    await boris.taps("Pay")
    assert await boris.count_orders() == 1
    assert (await boris.wallet()).free == usd("0")
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_the_proof_is_shown_by_telegrams_own_id_and_leads_to_the_decision(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris)
    await boris.does(lambda who: who.sends_document("receipt.pdf", "my receipt"))
    await shop.works()
    sent = boris.person.chat.messages
    await olga.taps("Show proof")

    shown = olga.card.document
    assert shown is not None
    assert any(
        getattr(one, "wire", {}).get("document", {}).get("file_id") == shown.file_id
        for one in sent.values()
    )
    assert shop.telegram.calls_of("getFile") == ()
    olga.sees_last("Request for a top-up of $20.00", "“Boris”")
    await olga.taps("To the request")
    await olga.taps("Approve")
    assert (await boris.wallet()).free == usd("20")
    assert not shop.trouble()


@on_sqlite
async def test_a_file_that_telegram_does_not_give_any_more_is_said(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris)
    await boris.does(lambda who: who.sends_photo())
    await shop.works()
    shop.telegram.files.clear()
    await olga.taps("Show proof")
    olga.sees_last("Telegram does not show this file any more.")
    await olga.taps("Approve")
    assert (await boris.wallet()).free == usd("20")


PROOFS: dict[str, tuple[Callable[[Person], object], str]] = {
    "a picture": (lambda who: who.sends_photo(), "Proof of payment: a picture"),
    "a file": (lambda who: who.sends_document(), "Proof of payment: a file"),
    "a number": (lambda who: who.sends("tx 0xabc"), "Proof of payment: “tx 0xabc”"),
    "somebody else's words": (lambda who: who.forwards("You paid 20"), "“You paid 20”"),
}
NOT_PROOFS: dict[str, Callable[[Person], object]] = {
    "a voice": lambda who: who.sends_voice(),
    "a sticker": lambda who: who.sends_sticker(),
    "a film": lambda who: who.sends_video("look"),
    "a contact": lambda who: who.sends_contact(),
}


@pytest.mark.parametrize("kind", PROOFS)
@on_sqlite
async def test_a_proof_is_a_picture_a_file_or_words(
    shop: Shop, boris: Human, olga: Human, kind: str
) -> None:
    act, shown = PROOFS[kind]
    await asks(boris)
    await boris.does(act)
    await shop.works()

    boris.sees_last("Thank you", shown)
    olga.sees_last(shown)
    assert (olga.card.find_button("Show proof") is None) == ("“" in shown)
    assert not shop.trouble()


@pytest.mark.parametrize("kind", NOT_PROOFS)
@on_sqlite
async def test_what_is_no_proof_has_one_clear_answer_and_the_step_stays(
    shop: Shop, boris: Human, olga: Human, kind: str
) -> None:
    await asks(boris)
    await shop.works()
    before = len(boris.person.messages), olga.chat
    await boris.does(NOT_PROOFS[kind])
    await shop.works()

    boris.sees_last("We cannot use that as proof.")
    assert (len(boris.person.messages), olga.chat) == before
    await boris.sends("tx 0xabc")
    boris.sees_last("“tx 0xabc”")


@on_sqlite
async def test_of_an_album_the_first_picture_counts_and_the_rest_is_passed_by(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris)
    await shop.works()
    before, alerts = len(boris.person.messages), len(olga.person.messages)
    await boris.does(lambda who: who.sends_album(4, "paid"))
    await shop.works()

    assert len(boris.person.messages) == before
    boris.sees_last("If you send several pictures, we use the first one.")
    boris.sees_nothing_of("I did not understand")
    assert len(olga.person.messages) == alerts + 1
    await boris.does(lambda who: who.sends_photo())
    boris.sees_last("I did not understand")
    assert not shop.trouble()


@on_sqlite
async def test_a_request_is_shown_in_the_wallet_changed_and_withdrawn(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris, "1000000")
    await boris.taps("Skip")
    boris.sees_last("Your request for $1,000,000.00 is still open.")
    await boris.taps("Change amount")
    await boris.sends("0.005")
    boris.sees_last("No money moved.", "steps of $0.01")
    await boris.sends("1.000")
    await boris.taps("$1.00")
    boris.sees_last("Changed: you now ask for $1.00.")
    await shop.works()
    olga.sees_last("Request for a top-up of $1.00")
    await boris.sends("/wallet")
    await boris.taps("Your request: $1.00")
    await boris.taps("Withdraw")
    boris.sees_last("Your request for $1.00 is withdrawn.", "If you have paid already")
    await shop.works()
    olga.sees_last("Withdrawn by the customer: nothing was given.")
    assert olga.card.find_button("Approve") is None
    await boris.taps("Top up")
    await boris.sends("7")
    boris.sees_last("Request sent: top-up of $7.00")
    assert not shop.trouble()


@on_sqlite
async def test_a_withdrawn_request_is_not_approved_and_a_decided_one_not_changed(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris)
    await shop.works()
    approve, card = olga.button("Approve"), olga.card.message_id
    withdraw, change, proof = (boris.button(one) for one in ("Withdraw", "Change amount", "Skip"))
    await boris.taps("Withdraw")
    for tap in (change, proof, withdraw):
        await boris.forges(tap)
        boris.sees_last("is withdrawn")
    await olga.forges(approve, card)
    olga.sees_last("Withdrawn by the customer")
    assert (await boris.wallet()).free == usd("0")

    await boris.taps("Top up")
    await boris.sends("5")
    await shop.works()
    await boris.taps("Change amount")
    await olga.taps("Approve")
    await boris.sends("500")
    boris.sees_last("Your request for $5.00 was approved.")
    assert (await boris.wallet()).free == usd("5")
    assert not shop.trouble()


@on_sqlite
async def test_what_was_read_is_what_is_given(shop: Shop, boris: Human, olga: Human) -> None:
    await asks(boris, "5")
    await shop.works()
    approve, card = olga.button("Approve"), olga.card.message_id
    await boris.taps("Change amount")
    await boris.sends("400")
    await olga.forges(approve, card)

    olga.sees_last("The customer has changed the amount", "Request for a top-up of $400.00")
    assert (await boris.wallet()).free == usd("0")
    await olga.taps("Approve")
    assert (await boris.wallet()).free == usd("400")


@on_sqlite
async def test_one_request_at_a_time_and_its_amount_is_said(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris, "5")
    await boris.sends("/wallet")
    await boris.forges("v")
    boris.sees_last("Your request for $5.00 is still open.")
    await boris.goes_to_confirm()
    await boris.taps("Ask for a top-up")
    boris.sees_last("Your request for $5.00 is still open.")
    await shop.works()
    assert olga.chat.count("Request for a top-up of") == 1
