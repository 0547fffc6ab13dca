"""What operators do with requests for top-ups: another amount, a question, a reason, a queue."""

import pytest

from tests.conversation.desk.asking import asks
from tests.conversation.human import OTTO, Human, person
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.stored_shop import usd


@on_sqlite
async def test_another_amount_is_typed_asked_back_where_unclear_and_given_once(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris, "20")
    await shop.works()
    await olga.taps("Other amount")
    await olga.sends("many")
    olga.sees_last("That is not an amount", "$20.00 is asked for.")
    await olga.sends("$12.50")
    olga.sees_last("Approved", "Given: $12.50", "$0.00 → $12.50")
    await shop.works()
    boris.sees_last("$12.50 was added to your balance.", "You asked for $20.00.")

    await asks(boris, "20")
    await shop.works()
    olga.sees_last("Last top-ups:", "$12.50")
    await olga.taps("Other amount")
    await olga.sends("1.000")
    olga.sees_last("That can be read in two ways", "Boris")
    tap, card = olga.button("Give $1.00"), olga.card.message_id
    for _ in range(3):
        olga.person.taps_raw(tap, card)
    await shop.hears()
    assert (await boris.wallet()).free == usd("13.5")
    assert await shop.proof() == ()


@on_sqlite
async def test_much_is_approved_with_a_second_tap(shop: Shop, boris: Human, olga: Human) -> None:
    await asks(boris, "501")
    await shop.works()
    await olga.taps("Approve")
    olga.sees_last("That is more than usual", "12 · @boris · “Boris”")
    assert (await boris.wallet()).free == usd("0")
    await olga.taps("Give $501.00")
    assert (await boris.wallet()).free == usd("501")


@on_sqlite
async def test_a_question_and_its_answer_pass_through_the_bot(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await asks(boris)
    await shop.works()
    await olga.taps("Ask")
    await olga.sends("Which bank did you use?")
    olga.sees_last("Your question is on its way.", "Asked: “Which bank did you use?”")
    await shop.works()
    boris.sees_last("A question about your request for $20.00", "“Which bank did you use?”")
    await boris.taps("Answer")
    await boris.does(lambda who: who.sends_sticker())
    boris.sees_last("We cannot use that", "Please type your answer")
    await boris.does(lambda who: who.sends_photo("The green one"))
    boris.sees_last("your answer is with the shop")
    await shop.works()
    olga.sees_last("The customer has answered.", "Answer: “The green one”")
    await olga.taps("Show proof")
    assert olga.card.photo is not None
    await olga.taps("To the request")
    await olga.taps("Approve")
    await boris.taps("Answer")
    boris.sees_last("Your request for $20.00 was approved.")
    await shop.works()
    asked = next(one for one in boris.person.messages if "“Which bank did you use?”" in one.text)
    assert "Your request for $20.00 was approved." in asked.text
    assert asked.find_button("Answer") is None
    assert not shop.trouble()


@pytest.mark.parametrize(
    ("taps", "typed", "told"),
    [
        (("No payment found",), "", "We could not find your payment."),
        (("Own words",), "Try <b>again</b>", "The shop writes: “Try <b>again</b>”"),
        (("No reason",), "", "If you have paid already, write to support"),
    ],
)
@on_sqlite
async def test_who_is_denied_reads_why(
    shop: Shop, boris: Human, olga: Human, taps: tuple[str, ...], typed: str, told: str
) -> None:
    await asks(boris)
    await shop.works()
    await olga.taps("Deny")
    for tap in taps:
        await olga.taps(tap)
    if typed:
        await olga.sends(typed)
    olga.sees_last("Denied: nothing was given")
    await shop.works()

    boris.sees_last("your request for $20.00 was declined.", told)
    assert (await boris.wallet()).free == usd("0")
    assert not shop.trouble()


@on_sqlite
async def test_requests_are_a_queue_and_operators_are_reminded_once(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await olga.sends("/requests")
    olga.sees_last("No requests are waiting.")
    for number in range(21, 24):
        asker = person(shop, number, f"Asker{number}")
        await asker.sends("/start")
        await asks(asker, str(number))
        await shop.passes(seconds=5)
    await olga.sends("/requests")
    olga.sees_last("Request 1 of 3", "$21.00")
    await olga.taps("▶")
    olga.sees_last("Request 2 of 3", "$22.00")
    await olga.taps("Deny")
    await olga.taps("No reason")
    await olga.taps("Next request · 2")
    olga.sees_last("Request 1 of 2", "$21.00")
    await shop.passes(minutes=16)
    assert olga.chat.count("This request has been waiting for 15 minutes.") == 2
    await shop.passes(minutes=40)
    assert olga.chat.count("This request has been waiting for 15 minutes.") == 2
    assert not shop.trouble()


@on_sqlite
async def test_what_is_not_sold_any_more_is_not_offered_again(
    shop: Shop, boris: Human, olga: Human
) -> None:
    await boris.goes_to_confirm(quantity="3")
    await boris.taps("Ask for a top-up")
    await shop.works()
    for service in shop.accplanet.services.values():
        service.stock = 2
    await shop.refreshes()
    await olga.taps("Approve")
    await shop.works()

    boris.sees_last("was added to your balance.")
    assert boris.card.find_button("Buy") is None


@on_sqlite
async def test_who_has_no_right_reads_no_request_and_a_role_taken_away_stops_the_tap(
    shop: Shop, boris: Human, olga: Human
) -> None:
    otto = person(shop, OTTO, "Otto")
    await otto.sends("/start")
    await otto.sends("/requests")
    otto.sees_last("I did not understand that.")
    await olga.sends(f"/role {OTTO} cashier")
    await olga.taps("Yes, change the role")
    await asks(boris)
    await shop.works()
    await otto.sends("/requests")
    otto.sees_last("Request 1 of 1", "$20.00")
    approve = otto.button("Approve")
    await olga.sends(f"/role {OTTO} support")
    await olga.taps("Yes, change the role")
    await otto.sends("/requests")
    otto.sees_last("Nothing was done: your role does not permit this.")
    await otto.forges(approve)
    assert (await boris.wallet()).free == usd("0")
    await boris.forges(approve)
    assert (await boris.wallet()).free == usd("0")
    assert not shop.trouble()
