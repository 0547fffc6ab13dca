"""An operator's word about a parked order is asked, written down with a name, and done once."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from decimal import Decimal

import pytest

from bot.app.kinds import KINDS
from bot.base.ids import OrderId, RemoteId
from bot.orders import decide
from bot.orders.decide import Attach, is_unknown_id
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.suppliers.errors import Malformed, NotSent, RefusalKind, Refused, SupplierError
from bot.suppliers.words import Kind
from tests.clock import TurnableClock
from tests.stored_shop import ACC, ALICE, BY, Books
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import FakeOrder, no_such_order

FOUND = RemoteId("found")


@pytest.fixture
async def books(books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    """On each database."""
    async with AsyncExitStack() as stack:
        books = await Books.open(books_url, clock, stack)
        await books.has(ALICE, "10")
        yield books


@pytest.fixture
def attach(books: Books, supplier: FakeSupplier) -> Attach:
    return Attach(books.db, KINDS, {supplier.name: supplier})


async def acts(books: Books) -> list[tuple[object, ...]]:
    """What the audit log tells beyond alice's credit."""
    return await books.sql("SELECT actor, action, subject FROM audit_log WHERE id > 1")


async def test_an_id_is_attached_after_the_supplier_answered_about_it(
    books: Books, attach: Attach, supplier: FakeSupplier
) -> None:
    order = (await books.in_doubt()).order
    supplier.orders[FOUND] = FakeOrder(1, Decimal("0.9"))

    view = await attach(BY, order, FOUND)

    assert (view.id, view.state) == (order, State.ACTIVE)
    assert supplier.asked == [("status", FOUND)]
    assert await acts(books) == [(BY.actor, "attach", f"order:{order}")]
    assert (await books.polls_one()).remote == FOUND


async def test_a_numbers_id_is_asked_about_as_a_number(
    books: Books, attach: Attach, supplier: FakeSupplier
) -> None:
    order = (await books.in_doubt()).order
    await books.sql(f"UPDATE orders SET kind = '{Kind.NUMBER}' WHERE id = {order}")  # noqa: S608 - our own id

    with pytest.raises(Refused):
        await attach(BY, order, FOUND)

    assert supplier.asked == [("number_status", FOUND)]


@pytest.mark.parametrize("failure", [no_such_order(), NotSent(), Malformed("html")])
async def test_an_id_that_the_supplier_does_not_confirm_is_not_attached(
    books: Books, attach: Attach, supplier: FakeSupplier, failure: SupplierError
) -> None:
    order = (await books.in_doubt()).order
    supplier.fails("status", failure)

    with pytest.raises(type(failure)):
        await attach(BY, order, FOUND)

    assert await books.state(order) is State.IN_DOUBT
    assert await acts(books) == []


async def test_nothing_is_attached_at_a_supplier_that_nobody_can_ask(books: Books) -> None:
    order = (await books.in_doubt()).order

    with pytest.raises(Malformed) as failure:
        await Attach(books.db, KINDS, {})(BY, order, FOUND)

    assert failure.value.why == "the settings no longer name this supplier"


async def test_the_supplier_is_asked_only_about_orders_in_doubt(
    books: Books, attach: Attach, supplier: FakeSupplier
) -> None:
    order = await books.buys()

    for nth in (order, OrderId(99)):
        with pytest.raises(IllegalMove) as refusal:
            await attach(BY, nth, FOUND)
        assert (refusal.value.order, refusal.value.to) == (nth, State.ACTIVE)
    assert supplier.asked == []


@pytest.mark.parametrize("reason", [Reason.NOT_PLACED, Reason.WRITTEN_OFF])
async def test_a_doubt_ends_with_the_money_back_and_its_reason(
    books: Books, reason: Reason
) -> None:
    order = (await books.in_doubt()).order
    books.wait(minutes=3)

    view = await books.db.write(decide.fail_order, BY, order, reason)

    assert (view.state, view.reason, view.released) == (State.FAILED, reason, view.total)
    assert view.finished_at == books.now
    assert await acts(books) == [(BY.actor, reason, f"order:{order}")]


async def test_a_doubt_is_sent_again_at_once_in_the_operators_name(books: Books) -> None:
    order = (await books.in_doubt()).order
    books.wait(minutes=3)

    view = await books.db.write(decide.send_again, BY, order)

    assert (view.state, (await books.claims(ACC)).order) == (State.QUEUED, order)
    assert await acts(books) == [(BY.actor, "send_again", f"order:{order}")]


async def test_an_attention_ends_by_what_was_delivered(books: Books) -> None:
    order = (await books.needs_person()).order
    books.wait(minutes=3)

    view = await books.db.write(decide.end, BY, order, 2)

    assert (view.state, view.delivered, view.finished_at) == (State.PARTIAL, 2, books.now)
    assert await acts(books) == [(BY.actor, "end 2", f"order:{order}")]


async def test_an_attention_is_asked_about_again_at_once(books: Books) -> None:
    order = (await books.needs_person()).order
    books.wait(minutes=3)

    view = await books.db.write(decide.keep_polling, BY, order)

    assert (view.state, (await books.polls_one()).order) == (State.ACTIVE, order)
    assert await acts(books) == [(BY.actor, "keep_polling", f"order:{order}")]


@pytest.mark.parametrize(
    ("failure", "unknown"),
    [
        (Refused("Order NOT found", RefusalKind.NO_SUCH_ORDER), True),
        (Refused("NOT found", RefusalKind.NO_SUCH_THING), True),
        (Refused("Server busy"), False),
        (Malformed("not found"), False),
    ],
)
def test_only_the_suppliers_clear_word_makes_an_id_unknown(
    failure: SupplierError, unknown: bool
) -> None:
    assert is_unknown_id(failure) is unknown
