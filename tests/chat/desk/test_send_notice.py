"""What sending a notice promises about its words."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.base.ids import OrderId
from bot.chat.outbox.render import WORDED
from bot.orders import read
from bot.outbox import notices as said
from bot.outbox.notice import Notice
from bot.outbox.sender import SendOutcome, SendResult
from bot.people import customers
from bot.suppliers.words import Code
from sandbox.telegram import Refuse
from tests.chat.desk.carrying import carries, delivers
from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE, OLGA
from tests.suppliers.fake_orders import out_of_stock

UNPARSED = Refuse(400, "Bad Request: can't parse entities")
CODE = Code("4242", "Your code is 4242")


def test_every_notice_has_words() -> None:
    assert set(every_notice()) == WORDED


def every_notice(root: type[Notice] = Notice) -> Iterable[type[Notice]]:
    for kind in root.__subclasses__():
        yield kind
        yield from every_notice(kind)


def file_of(reader: Human) -> bytes:
    """What the newest message brought as a file."""
    assert reader.card.document is not None
    return reader.card.document.content


async def test_goods_come_as_a_new_message_with_copy_buttons(
    shop: SmallShop, alice: Human
) -> None:
    order = await delivers(shop, "alice@mail:pass", "bob@mail:pass")
    receipt = await carries(shop, said.GoodsArrived(order, 1))
    assert receipt == SendResult(SendOutcome.SENT, message=alice.card.message_id)
    alice.sees(f"Order #{order}", "alice@mail:pass")
    alice.sees_button("📋 Copy 2")


async def test_many_goods_come_as_a_file_that_holds_all_of_them(
    shop: SmallShop, alice: Human
) -> None:
    accounts = [f"user{number}:pass" for number in range(1000)]
    order = await delivers(shop, *accounts)
    await carries(shop, said.GoodsArrived(order, 1))
    assert file_of(alice).decode().split() == accounts
    assert alice.card.document is not None
    assert alice.card.document.name == f"order-{order}.txt"
    alice.sees(f"Order #{order}")


@pytest.mark.parametrize("account", [" padded ", "tab\tin", "nul\x00", "x" * 5000, ""])
async def test_goods_that_a_message_would_alter_come_as_a_file(
    shop: SmallShop, alice: Human, account: str
) -> None:
    order = await delivers(shop, account)
    await carries(shop, said.GoodsArrived(order, 1))
    assert file_of(alice).decode() == account + "\n"


async def test_refused_goods_are_sent_again_as_a_plain_file(shop: SmallShop, alice: Human) -> None:
    order = await delivers(shop, "alice@mail:pass")
    shop.telegram.faults.next("sendMessage", UNPARSED)
    receipt = await carries(shop, said.GoodsArrived(order, 1))
    assert receipt.fate is SendOutcome.SENT
    assert file_of(alice) == b"alice@mail:pass\n"
    assert alice.card.keyboard == ()


async def test_a_code_comes_as_a_new_message_with_a_copy_button(
    shop: SmallShop, alice: Human
) -> None:
    await shop.books.has(ALICE, "1")
    order = (await shop.work.is_rented(CODE)).order
    receipt = await carries(shop, said.CodeArrived(order, 1))
    assert receipt == SendResult(SendOutcome.SENT, message=alice.card.message_id)
    alice.sees("Your code is 4242")
    alice.sees_button("📋 Copy 4242")


async def test_a_refused_code_is_sent_again_as_a_plain_file(shop: SmallShop, alice: Human) -> None:
    await shop.books.has(ALICE, "1")
    order = (await shop.work.is_rented(CODE)).order
    shop.telegram.faults.next("sendMessage", UNPARSED)
    assert (await carries(shop, said.CodeArrived(order, 1))).fate is SendOutcome.SENT
    assert file_of(alice) == b"4242\nYour code is 4242\n"


async def test_a_code_that_is_gone_is_not_sent(shop: SmallShop, alice: Human) -> None:
    await shop.books.has(ALICE, "1")
    order = (await shop.work.is_rented(CODE)).order
    before = len(shop.telegram.calls)
    assert (await carries(shop, said.CodeArrived(order, 9))).fate is SendOutcome.DROPPED
    assert len(shop.telegram.calls) == before


async def test_a_number_that_has_no_card_yet_gets_one(shop: SmallShop, alice: Human) -> None:
    await shop.books.has(ALICE, "1")
    order = (await shop.work.is_rented()).order
    receipt = await carries(shop, said.OrderCard(order))
    assert receipt == SendResult(SendOutcome.SENT, message=alice.card.message_id)
    assert await shop.books.db.read(read.card_of, order) == alice.card.message_id
    alice.sees(f"Order #{order}")


@pytest.mark.parametrize(
    "notice",
    [
        said.GoodsArrived(99, 1),
        said.GoodsArrived(1, 9),
        said.OrderEnded(99),
        said.OrderEnded(1),
        said.OrderInDoubt(1),
        said.TopupAsked(5),
        said.DoubtAlert(99),
    ],
)
async def test_what_is_not_there_or_no_longer_so_is_dropped(
    shop: SmallShop, alice: Human, notice: said.AnyNotice
) -> None:
    assert await delivers(shop, "ann:1") == OrderId(1)
    before = len(shop.telegram.calls)
    assert (await carries(shop, notice)).fate is SendOutcome.DROPPED
    assert len(shop.telegram.calls) == before


async def test_nobody_is_told_about_somebody_elses_order(shop: SmallShop, olga: Human) -> None:
    order = await delivers(shop, "alice@mail:pass")
    await olga.sends("/start")
    before = len(shop.telegram.calls)
    assert (
        await carries(shop, said.GoodsArrived(order, 1), chat=OLGA)
    ).fate is SendOutcome.DROPPED
    assert len(shop.telegram.calls) == before


async def test_the_words_are_in_the_readers_language(shop: SmallShop, alice: Human) -> None:
    await shop.books.db.write(customers.set_language, ALICE, "de")
    await carries(shop, said.Debited(1_500_000, 2_000_000))
    alice.sees("1,50")


async def test_an_end_says_first_what_happened_to_the_money(shop: SmallShop, alice: Human) -> None:
    await shop.books.has(ALICE, "3")
    order = await shop.work.queues()
    shop.supplier.fails("add", out_of_stock())
    await shop.shop.submit_order(shop.supplier)
    await carries(shop, said.OrderEnded(order))
    assert alice.card.text.startswith("💳 $3.00 is back in your balance.")


async def test_an_order_in_doubt_comes_to_operators_with_its_decisions(
    shop: SmallShop, olga: Human, doubted: OrderId
) -> None:
    await olga.sends("/start")
    await carries(shop, said.DoubtAlert(doubted), chat=OLGA)
    wanted = {"Attach id", "Not placed: refund", "Send again", "Write off"}
    assert wanted <= set(olga.labels)
