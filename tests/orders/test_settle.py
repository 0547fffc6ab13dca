"""An order's end: money moves once, goods are stored once each, however many workers hear it."""

from dataclasses import replace

import pytest

from bot.base.ids import RemoteId
from bot.base.money import ZERO
from bot.db.tx import TxSettings
from bot.money.ledger import Wallet
from bot.ops.seal import Seal, SealBroken
from bot.orders import order_details as records
from bot.orders import read, settle
from bot.orders.goods.deliver import known_goods
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import Ending
from tests.books import KEY, OTHER_KEY
from tests.races import all_at_once
from tests.stored_shop import ALICE, OLGA, Books, says, usd


@pytest.mark.parametrize(
    ("answer", "to", "free", "goods"),
    [
        (says("Completed", "a", "b", "c"), State.COMPLETED, "7", [("a", "b", "c")]),
        (says("Partial", "a", remains=2), State.PARTIAL, "9", [("a",)]),
        (
            says("Completed", "ann:1\nben:2\ncid:3"),
            State.COMPLETED,
            "7",
            [("ann:1", "ben:2", "cid:3")],
        ),
        (says("Canceled"), State.CANCELED, "10", []),
    ],
)
async def test_ten_workers_that_hear_the_end_at_once_settle_it_once(
    rich: Books, answer: object, to: State, free: str, goods: list[tuple[str, ...]]
) -> None:
    due = await rich.has_active(quantity=3, total="3")
    other = await rich.another()

    heard = await all_at_once(
        *((rich, other)[turn % 2].hears(due, answer) for turn in range(10))  # type: ignore[arg-type] # StatusAnswer, said by says()
    )

    assert sum(isinstance(one, Ending) for one in heard) == 1
    assert heard.count(None) == 9
    assert await rich.state(due.order) is to
    assert await rich.goods(due.order) == goods
    assert await rich.wallet() == Wallet(usd(free), ZERO)
    assert (await rich.told(ALICE)).count("goods") == len(goods)
    assert await rich.faults() == ()


async def test_goods_that_grow_are_stored_and_told_as_they_come_each_once(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="3")
    other = await rich.another()

    for listed in ("a", "ab", "ab", "abc"):
        answer = says("In progress", *listed)
        await all_at_once(*((rich, other)[turn % 2].hears(due, answer) for turn in range(5)))
    await rich.hears(due, says("Completed", "a", "b", "c"))

    assert await rich.goods(due.order) == [("a",), ("b",), ("c",)]
    assert (await rich.told(ALICE)).count("goods") == 3
    view = await rich.order(due.order)
    assert (view.state, view.delivered, view.batches) == (State.COMPLETED, 3, 3)


async def test_equal_accounts_count_as_often_as_they_stand(rich: Books) -> None:
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("In progress", "a"))

    ending = await rich.hears(due, says("Completed", "a", "a"))

    assert ending.to is State.COMPLETED
    assert await rich.goods(due.order) == [("a",), ("a",)]


async def test_a_partial_refund_is_rounded_up_to_what_the_shop_counts_in(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="1")

    ending = await rich.hears(due, says("Partial", "a", "b"))

    assert (ending.captured.micros, ending.released.micros) == (660_000, 340_000)
    assert (await rich.wallet()).free == usd("9.34")


FIRST, EDITED = ("u1:p1", "u2:p2"), ("u1:p1|m1@x.y", "u2:p2|m2@x.y")


async def test_an_edited_account_is_the_same_unit_and_the_rest_comes_back(rich: Books) -> None:
    due = await rich.has_active(quantity=4, total="4")
    await rich.hears(due, says("In progress", *FIRST))
    assert (await rich.order(due.order)).delivered == 2

    ending = await rich.hears(due, says("Partial", *EDITED, remains=2))

    assert ending == Ending(State.PARTIAL, usd("2"), usd("2"), 2)
    assert await rich.wallet() == Wallet(usd("8"), ZERO)
    assert await rich.goods(due.order) == [FIRST, EDITED]
    assert await rich.faults() == ()


async def test_completed_with_edited_accounts_waits_for_those_that_are_missing(
    rich: Books,
) -> None:
    due = await rich.has_active(quantity=4, total="4")
    await rich.hears(due, says("In progress", *FIRST))

    assert await rich.hears(due, says("Completed", *EDITED)) is None
    rich.wait(minutes=2)
    assert await rich.hears(due, says("Completed", *EDITED)) is Reason.GOODS_MISSING

    assert (await rich.order(due.order)).delivered == 2
    assert (await rich.wallet()).held == usd("4")


async def test_what_stands_in_the_place_of_goods_is_neither_paid_nor_delivered(
    rich: Books,
) -> None:
    due = await rich.has_active(quantity=2, total="2")
    for listed in (("processing", "processing"), ("u1:****", "u2:****"), ("u1:p1", "u2:****")):
        assert await rich.hears(due, says("Completed", *listed)) is None
    assert (await rich.order(due.order)).delivered == 1

    ending = await rich.hears(due, says("Completed", *FIRST))

    assert ending.to is State.COMPLETED
    assert await rich.goods(due.order) == [("u1:p1",), ("u2:p2",)]
    assert await rich.faults() == ()


async def test_an_account_that_is_taken_back_counts_no_more_and_stays_shown(rich: Books) -> None:
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("In progress", *FIRST))

    await rich.hears(due, says("In progress", "u1:p1"))
    view = await rich.order(due.order)
    assert (view.delivered, view.goods_kept) == (1, True)
    ending = await rich.hears(due, says("Partial"))

    assert ending == Ending(State.PARTIAL, usd("1"), usd("1"), 1)
    assert await rich.goods(due.order) == [FIRST]


async def test_completed_without_its_goods_waits_two_minutes_and_then_for_a_person(
    rich: Books,
) -> None:
    due = await rich.has_active(quantity=2, total="2")

    assert await rich.hears(due, says("Completed", "a")) is None
    rich.wait(seconds=119)
    assert await rich.hears(due, says("Completed", "a")) is None
    rich.wait(seconds=1)
    assert await rich.hears(due, says("Completed", "a")) is Reason.GOODS_MISSING

    assert await rich.state(due.order) is State.ATTENTION
    assert await rich.goods(due.order) == [("a",)]
    assert (await rich.wallet()).held == usd("2")
    assert "person" in await rich.told(ALICE)
    assert await rich.told(OLGA) == ["a-attention"]


async def test_the_two_minutes_start_again_when_the_supplier_takes_it_back(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed"))
    rich.wait(minutes=3)
    await rich.hears(due, says("In progress"))

    assert await rich.hears(due, says("Completed")) is None


async def test_a_parked_order_hears_no_more_answers(rich: Books) -> None:
    due = await rich.needs_person()

    assert await rich.hears(due, says("Canceled")) is None
    assert await rich.state(due.order) is State.ATTENTION


async def test_an_answer_about_another_remote_order_is_not_applied(rich: Books) -> None:
    due = await rich.has_active()
    stale = replace(due, remote=RemoteId("old"))

    assert await rich.hears(stale, says("Canceled")) is None
    assert await rich.state(due.order) is State.ACTIVE


async def test_a_surplus_is_delivered_and_told_to_the_operator(rich: Books) -> None:
    due = await rich.has_active(quantity=1)

    await rich.hears(due, says("Completed", "a", "b"))

    assert await rich.goods(due.order) == [("a", "b")]
    assert await rich.told(OLGA) == ["a-oddity"]


async def test_a_cancel_after_goods_refunds_and_is_told_to_the_operator(rich: Books) -> None:
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("In progress", "a"))

    await rich.hears(due, says("Canceled"))

    assert await rich.wallet() == Wallet(usd("10"), ZERO)
    assert await rich.goods(due.order) == [("a",)]
    assert await rich.told(OLGA) == ["a-oddity"]


async def test_an_answer_is_kept_when_it_says_something_new(rich: Books) -> None:
    due = await rich.has_active()
    for status in ("Pending", "Pending", "In progress", "In progress", "Pending"):
        await rich.hears(due, says(status))

    details = await rich.db.read(records.find_details, due.order)
    assert details is not None
    said = [words.split()[0] for _at, words in details.answers]
    assert said == ["taken", "Pending", "In", "Pending"]


async def test_a_new_spelling_is_told_once_and_keeps_the_state(rich: Books) -> None:
    due = await rich.has_active()

    for status in ("Zuende", "ZUENDE", "zuende"):
        assert await rich.hears(due, says(status)) is None

    assert await rich.told(OLGA) == ["a-supplier"]
    assert await rich.state(due.order) is State.ACTIVE


# The seal


async def test_goods_are_unreadable_in_the_database(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed", "alice@example.com:pw"))

    everything = await rich.sql("SELECT sealed FROM goods")
    everything += await rich.sql("SELECT said FROM answers")
    everything += await rich.sql("SELECT notice FROM outbox")
    assert "alice@example.com" not in str(everything)


async def test_goods_open_with_an_older_key_and_not_with_a_strange_one(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed", "a"))
    stranger = await rich.another()
    stranger.db.settings = TxSettings(Seal.with_keys([OTHER_KEY]))

    with pytest.raises(SealBroken):
        await stranger.db.read(known_goods, due.order)

    rich.db.settings = TxSettings(Seal.with_keys([OTHER_KEY, KEY]))
    batch = await rich.db.read(read.find_batch, due.order, 1)
    assert batch is not None
    assert batch.accounts == ("a",)
    assert await rich.db.read(read.find_batch, due.order, 2) is None


async def test_an_answer_that_cannot_be_read_counts_only_for_the_order_it_was_asked_about(
    rich: Books,
) -> None:
    due = await rich.has_active()
    foreign = replace(due, remote=RemoteId("another"))
    await rich.db.write(settle.unreadable, foreign, "no JSON", rich.now)
    await rich.hears(due, says("Canceled"))
    await rich.db.write(settle.unreadable, due, "no JSON", rich.now)

    assert await rich.sql("SELECT misses, last_said, due_at FROM orders") == [
        (0, "Canceled 0 None None", None)
    ]
