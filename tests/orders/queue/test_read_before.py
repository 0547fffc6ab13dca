"""One reading of the balance stands before a few orders that leave right after each other."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.ids import OrderId
from bot.orders import order_details
from bot.orders.collect_evidence import claim_readings, note_reading
from bot.orders.rules.evidence import READ_AFTER, EvidenceReason, EvidenceResult, EvidenceVerdict
from bot.orders.submit import SubmitOrder
from bot.suppliers.errors import InDoubt, NotSent, SupplierError, Throttled
from bot.suppliers.port import Balance
from tests.clock import TurnableClock
from tests.orders.work import Work, seconds
from tests.stored_shop import ALICE
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import out_of_stock

LOST = InDoubt("no answer")


async def _send(work: Work, submit_order: SubmitOrder, many: int = 1) -> OrderId:
    """So many orders leave right after each other; the last of them."""
    orders = []
    for _ in range(many):
        orders.append(await work.queues(link=""))
        assert await submit_order(work.supplier)
    return orders[-1]


async def _evidence(work: Work, order: OrderId, *balances: str) -> EvidenceResult:
    """What the readings after a doubt suggest beside the one before it."""
    parked_at = work.books.now
    for balance, after in zip(balances, READ_AFTER, strict=False):
        work.books.clock.turn(parked_at + after - work.books.now)
        [due] = await work.books.db.write(claim_readings, work.supplier.name)
        await work.books.db.write(note_reading, due, Balance(Decimal(balance), "USD"))
    details = await work.books.db.read(order_details.find_details, order)
    assert details is not None
    assert details.evidence is not None
    return details.evidence


async def test_five_orders_cost_one_reading(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    await work.books.has(ALICE, "100")
    await _send(work, submit_order, 11)

    assert supplier.verbs() == [*(["balance"] + ["add"] * 5) * 2, "balance", "add"]


@pytest.mark.parametrize(
    "failure", [LOST, NotSent("no route"), Throttled(seconds(1)), out_of_stock(0)]
)
async def test_whatever_happens_to_one_the_next_order_has_a_reading_of_its_own(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier, failure: SupplierError
) -> None:
    await _send(work, submit_order)
    supplier.fails("add", failure)
    await _send(work, submit_order)
    supplier.asked.clear()

    await _send(work, submit_order)

    assert supplier.verbs()[0] == "balance"


@pytest.mark.parametrize("span", [seconds(5), seconds(-5), timedelta(days=1), timedelta(days=-1)])
async def test_a_reading_grows_old_and_no_clock_that_is_set_keeps_it_young(
    submit_order: SubmitOrder,
    work: Work,
    supplier: FakeSupplier,
    clock: TurnableClock,
    span: timedelta,
) -> None:
    await _send(work, submit_order)
    clock.turn(span)

    await _send(work, submit_order)

    assert supplier.verbs() == ["balance", "add"] * 2


async def test_a_charge_shows_beside_those_of_the_orders_that_left_before(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    before = (await supplier.balance()).amount
    await _send(work, submit_order, 2)
    cost = (before - (await supplier.balance()).amount) / 2
    supplier.asked.clear()
    supplier.fails("add", LOST)
    order = await _send(work, submit_order)
    assert supplier.verbs() == ["add"]

    evidence = await _evidence(work, order, str(before - 3 * cost))

    assert (evidence.verdict, evidence.reason) == (
        EvidenceVerdict.LIKELY_PLACED,
        EvidenceReason.FELL_BY_COST,
    )


async def test_what_did_not_arrive_shows_too_and_is_never_refunded_by_itself(
    submit_order: SubmitOrder, work: Work, supplier: FakeSupplier
) -> None:
    before = (await supplier.balance()).amount
    await _send(work, submit_order, 2)
    left = (await supplier.balance()).amount
    assert left < before
    supplier.fails("add", LOST)
    order = await _send(work, submit_order)

    evidence = await _evidence(work, order, *[str(left)] * 4)

    assert evidence.verdict is EvidenceVerdict.LIKELY_NOT_PLACED
    assert not evidence.is_strong_no
