"""An order's end: money moves once, goods are stored once each, however many workers hear it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.ids import RemoteId
from bot.base.money import ZERO
from bot.catalog import standing, store
from bot.db.tx import TxSettings
from bot.money.ledger import Wallet
from bot.ops.seal import Seal, SealBroken
from bot.orders import dossier as records
from bot.orders import poll, read, settle
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import Ending
from tests.books import KEY
from tests.stored_shop import ACC, ALICE, BY, OLGA, Books, all_at_once, says, usd


@pytest.mark.parametrize(
    ("answer", "to", "free", "goods"),
    [
        (says("Completed", "a", "b", "c"), State.COMPLETED, "7", [("a", "b", "c")]),
        (says("Partial", "a", remains=2), State.PARTIAL, "9", [("a",)]),
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


async def test_the_partial_refund_is_exact_to_the_last_unit(rich: Books) -> None:
    due = await rich.has_active(quantity=3, total="1")

    ending = await rich.hears(due, says("Partial", "a", "b"))

    assert (ending.captured.micros, ending.released.micros) == (666_666, 333_334)
    assert (await rich.wallet()).free == usd("9.333334")


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


async def test_a_due_order_is_leased_to_one_worker(rich: Books) -> None:
    await rich.buys()
    await rich.accepts(await rich.sends())
    other = await rich.another()

    claims = await all_at_once(
        *((rich, other)[turn % 2].db.write(poll.claim, ACC, 5) for turn in range(8))
    )

    assert sorted(len(one) for one in claims if isinstance(one, tuple)) == [0] * 7 + [1]
    rich.wait(seconds=30)
    assert len(await rich.db.write(poll.claim, ACC, 5)) == 1


async def test_the_next_reading_is_when_the_worker_said(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("In progress"))
    rich.wait(seconds=4)
    assert await rich.db.write(poll.claim, ACC, 5) == ()
    rich.wait(seconds=1)
    again = await rich.polls_one()

    await rich.db.write(poll.missed, again, rich.now + timedelta(seconds=9))
    rich.wait(seconds=8)
    assert await rich.db.write(poll.claim, ACC, 5) == ()


async def test_a_stranger_to_its_supplier_needs_a_person_after_many_answers(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(19):
        rich.wait(seconds=20)
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)
    assert await rich.state(due.order) is State.ACTIVE
    await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    view = await rich.order(due.order)
    assert (view.state, view.reason) == (State.ATTENTION, Reason.UNKNOWN_TO_SUPPLIER)
    await rich.db.write(settle.unknown_to_supplier, due, rich.now)  # too late, and no failure


async def test_many_strange_answers_within_minutes_are_not_yet_a_reason(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(30):
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    assert await rich.state(due.order) is State.ACTIVE


async def test_a_usable_answer_forgets_the_strange_ones(rich: Books) -> None:
    due = await rich.has_active()
    for _ in range(19):
        await rich.db.write(settle.unknown_to_supplier, due, rich.now)
    await rich.hears(due, says("In progress"))
    rich.wait(minutes=6)
    await rich.db.write(settle.unknown_to_supplier, due, rich.now)

    assert await rich.state(due.order) is State.ACTIVE


async def test_an_answer_is_kept_when_it_says_something_new(rich: Books) -> None:
    due = await rich.has_active()
    for status in ("Pending", "Pending", "In progress", "In progress", "Pending"):
        await rich.hears(due, says(status))

    dossier = await rich.db.read(records.dossier, due.order)
    assert dossier is not None
    said = [words.split()[0] for _at, words in dossier.answers]
    assert said == ["taken", "Pending", "In", "Pending"]


async def test_a_new_spelling_is_told_once_and_keeps_the_state(rich: Books) -> None:
    due = await rich.has_active()

    for status in ("Zuende", "ZUENDE", "zuende"):
        assert await rich.hears(due, says(status)) is None

    assert await rich.told(OLGA) == ["a-supplier"]
    assert await rich.state(due.order) is State.ACTIVE


# The charge


@pytest.mark.parametrize(
    ("answer", "pauses"),
    [
        (says("In progress", charge="0.9"), False),
        (says("In progress", charge="0.945"), False),
        (says("In progress", charge="0.9451"), True),
        (says("In progress", charge="900"), True),
        (says("In progress", charge="0.9", currency="EUR"), True),
        (says("In progress", charge="0.9", currency=None), False),
        (says("In progress", charge="1e17"), True),
        (says("Pending", charge="0"), False),
        (says("In progress"), False),
        (says("Partial", "a", charge="0.3"), False),
        (says("Canceled", charge="0"), False),
        (says("Completed", "a", charge="9"), True),
    ],
)
async def test_a_first_charge_that_is_off_pauses_the_service_but_not_the_order(
    rich: Books, answer: object, pauses: bool
) -> None:
    due = await rich.has_active()

    await rich.hears(due, answer)  # type: ignore[arg-type] # StatusAnswer, said by says()

    assert [one.paused for one in (await rich.db.read(store.load)).services] == [pauses]
    assert ("a-charge" in await rich.told(OLGA)) is pauses
    assert await rich.state(due.order) is not State.ATTENTION


async def test_only_the_first_charge_is_compared(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Pending", charge="0"))
    await rich.hears(due, says("In progress", charge="0.9"))
    await rich.hears(due, says("In progress", charge="5"))

    assert not (await rich.db.read(store.load)).services[0].paused
    dossier = await rich.db.read(records.dossier, due.order)
    assert dossier is not None
    assert (dossier.charge, dossier.charge_currency) == (Decimal(5), "USD")


async def test_a_resumed_service_is_paused_and_told_again_at_the_next_wrong_charge(
    rich: Books,
) -> None:
    due, second = await rich.has_active(), await rich.has_active()
    service = (await rich.db.read(store.load)).services[0].id
    await rich.hears(due, says("In progress", charge="5"))

    assert [await rich.db.write(standing.resume_service, BY, service) for _ in range(2)] == [
        True,
        False,
    ]
    await rich.hears(second, says("In progress", charge="5"))

    assert (await rich.told(OLGA)).count("a-charge") == 2
    assert (await rich.db.read(store.load)).services[0].paused


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
    strange_key = "c3RyYW5nZSBrZXkgb25seSBmb3Igb3VyIHRlc3RzISE="
    stranger.db.settings = TxSettings(Seal.with_keys([strange_key]))

    with pytest.raises(SealBroken):
        await stranger.db.read(settle.known_goods, due.order)

    rich.db.settings = TxSettings(Seal.with_keys([strange_key, KEY]))
    batch = await rich.db.read(read.find_batch, due.order, 1)
    assert batch is not None
    assert batch.accounts == ("a",)
    assert await rich.db.read(read.find_batch, due.order, 2) is None
