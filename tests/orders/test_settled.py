"""What an answer leaves behind: who is told what, what is counted, and when to ask again."""

from dataclasses import replace

import pytest

from bot.orders import order_details as records
from bot.orders import settle
from bot.orders.rules.moves import Reason, State
from bot.outbox.notices import (
    AttentionAlert,
    GoodsArrived,
    Oddity,
    OrderEnded,
    OrderNeedsPerson,
    OrderOddity,
    SupplierAlert,
    SupplierCause,
)
from bot.suppliers.words import Kind
from tests.orders.active import told, two
from tests.stored_shop import ACC, HSTOCK, OLGA, Books, listed, says


async def test_goods_are_counted_as_they_come_and_the_card_follows(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    rich.wait(minutes=1)
    await rich.hears(due, says("In progress", "a"))
    await rich.hears(due, says("In progress", "a", "b", "c"))

    view = await rich.order(due.order)
    assert (view.delivered, view.batches) == (3, 2)
    assert await told(rich) == [GoodsArrived(due.order, 1), GoodsArrived(due.order, 2)]
    cards = await rich.sql("SELECT dedup_key, due_at FROM outbox WHERE notice LIKE '%card%'")
    assert [key for key, _due_at in cards] == [f"card:{due.order}"]
    assert await rich.goods(due.order) == [("a",), ("b", "c")]


async def test_a_completed_order_is_told_by_its_goods_or_else_by_a_word(rich: Books) -> None:
    goods = await rich.has_active()
    await rich.hears(goods, says("Completed", "a"))
    service = await rich.stocks(listed("likes"))
    await rich.buys(service=replace(service, kind=Kind.SOCIAL))
    await rich.accepts(await rich.sends())
    social = await rich.polls_one()

    await rich.hears(social, says("Completed"))

    assert await told(rich) == [GoodsArrived(goods.order, 1), OrderEnded(social.order)]


async def test_a_partial_or_canceled_order_is_told_beside_its_goods(rich: Books) -> None:
    first, second = await two(rich, quantity=2)

    await rich.hears(first, says("Partial", "a"))
    await rich.hears(second, says("Canceled"))

    assert await told(rich) == [
        GoodsArrived(first.order, 1), OrderEnded(first.order), OrderEnded(second.order),
    ]  # fmt: skip
    assert await told(rich, OLGA) == []


async def test_each_oddity_is_told_to_the_operator_with_its_order_and_number(rich: Books) -> None:
    for due in await two(rich):
        await rich.hears(due, says("Completed", "a", "b", "c"))
    for due in await two(rich, quantity=2):
        await rich.hears(due, says("In progress", "a"))
        await rich.hears(due, says("Canceled"))

    assert await told(rich, OLGA) == [
        OrderOddity(1, Oddity.SURPLUS, "2"),
        OrderOddity(2, Oddity.SURPLUS, "2"),
        OrderOddity(3, Oddity.CANCELED_AFTER_GOODS, "1"),
        OrderOddity(4, Oddity.CANCELED_AFTER_GOODS, "1"),
    ]


async def test_each_order_that_needs_a_person_is_told_to_both_sides(rich: Books) -> None:
    both = await two(rich)
    for due in both:
        await rich.hears(due, says("Error"))

    assert await told(rich) == [OrderNeedsPerson(due.order) for due in both]
    assert await told(rich, OLGA) == [AttentionAlert(due.order) for due in both]
    details = await rich.db.read(records.find_details, both[0].order)
    assert details is not None
    last = details.events[-1]
    assert (last.state, last.note) == (State.ATTENTION, Reason.TROUBLE_STATUS)
    assert await rich.sql("SELECT due_at FROM orders") == [(None,), (None,)]


async def test_a_new_spelling_is_told_once_a_supplier_and_cut_short(rich: Books) -> None:
    here = await rich.has_active()
    await rich.buys(service=await rich.stocks(supplier=HSTOCK))
    await rich.accepts(await rich.sends(HSTOCK))
    there = await rich.polls_one(HSTOCK)

    for due in (here, there, here):
        await rich.hears(due, says("Delayed 12:30 " + "x" * 50))

    cut = "Delayed 12:30 " + "x" * 26
    assert await told(rich, OLGA) == [
        SupplierAlert(name, SupplierCause.STATUS, words=cut) for name in (ACC, HSTOCK)
    ]


def test_a_clock_in_a_spelling_makes_no_new_one() -> None:
    assert settle.folded("Delayed 12:30") == settle.folded("DELAYED 7:05") == "delayed #:#"


@pytest.mark.long
async def test_a_supplier_with_a_new_word_each_time_is_told_of_a_few_times_a_day(
    rich: Books,
) -> None:
    due = await rich.has_active()
    words = [a + b for a in "abcdefgh" for b in "abcdefgh"]
    for word in words:
        await rich.hears(due, says(f"Zuende {word}"))

    heard = [alert.words for alert in await told(rich, OLGA) if isinstance(alert, SupplierAlert)]
    assert heard == ["Zuende aa", "Zuende ab", "Zuende ac", "…"]

    rich.wait(hours=25)
    for word in words[3:]:
        await rich.hears(due, says(f"Zuende {word}"))
    assert len(await told(rich, OLGA)) == 8
    assert await rich.state(due.order) is State.ACTIVE


async def test_a_list_that_changes_for_ever_floods_no_chat_and_is_whole_in_the_end(
    rich: Books,
) -> None:
    due = await rich.has_active(quantity=2, total="2")
    for second in range(60):
        await rich.hears(due, says("In progress", f"u1:p1|seen {second}"))
    assert len(await told(rich)) == 22
    assert (await rich.order(due.order)).delivered == 1

    await rich.hears(due, says("Completed", "u1:p1|seen 60", "u2:p2"))

    assert (await rich.goods(due.order))[-1] == ("u1:p1|seen 60", "u2:p2")
    assert await rich.state(due.order) is State.COMPLETED


async def test_each_message_about_goods_has_a_key_of_its_own_order_and_batch(rich: Books) -> None:
    first, second = await two(rich, quantity=2)
    for due in (first, second):
        await rich.hears(due, says("In progress", "a"))
        await rich.hears(due, says("Canceled", "a", "b", "c"))

    keys = [key for [key] in await rich.sql("SELECT dedup_key FROM outbox")]
    for order in (first.order, second.order):
        said = [f"goods:{order}:1", f"goods:{order}:2", f"ended:{order}", f"card:{order}"]
        odd = [f"surplus:{order}:{OLGA}", f"odd-cancel:{order}:{OLGA}"]
        assert {*said, *odd} <= set(keys)


async def test_a_batch_says_how_much_came_and_when(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    times = []
    for goods in (("a",), ("a", "b", "c")):
        rich.wait(minutes=1)
        times.append(int(rich.now.timestamp() * 1_000_000))
        await rich.hears(due, says("In progress", *goods))

    rows = await rich.sql("SELECT batch, count, at FROM goods ORDER BY batch")
    assert rows == [(1, 1, times[0]), (2, 2, times[1])]
