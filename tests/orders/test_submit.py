"""A queued order leaves once, written down before it does, and every answer has its place."""

from datetime import timedelta
from functools import partial

import pytest

from bot.base.money import ZERO
from bot.catalog import standing
from bot.money.ledger import Wallet
from bot.orders import read
from bot.orders.rules.moves import Reason, State
from bot.orders.submit import SubmitOrder
from bot.outbox.notices import SupplierCause
from bot.suppliers.errors import InDoubt, Malformed, NotSent, SupplierError, Throttled, Unreadable
from tests.clock import TurnableClock
from tests.orders.work import LINK, TELEGRAM, Stand, Work, seconds
from tests.stored_shop import ACC, ALICE, SETTINGS, Books, usd
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import bad_key, empty_wallet, out_of_stock, too_few

PATIENCE = SETTINGS.patience
ADD = ("add", "r1", 3, LINK)
FULL, HELD = Wallet(usd("10"), ZERO), Wallet(usd("7"), usd("3"))


async def test_an_empty_lane_sends_nothing(
    submit_order: SubmitOrder, supplier: FakeSupplier
) -> None:
    assert await submit_order(supplier) is False
    assert supplier.asked == []


async def test_an_order_leaves_after_the_balance_and_the_attempt_are_written_down(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, funded: Books
) -> None:
    order, seen = await work.queues(), []

    async def look() -> None:
        readings = await funded.sql("SELECT attempt, balance FROM readings")
        seen.append((await funded.state(order), await work.attempts(order), len(readings)))

    supplier.meanwhile["add"] = look
    assert await submit_order(supplier) is True

    assert supplier.asked == [("balance",), ADD]
    assert seen == [(State.SUBMITTING, [("", "")], 1)]
    [taken] = supplier.orders
    assert await work.attempts(order) == [("accepted", f"order: {taken}")]
    assert await work.stands(order) == Stand(State.ACTIVE, due=seconds(0))
    assert (await funded.polls_one()).remote == taken
    assert await funded.wallet() == HELD


async def test_a_number_is_rented_with_the_phone_that_is_to_be_used_again(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    had = (await work.is_rented()).order
    order = await work.queues_number(reuse=had)

    await submit_order(supplier)

    [first, second] = supplier.numbers.values()
    assert supplier.asked == [("balance",), ("rent", TELEGRAM, first.answer.phone)]
    assert second.answer.phone == first.answer.phone
    assert await work.looked_at_in(order) == seconds(0)


@pytest.mark.parametrize(
    ("waited", "over"), [(PATIENCE, True), (PATIENCE - seconds(1), False), (2 * PATIENCE, True)]
)
async def test_an_order_older_than_our_patience_is_given_up(
    submit_order: SubmitOrder,
    work: Work,
    supplier: FakeSupplier,
    clock: TurnableClock,
    waited: timedelta,
    over: bool,
) -> None:
    order = await work.queues()
    clock.turn(waited)

    assert await submit_order(supplier) is True

    stands = await work.stands(order)
    assert (stands == Stand(State.FAILED, Reason.PATIENCE_OVER)) is over
    assert bool(supplier.asked) is not over
    assert await work.books.wallet() == (FULL if over else HELD)


@pytest.mark.parametrize(
    ("failure", "stands"),
    [
        (bad_key(), Stand(State.FAILED, Reason.SUPPLIER_UNAVAILABLE)),
        (too_few(), Stand(State.QUEUED, due=seconds(1), tries=1)),
        (Throttled(seconds(9)), Stand(State.QUEUED, due=seconds(9), tries=1)),
        (NotSent(), Stand(State.QUEUED, due=seconds(1), tries=1)),
        (Malformed("html"), Stand(State.QUEUED, due=seconds(1), tries=1)),
        (Unreadable("not JSON"), Stand(State.FAILED, Reason.SUPPLIER_UNAVAILABLE)),
    ],
)
async def test_without_a_balance_nothing_leaves(
    submit_order: SubmitOrder,
    work: Work,
    supplier: FakeSupplier,
    failure: SupplierError,
    stands: Stand,
) -> None:
    order = await work.queues()
    supplier.fails("balance", failure)

    assert await submit_order(supplier) is True

    assert supplier.asked == [("balance",)]
    assert await work.stands(order) == stands
    assert await work.attempts(order) == []


async def test_a_paused_supplier_gets_nothing(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, funded: Books
) -> None:
    order = await work.queues()
    await funded.db.write(standing.pause, ACC, SupplierCause.WALLET)

    await submit_order(supplier)

    assert supplier.asked == [("balance",)]
    assert await work.stands(order) == Stand(State.FAILED, Reason.SUPPLIER_UNAVAILABLE)


async def test_an_order_that_is_no_longer_queued_does_not_leave(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, funded: Books
) -> None:
    order = await work.queues()
    supplier.meanwhile["balance"] = partial(funded.db.write, read.cancel, ALICE, order)

    assert await submit_order(supplier) is True

    assert supplier.asked == [("balance",)]
    assert await work.stands(order) == Stand(State.FAILED, Reason.CUSTOMER_CANCELED)


QUEUED, FAILED, DOUBT = State.QUEUED, State.FAILED, State.IN_DOUBT
IN_DOUBT = Stand(DOUBT, Reason.ANSWER_LOST)


@pytest.mark.parametrize(
    ("failure", "stands", "attempt", "pauses"),
    [
        (NotSent(), Stand(QUEUED, due=seconds(1), tries=1), ("not_sent", "not sent"), ()),
        (
            Throttled(seconds(9)),
            Stand(QUEUED, due=seconds(9), tries=1),
            ("not_sent", "asked to wait"),
            (),
        ),
        (
            too_few(2),
            Stand(FAILED, Reason.REFUSED),
            ("refused", "Minimum quantity is 2."),
            (),
        ),
        (
            out_of_stock(1),
            Stand(FAILED, Reason.OUT_OF_STOCK),
            ("refused", "Insufficient stock. Available: 1."),
            (),
        ),
        (
            empty_wallet(),
            Stand(FAILED, Reason.SUPPLIER_UNAVAILABLE),
            ("refused", "Insufficient balance"),
            ("wallet",),
        ),
        (
            bad_key(),
            Stand(FAILED, Reason.SUPPLIER_UNAVAILABLE),
            ("refused", "Invalid API key"),
            ("key",),
        ),
        (InDoubt("timeout"), IN_DOUBT, ("in_doubt", "timeout"), ()),
        (InDoubt("no id", "<html>"), IN_DOUBT, ("in_doubt", "<html>"), ()),
        (Malformed("html"), IN_DOUBT, ("in_doubt", "no usable answer"), ()),
    ],
)
async def test_every_failure_has_its_place_and_is_never_sent_again_here(
    submit_order: SubmitOrder,
    work: Work,
    supplier: FakeSupplier,
    *,
    failure: SupplierError,
    stands: Stand,
    attempt: tuple[str, str],
    pauses: tuple[str, ...],
) -> None:
    order = await work.queues()
    supplier.fails("add", failure)

    assert await submit_order(supplier) is True

    assert supplier.verbs()[:2] == ["balance", "add"]
    assert supplier.asked.count(ADD) == 1
    assert await work.stands(order) == stands
    assert await work.attempts(order) == [attempt]
    assert await work.pauses() == pauses
    assert await work.books.wallet() == (FULL if stands.state is FAILED else HELD)
    assert await work.books.faults() == ()
