"""A command works at any step; one that nobody knows lists those that there are."""

from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite


async def test_an_unknown_command_leaves_the_step_open(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    await alice.taps("Back")
    card, messages = alice.card.message_id, len(alice.person.messages)
    for unknown in ("/sms", "/", "/buy 3", "/topup 11 5", "/desk"):
        await alice.sends(unknown)
        alice.sees_last("This is what you can send:", "/catalog", "/wallet", "/help")
    assert (alice.card.message_id, len(alice.person.messages)) == (card, messages)

    await alice.sends("3")
    alice.sees_last("Please check your order", "× 3\n")
    await alice.sends("/nonsense")
    await alice.taps("Back")
    alice.sees_last("How many?")
    assert not shop.trouble()


async def test_it_is_no_search_for_a_service_of_numbers(shop: Shop, alice: Human) -> None:
    await alice.sends("/numbers")
    before = alice.card.text
    await alice.sends("/sms")
    alice.sees_last("This is what you can send:")
    await alice.taps("Back")
    alice.sees_last(before)


async def test_without_a_step_it_is_answered_on_one_card(shop: Shop, alice: Human) -> None:
    messages = len(alice.person.messages)
    for unknown in ("/sms", "/sms", "/price"):
        await alice.sends(unknown)
        alice.sees_last("This is what you can send:", "/orders")
    assert len(alice.person.messages) == messages + 1
    assert not shop.trouble()


async def test_operators_read_the_list_of_the_desk(shop: Shop, alice: Human, olga: Human) -> None:
    await olga.sends("/user 11")
    await olga.taps("Limits")
    await olga.taps("Orders in one hour")
    messages = len(olga.person.messages)
    await olga.sends("/nonsense")
    olga.sees_last("This is what you can send:", "/topup")
    await olga.sends("5")
    olga.sees_last("Changed.")
    assert len(olga.person.messages) == messages


async def test_a_known_command_closes_the_step(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    await alice.sends("/wallet")
    await alice.sends("5")
    alice.sees_last("Nothing found for “5”.")


async def test_a_question_that_buttons_answer_is_not_covered(shop: Shop, olga: Human) -> None:
    await olga.sends("/topup 99 1 000")
    question, labels = olga.card.message_id, olga.card.labels
    for words in ("hello", "/nonsense"):
        await olga.sends(words)
        olga.sees_last("This is what you can send:")
    kept = next(one for one in olga.person.messages if one.message_id == question)
    assert kept.labels == labels
