"""Credit moves once for each command, never below zero, and can be undone once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.base.errors import NotYours, TooLate
from bot.base.ids import OrderId, TransferId
from bot.base.money import ZERO, Money
from bot.money import decide, ledger, requests, topup, wallet
from bot.money import post as journal
from bot.money.errors import AlreadyReversed, NotEnoughCredit
from bot.money.ledger import Wallet
from bot.money.post import KeyReused
from bot.money.wallet import HoldEnd
from bot.people import customers
from tests.races import all_at_once
from tests.stored_shop import ALICE, BOB, BY, Books, says, usd

TEN = Wallet(free=usd("10"), held=ZERO)


async def test_a_top_up_says_before_and_after_and_tells_the_customer(books: Books) -> None:
    await books.has(ALICE, "2.50")

    change = await books.has(ALICE, "7.50")

    assert (change.before, change.after, change.fresh) == (usd("2.50"), usd("10"), True)
    assert await books.told(ALICE) == ["credited", "credited"]
    assert await books.wallet() == TEN


async def test_the_same_command_ten_times_at_once_tops_up_once(books: Books) -> None:
    await books.meets(ALICE)

    changes = await all_at_once(*(books.has(ALICE, "10", key="tm:1") for _ in range(10)))

    fresh = [
        change for change in changes if not isinstance(change, BaseException) and change.fresh
    ]
    assert len(fresh) == 1
    assert (
        len({change.transfer for change in changes if not isinstance(change, BaseException)}) == 1
    )
    assert await books.wallet() == TEN
    assert await books.told(ALICE) == ["credited"]


@pytest.mark.parametrize(("customer", "amount"), [(ALICE, "11"), (BOB, "10")])
async def test_a_key_that_stands_for_something_else_is_refused(
    books: Books, customer: int, amount: str
) -> None:
    await books.meets(BOB)
    await books.has(ALICE, "10", key="tm:1")

    with pytest.raises(KeyReused):
        await books.has(BOB if customer == BOB else ALICE, amount, key="tm:1")

    assert await books.wallet() == TEN
    assert await books.wallet(BOB) == Wallet(ZERO, ZERO)


async def test_a_debit_takes_credit_back_and_tells_the_customer(rich: Books) -> None:
    change = await rich.takes(ALICE, "4")

    assert (change.before, change.after) == (usd("10"), usd("6"))
    assert await rich.told(ALICE) == ["credited", "debited"]


async def test_a_debit_beyond_the_credit_is_refused_with_what_is_missing(rich: Books) -> None:
    with pytest.raises(NotEnoughCredit) as refusal:
        await rich.takes(ALICE, "12.50")

    assert (refusal.value.short_by, refusal.value.total) == (usd("2.50"), usd("12.50"))
    assert await rich.wallet() == TEN


async def test_of_many_debits_at_once_only_those_that_are_covered_happen(rich: Books) -> None:
    other = await rich.another()

    outcomes = await all_at_once(
        *((rich, other)[turn % 2].takes(ALICE, "3", key=f"tm:x{turn}") for turn in range(8))
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, NotEnoughCredit)]
    assert len(refused) == 5
    assert await rich.wallet() == Wallet(usd("1"), ZERO)
    assert await rich.faults() == ()


async def test_nobody_unknown_is_granted_or_asked_for_anything(books: Books) -> None:
    order = await books.has(BOB, "1")
    stranger = ALICE

    with pytest.raises(NotYours):
        await books.takes(stranger, "1")
    with pytest.raises(NotYours):
        await books.db.write(requests.ask_topup, stranger, usd("5"))
    with pytest.raises(NotYours):
        await books.db.read(requests.load_topup, 77)
    with pytest.raises(NotYours):
        await books.db.write(topup.undo, BY, TransferId(order.transfer + 99))


async def test_an_undo_is_a_new_opposite_transfer(books: Books) -> None:
    change = await books.has(ALICE, "10")

    undone = await books.db.write(topup.undo, BY, change.transfer)

    assert (undone.before, undone.after) == (usd("10"), ZERO)
    assert await books.told(ALICE) == ["credited", "debited"]
    movements = (await books.db.read(wallet.wallet, ALICE)).lines
    assert [movement.amount for movement in movements] == [Money(-usd("10").micros), usd("10")]


async def test_undoing_a_debit_gives_the_credit_back(rich: Books) -> None:
    change = await rich.takes(ALICE, "4")

    await rich.db.write(topup.undo, BY, change.transfer)

    assert await rich.wallet() == TEN


async def test_ten_undos_at_once_are_one(books: Books) -> None:
    change = await books.has(ALICE, "10")

    outcomes = await all_at_once(
        *(books.db.write(topup.undo, BY, change.transfer) for _ in range(10))
    )

    assert sum(isinstance(outcome, AlreadyReversed) for outcome in outcomes) == 9
    assert await books.wallet() == Wallet(ZERO, ZERO)


async def test_credit_that_was_spent_cannot_be_undone(books: Books) -> None:
    change = await books.has(ALICE, "10")
    await books.buys(total="9.50")

    with pytest.raises(NotEnoughCredit) as refusal:
        await books.db.write(topup.undo, BY, change.transfer)

    assert refusal.value.short_by == usd("9.50")
    assert await books.wallet() == Wallet(usd("0.50"), usd("9.50"))


async def test_an_undo_a_hold_and_a_capture_are_not_undone(rich: Books) -> None:
    await rich.buys()
    change = await rich.has(ALICE, "1")
    undone = await rich.db.write(topup.undo, BY, change.transfer)
    (hold,) = await rich.sql("SELECT id FROM transfers WHERE kind = 'hold'")

    for transfer in (undone.transfer, TransferId(hold[0])):
        with pytest.raises(NotYours):
            await rich.db.write(topup.undo, BY, transfer)


async def test_a_request_for_credit_stands_once_and_tells_the_operator_once(books: Books) -> None:
    await books.meets(ALICE)

    asked = await all_at_once(
        *(books.db.write(requests.ask_topup, ALICE, usd("5")) for _ in range(5))
    )

    assert len({one[0] for one in asked if not isinstance(one, BaseException)}) == 1
    assert sum(one[1] for one in asked if not isinstance(one, BaseException)) == 1
    assert await books.told(900) == ["a-topup"]  # type: ignore[arg-type] # olga, by her number


async def test_ten_approvals_at_once_grant_once(books: Books) -> None:
    await books.meets(ALICE)
    request, _fresh = await books.db.write(requests.ask_topup, ALICE, usd("5"))
    assert (await books.db.read(requests.load_topup, request)).decision == ""

    outcomes = await all_at_once(
        *(
            books.db.write(decide.deny_topup, BY, request)
            if turn % 2
            else books.db.write(decide.approve_topup, BY, request, 1)
            for turn in range(10)
        )
    )

    assert sum(isinstance(outcome, TooLate) for outcome in outcomes) == 9
    decision = (await books.db.read(requests.load_topup, request)).decision
    granted = usd("5") if decision == "approved" else ZERO
    assert await books.wallet() == Wallet(granted, ZERO)


async def test_a_denial_is_told_and_the_next_wish_is_a_new_request(books: Books) -> None:
    await books.meets(ALICE)
    first, _fresh = await books.db.write(requests.ask_topup, ALICE, usd("5"))

    await books.db.write(decide.deny_topup, BY, first)

    second, fresh = await books.db.write(requests.ask_topup, ALICE, usd("6"))
    assert fresh
    assert second != first
    assert await books.told(ALICE) == ["topup-denied"]


async def test_credit_offers_what_could_not_be_afforded_for_a_week(books: Books) -> None:
    service = await books.stocks()
    await books.meets(ALICE)
    await books.db.write(customers.remember_purchase, ALICE, service.id, 3)
    await books.has(ALICE, "1")
    await books.has(ALICE, "1")
    await books.db.write(customers.remember_purchase, ALICE, service.id, 3)
    books.wait(days=7)
    await books.has(ALICE, "1")

    notices = await books.sql("SELECT notice FROM outbox ORDER BY id")
    assert ['"quantity":3' in row[0] for row in notices] == [True, False, False]


async def test_the_wallet_shows_the_last_ten_movements_newest_first(books: Books) -> None:
    for number in range(12):
        books.wait(seconds=1)
        await books.has(ALICE, str(number + 1))

    movements = (await books.db.read(wallet.wallet, ALICE)).lines

    assert [movement.amount for movement in movements] == [usd(str(12 - at)) for at in range(10)]
    assert movements[0].at - movements[9].at == timedelta(seconds=9)


async def test_all_of_an_odd_balance_is_taken_once_however_often_the_command_comes(
    books: Books,
) -> None:
    await books.meets(ALICE)
    await books.db.write(journal.post, ledger.topup(ALICE, Money(3), "before", "olga", ""))

    act = replace(BY, key="tm:9")
    first = await books.db.write(topup.debit, act, ALICE, Money(3))
    again = await books.db.write(topup.debit, act, ALICE, Money(3))

    assert (first.fresh, again.fresh, again.transfer) == (True, False, first.transfer)


async def test_the_wallet_says_what_has_become_of_what_was_set_aside(rich: Books) -> None:
    said: dict[OrderId, HoldEnd] = {}
    for status, accounts, end in (
        ("Completed", "ab", HoldEnd.PAID),
        ("Canceled", "", HoldEnd.BACK),
        ("Partial", "a", HoldEnd.PAID_IN_PART),
        ("In progress", "", HoldEnd.HELD),
    ):
        due = await rich.has_active(quantity=2, total="2")
        await rich.hears(due, says(status, *accounts))
        said[due.order] = end

    lines = (await rich.db.read(wallet.wallet, ALICE)).lines

    orders = [one for one in lines if one.order is not None]
    assert {one.order: one.ended for one in orders} == said
    assert len(orders) == len(said)
    assert {one.ended for one in lines if one.order is None} == {None}
    assert {one.ended: (one.amount, one.back) for one in orders} == {
        HoldEnd.PAID: (-usd("2"), ZERO),
        HoldEnd.BACK: (ZERO, usd("2")),
        HoldEnd.PAID_IN_PART: (-usd("1"), usd("1")),
        HoldEnd.HELD: (-usd("2"), ZERO),
    }


async def test_a_transfer_is_posted_once_by_its_key(rich: Books) -> None:
    transfer = ledger.debit(ALICE, usd("1"), "k", "olga", "")

    first = await rich.db.write(journal.post, transfer)
    second = await rich.db.write(journal.post, transfer)

    assert first == (second[0], True)
    assert second[1] is False
    assert await rich.db.read(journal.balance, ledger.MANUAL) == Money(-usd("9").micros)
