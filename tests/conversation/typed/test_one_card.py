"""What does not fit is explained on the live card, which stays the newest thing in the chat."""

from bot.people import customers
from sandbox.suppliers.timelines import completes
from sandbox.telegram import BotMessage, Refuse
from sandbox.telegram.messages import HumanMessage
from tests.conversation.human import ALICE, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite

WRONG = ("abc", "0", "-1", "1.5", "1e9", "101", "many", "9" * 40, "!")


def typed_texts(human: Human) -> list[str]:
    """What of a person's own words still stands in the chat."""
    said = human.person.chat.messages.values()
    return [one.text for one in said if isinstance(one, HumanMessage)]


async def to_the_quantity(alice: Human) -> BotMessage:
    await alice.sends("/catalog")
    for label in ("Social", "Aged account", "Buy"):
        await alice.taps(label)
    alice.sees_last("How many?")
    return alice.card


async def test_nine_wrong_numbers_are_one_card_and_leave_no_trace(
    shop: Shop, alice: Human
) -> None:
    card = await to_the_quantity(alice)
    messages = len(alice.person.messages)
    for wrong in WRONG:
        await alice.sends(wrong)
        alice.sees_last("Nothing was charged.", "How many?")
    assert len(alice.person.messages) == messages
    assert alice.card.message_id == card.message_id
    assert not set(WRONG) & set(typed_texts(alice))

    await alice.sends("3")
    alice.sees_last("Please check your order", "× 3\n")
    assert alice.card.message_id == card.message_id
    assert not shop.trouble()


async def test_a_card_that_is_gone_is_sent_anew_once(shop: Shop, alice: Human) -> None:
    card = await to_the_quantity(alice)
    del alice.person.chat.messages[card.message_id]
    for wrong in WRONG[:3]:
        await alice.sends(wrong)
        alice.sees_last("Nothing was charged.", "How many?")
    assert alice.times("How many?") == 1


async def test_a_message_that_cannot_be_deleted_does_no_harm(shop: Shop, alice: Human) -> None:
    await to_the_quantity(alice)
    words = "Bad Request: message can't be deleted for everyone"
    shop.telegram.faults.next("deleteMessages", Refuse(400, words))
    await alice.sends("abc")
    assert "abc" in typed_texts(alice)
    await alice.sends("3")
    alice.sees_last("Please check your order")


async def test_the_card_goes_below_news_that_came_meanwhile(
    shop: Shop, alice: Human, olga: Human
) -> None:
    card = await to_the_quantity(alice)
    await olga.sends(f"/topup {ALICE} 5")
    await shop.works()
    alice.sees_last("$5.00")

    await alice.sends("abc")
    alice.sees_last("That is not a number.", "How many?")
    assert alice.times("How many?") == 1
    assert alice.card.message_id > card.message_id
    assert not shop.trouble()


async def test_wrong_amounts_are_one_card(shop: Shop, alice: Human) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    messages = len(alice.person.messages)
    for wrong in ("ten", "-5", "0", "1e9", "$", "12 EUR"):
        await alice.sends(wrong)
        alice.sees_last("No request was sent.", "How much would you like to add?")
    await alice.sends("10")
    alice.sees_last("Request sent: top-up of $10.00")
    assert len(alice.person.messages) == messages
    assert "10" not in typed_texts(alice)


async def test_what_proves_a_payment_is_kept_and_the_card_goes_below_it(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("10")
    messages = len(alice.person.messages)
    for _ in range(3):
        await alice.does(lambda who: who.sends_sticker())
        alice.sees_last("We cannot use that as proof.")
    await alice.sends("transaction 0xabc")
    alice.sees_last("we have your proof of payment", "transaction 0xabc")

    assert len(alice.person.messages) == messages
    assert "transaction 0xabc" in typed_texts(alice)
    assert next(reversed(alice.person.chat.messages)) == alice.card.message_id
    assert not shop.trouble()


async def test_links_are_kept_for_correcting_them(shop: Shop, alice: Human) -> None:
    await alice.sends("/catalog")
    for label in ("Instagram (1)", "Followers ·", "Buy"):
        await alice.taps(label)
    await alice.sends("100")
    messages = len(alice.person.messages)
    for wrong in ("https://evil.com/x", "http://instagram.com/alice", "nothing"):
        await alice.sends(wrong)
        alice.sees_last("Nothing was charged.", "Which link?", "https://instagram.com/name")
        assert wrong in typed_texts(alice)
    await alice.sends("@alice")
    alice.sees_last("Please check your order", "Link: https://instagram.com/alice\n")
    assert len(alice.person.messages) == messages


async def test_an_operators_wrong_numbers_are_one_card(shop: Shop, alice: Human) -> None:
    olga = alice.shop.telegram.person(99, "Olga")
    who = Human(shop, olga)
    await who.sends(f"/user {ALICE}")
    await who.taps("Limits")
    await who.taps("Orders in one hour")
    messages = len(who.person.messages)
    for wrong in ("many", "-1", "1.5"):
        await who.sends(wrong)
    assert len(who.person.messages) == messages
    assert not {"many", "-1", "1.5"} & set(typed_texts(who))


async def test_a_report_keeps_its_words_and_takes_numbers_on_its_card(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(2), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    await shop.works()
    await shop.passes(seconds=5)
    await alice.taps("Problem")
    await alice.taps("does not work")
    card, messages = alice.card.message_id, len(alice.person.messages)
    for wrong in ("all of them", "0", "7", "-", "x" * 50):
        await alice.sends(wrong)
        alice.sees_last("Only numbers from the list, please")
    await alice.sends("1, 3")
    assert (alice.card.message_id, len(alice.person.messages)) == (card, messages)
    assert not {"all of them", "1, 3"} & set(typed_texts(alice))

    await alice.does(lambda who: who.sends_sticker())
    assert alice.card.message_id == card
    await alice.sends("the second one is locked")
    assert len(alice.person.messages) == messages
    assert "the second one is locked" in typed_texts(alice)
    assert next(reversed(alice.person.chat.messages)) == alice.card.message_id
    assert not shop.trouble()


async def test_words_that_are_searched_for_vanish_and_the_list_stays(
    shop: Shop, alice: Human
) -> None:
    await alice.sends("/numbers")
    card, messages = alice.card.message_id, len(alice.person.messages)
    for words in ("nothing like it", "whats", "zzz"):
        await alice.sends(words)
        alice.sees_last(words)
    assert (alice.card.message_id, len(alice.person.messages)) == (card, messages)
    assert typed_texts(alice)[-1] == "/numbers"


async def test_a_step_that_was_opened_before_an_update_of_the_shop_is_still_open(
    shop: Shop, alice: Human
) -> None:
    """Forms of earlier versions know no card: the answer is a new message, the next one edits."""
    await to_the_quantity(alice)
    old = f'{{"form":"quantity","service":{await service_of(shop)}}}'
    await shop.kiosk.db.write(customers.expect_form, alice.id, old)
    async with shop.restarted():
        messages = len(alice.person.messages)
        for wrong in ("abc", "0"):
            await alice.sends(wrong)
            alice.sees_last("Nothing was charged.", "How many?")
        assert len(alice.person.messages) == messages + 1


async def service_of(shop: Shop) -> int:
    services = shop.kiosk.shop.shelf.now.services()
    return next(one.id for one in services if one.listed.name == "Aged account")
