"""An operator's word about a parked order is asked, written down with a name, and done once."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.domain.catalog import Kind
from bot.domain.errors import IllegalMove, Malformed, NotSent, RefusalKind, Refused, SupplierError
from bot.domain.ids import OrderId, RemoteId
from bot.domain.order import Reason, State
from bot.shop.resolve import Resolve, is_unknown_id
from bot.shop.suppliers import Suppliers
from tests.clock import TurnableClock
from tests.shop.ports import ACC, ToldSupplier
from tests.storage.driver import ALICE, Books, says

FOUND = RemoteId("found")
UNKNOWN = Refused("Order not found", RefusalKind.NO_SUCH_ORDER)


@pytest.fixture
async def books(books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    async with AsyncExitStack() as stack:
        books = await Books.open(books_url, clock, stack)
        await books.has(ALICE, "10")
        yield books


def resolving(books: Books, *suppliers: ToldSupplier) -> Resolve:
    known = Suppliers({one.name: one.as_port for one in suppliers})
    return Resolve(books.decisions, books.records, known, books.clock)


async def acts(books: Books) -> list[tuple[object, ...]]:
    """What the audit log tells beyond alice's credit."""
    return await books.sql("SELECT actor, action, subject FROM audit_log WHERE id > 1")


async def test_an_id_is_attached_after_the_supplier_answered_about_it(
    books: Books, supplier: ToldSupplier
) -> None:
    order = (await books.in_doubt()).order
    supplier.says["status"] = says("Pending")

    view = await resolving(books, supplier).attach(order, FOUND, "olga")

    assert (view.id, view.state) == (order, State.ACTIVE)
    assert supplier.asked == [("status", FOUND)]
    assert await acts(books) == [("olga", "attach", f"order:{order}")]
    assert (await books.polls_one()).remote == FOUND


async def test_a_numbers_id_is_asked_about_as_a_number(
    books: Books, supplier: ToldSupplier
) -> None:
    order = (await books.in_doubt()).order
    await books.sql(f"UPDATE orders SET kind = '{Kind.NUMBER}' WHERE id = {order}")  # noqa: S608 - our own id
    supplier.says["number_status"] = UNKNOWN

    with pytest.raises(Refused):
        await resolving(books, supplier).attach(order, FOUND, "olga")

    assert supplier.asked == [("number_status", FOUND)]


@pytest.mark.parametrize("failure", [UNKNOWN, NotSent(), Malformed("html")])
async def test_an_id_that_the_supplier_does_not_confirm_is_not_attached(
    books: Books, supplier: ToldSupplier, failure: SupplierError
) -> None:
    order = (await books.in_doubt()).order
    supplier.says["status"] = failure

    with pytest.raises(type(failure)):
        await resolving(books, supplier).attach(order, FOUND, "olga")

    assert await books.state(order) is State.IN_DOUBT
    assert await acts(books) == []


async def test_nothing_is_attached_at_a_supplier_that_nobody_can_ask(books: Books) -> None:
    order = (await books.in_doubt()).order

    with pytest.raises(Malformed) as failure:
        await resolving(books).attach(order, FOUND, "olga")

    assert failure.value.why == "the settings no longer name this supplier"


async def test_the_supplier_is_asked_only_about_orders_in_doubt(
    books: Books, supplier: ToldSupplier
) -> None:
    order = await books.buys()

    for nth in (order, OrderId(99)):
        with pytest.raises(IllegalMove) as refusal:
            await resolving(books, supplier).attach(nth, FOUND, "olga")
        assert (refusal.value.order, refusal.value.to) == (nth, State.ACTIVE)
    assert supplier.asked == []


@pytest.mark.parametrize(
    ("verb", "reason"),
    [("not_placed", Reason.NOT_PLACED), ("write_off", Reason.WRITTEN_OFF)],
)
async def test_a_doubt_ends_with_the_money_back_and_its_reason(
    books: Books, verb: str, reason: Reason
) -> None:
    order = (await books.in_doubt()).order
    books.wait(minutes=3)

    view = await getattr(resolving(books), verb)(order, "olga")

    assert (view.state, view.reason, view.released) == (State.FAILED, reason, view.total)
    assert view.finished_at == books.now
    assert await acts(books) == [("olga", reason, f"order:{order}")]


async def test_a_doubt_is_sent_again_at_once_in_the_operators_name(books: Books) -> None:
    order = (await books.in_doubt()).order
    books.wait(minutes=3)

    view = await resolving(books).send_again(order, "olga")

    assert (view.state, (await books.claims(ACC)).order) == (State.QUEUED, order)
    assert await acts(books) == [("olga", "send_again", f"order:{order}")]


async def test_an_attention_ends_by_what_was_delivered(books: Books) -> None:
    order = (await books.needs_person()).order
    books.wait(minutes=3)

    view = await resolving(books).end(order, 2, "olga")

    assert (view.state, view.delivered, view.finished_at) == (State.PARTIAL, 2, books.now)
    assert await acts(books) == [("olga", "end 2", f"order:{order}")]


async def test_an_attention_is_asked_about_again_at_once(books: Books) -> None:
    order = (await books.needs_person()).order
    books.wait(minutes=3)

    view = await resolving(books).keep_polling(order, "olga")

    assert (view.state, (await books.polls_one()).order) == (State.ACTIVE, order)
    assert await acts(books) == [("olga", "keep_polling", f"order:{order}")]


@pytest.mark.parametrize(
    ("failure", "unknown"),
    [
        (UNKNOWN, True),
        (Refused("Nothing here", RefusalKind.NO_SUCH_THING), True),
        (Refused("Server busy"), False),
        (Malformed("not found"), False),
    ],
)
def test_only_the_suppliers_clear_word_makes_an_id_unknown(
    failure: SupplierError, unknown: bool
) -> None:
    assert is_unknown_id(failure) is unknown
