"""What is told of an order answers its card, so that one tap leads back to it."""

from sandbox.suppliers.timelines import completes, partial
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop


async def test_goods_and_the_end_answer_the_card_of_their_order(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(partial(2, 1), ["ann:1", "ben:2"])
    await alice.buys()
    card = alice.card.message_id
    await shop.works()
    await shop.passes(seconds=12)

    answers = [message for message in alice.person.messages if message.message_id > card]
    assert {message.reply_to for message in answers} == {card}
    assert any("ann:1" in message.text for message in answers)
    assert any("is back in your balance" in message.text for message in answers)
    assert not shop.trouble()


@on_sqlite
async def test_goods_that_are_shown_again_answer_the_card_too(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(1), ["ann:1", "ben:2", "cat:3"])
    await alice.buys()
    card = alice.card.message_id
    await shop.works()
    await shop.passes(seconds=12)
    await alice.taps("Show goods", card)

    alice.sees_last("ann:1")
    assert alice.card.reply_to == card


@on_sqlite
async def test_goods_come_all_the_same_where_the_card_was_deleted(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(completes(1), ["ann:1", "ben:2", "cat:3"])
    await alice.buys()
    del alice.person.chat.messages[alice.card.message_id]
    await shop.works()
    await shop.passes(seconds=12)

    alice.sees("ann:1")
    assert {message.reply_to for message in alice.person.messages} == {None}
