"""In safe mode nothing is bought, sent or settled, whichever door it comes through."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from bot.base.errors import ShopClosed, TooLate
from bot.base.ids import OrderId, QuoteId, RemoteId
from bot.money import topup
from bot.orders import (
    attempts,
    collect_evidence,
    decide,
    orphaned_orders,
    poll,
    read,
    submit,
)
from bot.orders.kinds import Submission
from bot.orders.rules.moves import Reason, State
from bot.safety import safe_mode
from bot.safety.safe_mode import Restored
from bot.suppliers.words import Kind
from tests.races import all_at_once
from tests.stored_shop import ACC, ALICE, BY, OLGA, Books, says, usd

Act = Callable[[Books], Awaitable[Any]]


async def closes(books: Books) -> Restored:
    """What a restore does in the end."""
    restored = Restored(books.now - timedelta(days=1), books.now)
    await books.db.write(safe_mode.switch_on, restored)
    return restored


@pytest.fixture
async def waiting(rich: Books) -> AsyncIterator[Books]:
    """Alice has an order under way, one in doubt, one in attention and one waiting."""
    await rich.needs_person()
    await rich.in_doubt()
    await rich.has_active()
    await rich.buys()
    before = await rich.sql("SELECT id, state FROM orders ORDER BY id")
    held = await rich.wallet()
    await closes(rich)
    yield rich
    assert await rich.sql("SELECT id, state FROM orders ORDER BY id") == before
    assert await rich.wallet() == held
    assert await rich.faults() == ()


ATTENTION, DOUBT, QUEUED = OrderId(1), OrderId(2), OrderId(4)


async def test_no_quote_is_used(waiting: Books) -> None:
    with pytest.raises(ShopClosed):
        await waiting.buys()


async def test_a_used_quote_still_shows_its_order(waiting: Books) -> None:
    placed = await waiting.confirms(QuoteId(QUEUED))  # each order came of the quote of its number
    assert (placed.order, placed.fresh) == (QUEUED, False)


async def test_no_order_is_claimed_to_be_sent(waiting: Books) -> None:
    assert await waiting.db.write(submit.claim, ACC) is None


async def test_what_was_claimed_before_does_not_begin(rich: Books) -> None:
    order = await rich.buys()
    claimed = await rich.claims()
    await closes(rich)

    assert await rich.db.write(attempts.begin, claimed, None) is None
    assert await rich.state(order) is State.QUEUED


async def test_patience_ends_nothing(waiting: Books) -> None:
    sent = Submission(QUEUED, ACC, RemoteId("r1"), 1, "", Kind.PRODUCT, 0, waiting.now)
    await waiting.db.write(attempts.give_up, sent, Reason.PATIENCE_OVER)
    assert await waiting.db.write(orphaned_orders.park_interrupted, timedelta(0)) == 0
    assert await waiting.db.write(orphaned_orders.take_over_orphaned_orders, ()) == 0


async def test_nothing_is_followed(waiting: Books) -> None:
    waiting.wait(minutes=5)
    assert await waiting.db.write(poll.claim, ACC, 10) == ()


async def test_an_answer_that_was_on_its_way_settles_nothing(rich: Books) -> None:
    due = await rich.has_active()
    await closes(rich)

    assert await rich.hears(due, says("Completed", "ann:1")) is None
    assert await rich.state(due.order) is State.ACTIVE
    assert await rich.goods(due.order) == []


@pytest.mark.parametrize(
    "decide",
    [
        lambda books: books.db.write(decide.fail_order, BY, DOUBT, Reason.NOT_PLACED),
        lambda books: books.db.write(decide.send_again, BY, DOUBT),
        lambda books: books.db.write(decide.attach, BY, DOUBT, "r77"),
        lambda books: books.db.write(decide.end, BY, ATTENTION, 1),
        lambda books: books.db.write(decide.keep_polling, BY, ATTENTION),
        lambda books: books.db.write(decide.keep_polling_all, BY, ACC, Reason.TROUBLE_STATUS),
        lambda books: books.db.write(read.cancel, ALICE, QUEUED),
    ],
)
async def test_nobody_decides_about_an_order(waiting: Books, decide: Act) -> None:
    with pytest.raises(ShopClosed):
        await decide(waiting)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE orders SET state = 'submitting' WHERE state = 'queued'",
        "UPDATE orders SET state = 'canceled', released = total WHERE state = 'active'",
        "INSERT INTO transfers (debit, credit, amount, kind, idem_key, created_at)"
        " VALUES ('hold:4', 'customer:501', 1, 'release', 'x', 0)",
        "INSERT INTO transfers (debit, credit, amount, kind, idem_key, created_at)"
        " VALUES ('customer:501', 'hold:4', 1, 'hold', 'x', 0)",
    ],
)
async def test_the_database_itself_refuses(waiting: Books, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"safe mode|an ended order holds no money"):
        await waiting.sql(statement)


async def test_credit_can_be_corrected_and_balances_read(rich: Books) -> None:
    await closes(rich)
    change = await rich.has(ALICE, "5")
    await rich.takes(ALICE, "2")
    await rich.db.write(topup.undo, BY, change.transfer)

    assert (await rich.wallet()).free == usd("8")
    assert await rich.faults() == ()


async def test_its_end_parks_what_waited_once_whoever_ends_it(rich: Books) -> None:
    queued = await rich.buys()
    await rich.buys()
    sent = await rich.sends()
    restored = await closes(rich)
    others = [(await rich.another()).db for _ in range(4)]
    ended = await all_at_once(*(other.write(safe_mode.end, BY, restored.mark) for other in others))

    assert sorted(map(str, (one for one in ended if isinstance(one, int)))) == ["2"]
    assert sum(isinstance(one, TooLate) for one in ended) == 3
    for order in (queued, sent.order):
        view = await rich.order(order)
        assert (view.state, view.reason) == (State.IN_DOUBT, Reason.RESTORED)
        assert view.may_have_left
    assert (await rich.told(ALICE)).count("doubt") == 2
    assert (await rich.told(OLGA)).count("a-doubt") == 2
    rich.wait(hours=1)
    assert await rich.db.read(collect_evidence.due_readings, ACC) == ()
    acts = await rich.sql("SELECT actor, action FROM audit_log WHERE subject = 'shop'")
    assert acts == [(BY.actor, "end_safe_mode")]
    assert await rich.faults() == ()


async def test_an_end_meant_for_another_restore_ends_nothing(rich: Books) -> None:
    restored = await closes(rich)
    with pytest.raises(TooLate):
        await rich.db.write(safe_mode.end, BY, restored.mark - 1)

    assert await rich.db.read(safe_mode.find_restored) == restored


async def test_every_operator_is_told_once_however_often_the_shop_starts(rich: Books) -> None:
    assert not await rich.db.write(safe_mode.announce)
    await closes(rich)
    for _ in range(3):
        rich.wait(hours=1)
        assert await rich.db.write(safe_mode.announce)

    assert (await rich.told(OLGA)).count("a-restored") == 1


async def test_once_it_is_over_what_was_parked_leaves_only_in_a_persons_name(rich: Books) -> None:
    order = await rich.buys()
    restored = await closes(rich)
    await rich.db.write(safe_mode.end, BY, restored.mark)
    assert await rich.db.write(submit.claim, ACC) is None

    await rich.db.write(decide.send_again, BY, order)
    sent = await rich.sends()
    await rich.db.write(attempts.refused, sent, Reason.REFUSED, "no")
    assert await rich.state(order) is State.IN_DOUBT
    assert (await rich.wallet()).held == usd("1")
    assert await rich.faults() == ()
