"""Whatever a person throws at a step at once: one calm answer, and nothing lost."""

from collections import Counter

from sandbox.telegram import Person
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop

pytestmark = on_sqlite


def calls(shop: Shop, since: int) -> Counter[str]:
    """How often the bot called each method since then."""
    return Counter(call.method for call in shop.telegram.calls[since:])


async def test_a_hundred_messages_in_a_second_are_one_answer(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    await alice.taps("Back")
    before, messages = len(shop.telegram.calls), len(alice.person.messages)
    for number in range(99):
        alice.person.sends(f"spam {number}")
    alice.person.sends("7")
    await shop.hears()
    done = calls(shop, before)
    assert done["editMessageText"] == 1
    assert done["sendMessage"] == 0
    assert done["deleteMessages"] == 1
    assert len(alice.person.messages) == messages
    alice.sees_last("Please check your order", "× 7\n")
    assert not shop.trouble()


async def test_a_hundred_messages_without_a_step_are_one_answer(shop: Shop, alice: Human) -> None:
    messages = len(alice.person.messages)
    for number in range(100):
        alice.person.sends(f"hello {number}")
    await shop.hears()
    assert len(alice.person.messages) == messages + 1
    alice.sees_last("Nothing found for “hello 99”.")


async def test_everything_that_is_no_number_is_explained_on_one_card(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    await alice.taps("Back")
    messages = len(alice.person.messages)

    def all_of_it(who: Person) -> None:
        who.sends_album(5, "3")
        who.sends_sticker()
        who.sends_voice()
        who.forwards("3")
        who.sends_photo("3")
        who.sends_document()

    await alice.does(all_of_it)
    alice.sees_last("That is not a number.", "How many?")
    assert len(alice.person.messages) == messages


async def test_an_album_without_a_step_is_one_answer(shop: Shop, alice: Human) -> None:
    messages = len(alice.person.messages)
    await alice.does(lambda who: who.sends_album(10))
    await alice.does(lambda who: who.sends_album(10))
    await alice.does(lambda who: who.sends_voice())
    assert len(alice.person.messages) == messages + 1
    assert next(reversed(alice.person.chat.messages)) == alice.card.message_id
    assert not shop.trouble()


async def test_an_edited_number_is_passed_by(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    mine = next(reversed(alice.person.chat.messages))
    await alice.does(lambda who: who.sends_sticker())
    sticker = next(reversed(alice.person.chat.messages))
    assert sticker > mine
    before = alice.chat
    await alice.does(lambda who: who.edits(sticker, "9"))
    assert alice.chat == before


async def test_taps_on_units_within_a_moment_all_count(shop: Shop, alice: Human) -> None:
    await alice.buys(quantity="9")
    await shop.works()
    await shop.passes(seconds=10)
    await alice.taps("Problem")
    await alice.taps("does not work")
    units = [button for button in alice.card.buttons if button.text.startswith("✓")]
    taps, card = [button.callback_data for button in units], alice.card.message_id
    for tap in taps[:5]:
        assert tap
        alice.person.taps_raw(tap, card)
    await shop.hears()
    chosen = [label for row in alice.card.labels for label in row if label.startswith("✓")]
    assert len(chosen) == 4


async def test_a_flood_of_one_person_holds_up_nobody_else(
    shop: Shop, alice: Human, boris: Human
) -> None:
    await alice.goes_to_confirm()
    before = len(shop.telegram.calls)
    for number in range(99):  # what one getUpdates brings, with the tap
        alice.person.sends(f"{number + 1}")
    boris.person.taps("Catalog")
    await shop.hears()
    edits = [one.params["chat_id"] for one in shop.telegram.calls[before:] if "edit" in one.method]
    assert edits == [boris.id, alice.id]
    boris.sees_last("Choose a category.")
    alice.sees_last("You need")
