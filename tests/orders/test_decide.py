"""An operator's word about a parked order is asked, written down with a name, and done once."""

from decimal import Decimal

import pytest

from bot.app.kinds import KINDS
from bot.base.ids import OrderId
from bot.orders import decide
from bot.orders.decide import Attach, is_unknown_id
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.suppliers.errors import Malformed, NotSent, RefusalKind, Refused, SupplierError
from bot.suppliers.words import Kind
from tests.orders.deciding import FOUND
from tests.stored_shop import ACC, BY, Books
from tests.suppliers.fake import FakeSupplier
from tests.suppliers.fake_orders import FakeOrder, no_such_order


@pytest.fixture
def attach(rich: Books, supplier: FakeSupplier) -> Attach:
    return Attach(rich.db, KINDS, {supplier.name: supplier})


async def acts(books: Books) -> list[tuple[object, ...]]:
    """What the audit log tells beyond alice's credit."""
    return await books.sql("SELECT actor, action, subject FROM audit_log WHERE id > 1")


async def test_an_id_is_attached_after_the_supplier_answered_about_it(
    rich: Books, attach: Attach, supplier: FakeSupplier
) -> None:
    order = (await rich.in_doubt()).order
    supplier.orders[FOUND] = FakeOrder(1, Decimal("0.9"))

    view = await attach(BY, order, FOUND)

    assert (view.id, view.state) == (order, State.ACTIVE)
    assert supplier.asked == [("status", FOUND)]
    assert await acts(rich) == [(BY.actor, "attach", f"order:{order}")]
    assert (await rich.polls_one()).remote == FOUND


async def test_a_numbers_id_is_asked_about_as_a_number(
    rich: Books, attach: Attach, supplier: FakeSupplier
) -> None:
    order = (await rich.in_doubt()).order
    await rich.sql(f"UPDATE orders SET kind = '{Kind.NUMBER}' WHERE id = {order}")  # noqa: S608 - our own id

    with pytest.raises(Refused):
        await attach(BY, order, FOUND)

    assert supplier.asked == [("number_status", FOUND)]


@pytest.mark.parametrize("failure", [no_such_order(), NotSent(), Malformed("html")])
async def test_an_id_that_the_supplier_does_not_confirm_is_not_attached(
    rich: Books, attach: Attach, supplier: FakeSupplier, failure: SupplierError
) -> None:
    order = (await rich.in_doubt()).order
    supplier.fails("status", failure)

    with pytest.raises(type(failure)):
        await attach(BY, order, FOUND)

    assert await rich.state(order) is State.IN_DOUBT
    assert await acts(rich) == []


async def test_nothing_is_attached_at_a_supplier_that_nobody_can_ask(rich: Books) -> None:
    order = (await rich.in_doubt()).order

    with pytest.raises(Malformed) as failure:
        await Attach(rich.db, KINDS, {})(BY, order, FOUND)

    assert failure.value.why == "the settings no longer name this supplier"


async def test_the_supplier_is_asked_only_about_orders_in_doubt(
    rich: Books, attach: Attach, supplier: FakeSupplier
) -> None:
    order = await rich.buys()

    for nth in (order, OrderId(99)):
        with pytest.raises(IllegalMove) as refusal:
            await attach(BY, nth, FOUND)
        assert (refusal.value.order, refusal.value.to) == (nth, State.ACTIVE)
    assert supplier.asked == []


@pytest.mark.parametrize("reason", [Reason.NOT_PLACED, Reason.WRITTEN_OFF])
async def test_a_doubt_ends_with_the_money_back_and_its_reason(
    rich: Books, reason: Reason
) -> None:
    order = (await rich.in_doubt()).order
    rich.wait(minutes=3)

    view = await rich.db.write(decide.fail_order, BY, order, reason)

    assert (view.state, view.reason, view.released) == (State.FAILED, reason, view.total)
    assert view.finished_at == rich.now
    assert await acts(rich) == [(BY.actor, reason, f"order:{order}")]


async def test_a_doubt_is_sent_again_at_once_in_the_operators_name(rich: Books) -> None:
    order = (await rich.in_doubt()).order
    rich.wait(minutes=3)

    view = await rich.db.write(decide.send_again, BY, order)

    assert (view.state, (await rich.claims(ACC)).order) == (State.QUEUED, order)
    assert await acts(rich) == [(BY.actor, "send_again", f"order:{order}")]


async def test_an_attention_ends_by_what_was_delivered(rich: Books) -> None:
    order = (await rich.needs_person()).order
    rich.wait(minutes=3)

    view = await rich.db.write(decide.end, BY, order, 2)

    assert (view.state, view.delivered, view.finished_at) == (State.PARTIAL, 2, rich.now)
    assert await acts(rich) == [(BY.actor, "end 2", f"order:{order}")]


async def test_an_attention_is_asked_about_again_at_once(rich: Books) -> None:
    order = (await rich.needs_person()).order
    rich.wait(minutes=3)

    view = await rich.db.write(decide.keep_polling, BY, order)

    assert (view.state, (await rich.polls_one()).order) == (State.ACTIVE, order)
    assert await acts(rich) == [(BY.actor, "keep_polling", f"order:{order}")]


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
