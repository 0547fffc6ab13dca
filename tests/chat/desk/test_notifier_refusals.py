"""What becomes of a notice, whatever Telegram says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.base.ids import OrderId
from bot.orders import read
from bot.outbox import notices as said
from bot.outbox.sender import SendOutcome, SendResult, growing_wait
from sandbox.telegram import BLOCKED, LostBefore, Refuse, RetryAfter, ServerError
from tests.chat.desk.carrying import carries
from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE

DEBITED = said.Debited(1, 2)


@pytest.fixture
async def order(shop: SmallShop, alice: Human) -> OrderId:
    """An order whose card is the newest message in Alice's chat."""
    await shop.books.has(ALICE, "3")
    order = (await shop.work.is_active()).order
    card = alice.card.message_id
    await shop.books.db.write(read.card_shown, order, card, None)
    return order


async def test_the_card_of_an_order_is_edited(
    shop: SmallShop, alice: Human, order: OrderId
) -> None:
    card = alice.card.message_id
    assert await carries(shop, said.OrderCard(order)) == SendResult(SendOutcome.SENT, message=card)
    assert alice.card.message_id == card
    alice.sees(f"Order #{order}")


@pytest.mark.parametrize(
    "words",
    ["message to edit not found", "message can't be edited", "message is not modified: same"],
)
async def test_a_card_that_cannot_be_edited_is_settled(
    shop: SmallShop, alice: Human, order: OrderId, words: str
) -> None:
    before = len(shop.telegram.calls)
    shop.telegram.faults.next("editMessageText", Refuse(400, f"Bad Request: {words}"))
    assert (await carries(shop, said.OrderCard(order))).fate is SendOutcome.SENT
    assert [call.method for call in shop.telegram.calls[before:]] == ["editMessageText"]


async def test_an_order_without_a_card_needs_no_edit(shop: SmallShop, alice: Human) -> None:
    await shop.books.has(ALICE, "3")
    order = (await shop.work.is_active()).order
    before = len(shop.telegram.calls)
    assert await carries(shop, said.OrderCard(order)) == SendResult(SendOutcome.SENT)
    assert len(shop.telegram.calls) == before


@pytest.mark.parametrize(
    "refusal",
    [
        BLOCKED,
        Refuse(403, "Forbidden: user is deactivated"),
        Refuse(400, "Bad Request: chat not found"),
    ],
)
async def test_a_person_who_is_gone_is_unreachable(
    shop: SmallShop, alice: Human, refusal: Refuse
) -> None:
    shop.telegram.faults.next("sendMessage", refusal)
    assert (await carries(shop, DEBITED)).fate is SendOutcome.UNREACHABLE


async def test_a_flood_waits_as_long_as_telegram_says(shop: SmallShop, alice: Human) -> None:
    shop.telegram.faults.next("sendMessage", RetryAfter(31))
    receipt = await carries(shop, DEBITED, tries=9)
    assert (receipt.fate, receipt.wait) == (SendOutcome.LATER, timedelta(seconds=31))


@pytest.mark.parametrize("trouble", [ServerError(502), LostBefore(), Refuse(401, "Unauthorized")])
async def test_trouble_on_the_way_waits_longer_each_time(
    shop: SmallShop, alice: Human, trouble: ServerError | LostBefore | Refuse
) -> None:
    shop.telegram.faults.next("sendMessage", trouble, times=2)
    first = await carries(shop, DEBITED, tries=3)
    second = await carries(shop, DEBITED, tries=6)
    assert first.fate is second.fate is SendOutcome.LATER
    assert first.wait == growing_wait(3) < second.wait


async def test_what_telegram_will_never_take_is_dropped_with_its_words(
    shop: SmallShop, alice: Human
) -> None:
    shop.telegram.faults.next("sendMessage", Refuse(400, "Bad Request: something new"))
    receipt = await carries(shop, DEBITED)
    assert receipt.fate is SendOutcome.DROPPED
    assert "something new" in receipt.why
