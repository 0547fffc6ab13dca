"""What deciding about a parked order promises."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from bot.base.ids import OrderId, RemoteId
from bot.chat.desk.taps import Decide, Decision
from bot.orders.rules.moves import State
from tests.chat.desk.conftest import loses_its_answer
from tests.human import Human
from tests.small_shop import SmallShop
from tests.stored_shop import ALICE, OLGA
from tests.suppliers.fake_orders import FakeOrder, out_of_stock

DOUBT = [
    ("Not placed: refund", "Yes: not placed, refund", "not_placed", State.FAILED),
    ("Send again", "Yes: send again", "send_again", State.QUEUED),
    ("Write off", "Yes: write off", "written_off", State.FAILED),
]
ATTENTION = [
    ("Complete", "Yes: complete", "end 3", State.COMPLETED),
    ("Cancel: refund all", "Yes: cancel and refund", "end 0", State.CANCELED),
    ("Keep asking", "Yes: keep asking", "keep_polling", State.ACTIVE),
]
REMOTE = RemoteId("998877")


async def acts(shop: SmallShop) -> list[str]:
    """What olga decided about orders."""
    query = f"SELECT action FROM audit_log WHERE actor = '{OLGA}' AND subject LIKE 'order:%'"  # noqa: S608 - a number
    return [row[0] for row in await shop.books.sql(query)]


async def test_a_card_in_doubt_shows_the_evidence(olga: Human, doubted: OrderId) -> None:
    await olga.sends(f"/order {doubted}")
    olga.sees(
        "in doubt", "100 USD", "97.3 USD", "fell by 2.7 USD", "$2.70", "it did not answer in time"
    )


@pytest.mark.parametrize(("label", "yes", "act", "state"), DOUBT)
async def test_a_decision_in_doubt_takes_a_second_tap_and_works_once(
    olga: Human,
    shop: SmallShop,
    doubted: OrderId,
    *,
    label: str,
    yes: str,
    act: str,
    state: State,
) -> None:
    await olga.sends(f"/order {doubted}")
    await olga.taps(label)
    assert await acts(shop) == []
    olga.sees("$3.00")
    stale = olga.button(yes)

    await olga.taps(yes)
    assert await acts(shop) == [act]
    assert await shop.books.state(doubted) is state
    olga.sees("✅ Done")

    await olga.forges(stale)
    assert await acts(shop) == [act]
    olga.sees("This is how it stands now")


@pytest.mark.parametrize(("label", "yes", "act", "state"), ATTENTION)
async def test_a_decision_in_attention_takes_a_second_tap(
    olga: Human,
    shop: SmallShop,
    troubled: OrderId,
    *,
    label: str,
    yes: str,
    act: str,
    state: State,
) -> None:
    await olga.sends(f"/order {troubled}")
    await olga.taps(label)
    assert await acts(shop) == []
    await olga.taps(yes)
    assert await acts(shop) == [act]
    assert await shop.books.state(troubled) is state


async def test_a_tap_from_an_earlier_doubt_decides_nothing_about_the_next(
    olga: Human, shop: SmallShop, doubted: OrderId
) -> None:
    await olga.sends(f"/order {doubted}")
    await olga.taps("Send again")
    stale = olga.button("Yes: send again")
    await olga.taps("Yes: send again")
    await loses_its_answer(shop)

    await olga.forges(stale)
    assert await acts(shop) == ["send_again"]
    assert await shop.books.state(doubted) is State.IN_DOUBT


async def test_an_id_is_typed_shown_back_and_attached(
    olga: Human, shop: SmallShop, doubted: OrderId
) -> None:
    shop.supplier.orders[REMOTE] = FakeOrder(3, Decimal("2.70"))
    await olga.sends(f"/order {doubted}")
    await olga.taps("Attach id")
    await olga.sends(REMOTE)
    assert await acts(shop) == []
    olga.sees(REMOTE)

    await olga.taps("Yes: attach this id")
    assert await acts(shop) == ["attach"]
    olga.sees(f"order {REMOTE} there")


async def test_an_id_that_cannot_be_one_keeps_the_step_open(olga: Human, doubted: OrderId) -> None:
    await olga.sends(f"/order {doubted}")
    await olga.taps("Attach id")
    await olga.sends("no such: id")
    olga.sees("cannot be an order number")
    await olga.sends(REMOTE)
    olga.sees_button("Yes: attach this id")


async def test_a_command_ends_what_was_to_be_typed(olga: Human, doubted: OrderId) -> None:
    await olga.sends(f"/order {doubted}")
    await olga.taps("Attach id")
    await olga.sends("/desk")
    await olga.sends(REMOTE)
    olga.sees("I did not understand that.")


@pytest.mark.parametrize(
    ("is_up", "words"), [(True, "does not know this number"), (False, "cannot be asked now")]
)
async def test_an_id_that_the_supplier_does_not_confirm_changes_nothing(
    olga: Human, shop: SmallShop, doubted: OrderId, is_up: bool, words: str
) -> None:
    shop.supplier.is_up = is_up
    await olga.sends(f"/order {doubted}")
    await olga.taps("Attach id")
    await olga.sends(REMOTE)
    await olga.taps("Yes: attach this id")
    assert await acts(shop) == []
    olga.sees(words)


async def test_an_id_of_another_order_is_not_attached(
    olga: Human, shop: SmallShop, doubted: OrderId
) -> None:
    other = await shop.work.is_active()
    await olga.sends(f"/order {doubted}")
    await olga.taps("Attach id")
    await olga.sends(other.remote)
    await olga.taps("Yes: attach this id")
    olga.sees("another order has this number")
    assert await shop.books.state(doubted) is State.IN_DOUBT


async def test_a_partial_end_shows_the_split_before_it_is_made(
    olga: Human, shop: SmallShop, troubled: OrderId
) -> None:
    await olga.sends(f"/order {troubled}")
    await olga.taps("Partial")
    for wrong in ("0", "3", "many"):
        await olga.sends(wrong)
        olga.sees("from 1 to 2")
    await olga.sends("٢")
    olga.sees("$2.00 is paid and $1.00 goes back")

    await olga.taps("Yes: partial")
    assert await acts(shop) == ["end 2"]
    assert await shop.books.state(troubled) is State.PARTIAL


async def _ends(shop: SmallShop, act: Callable[[FakeOrder], None]) -> None:
    due = await shop.work.is_active()
    act(shop.supplier.orders[due.remote])
    await shop.shop.poll_order(shop.supplier, due)


async def _is_refused(shop: SmallShop) -> None:
    await shop.work.queues()
    shop.supplier.fails("add", out_of_stock())
    await shop.shop.submit_order(shop.supplier)


async def _leaves(shop: SmallShop) -> None:
    await shop.work.queues()
    await shop.books.sends()


STANDS: dict[State, Callable[[SmallShop], Awaitable[object]]] = {
    State.QUEUED: lambda shop: shop.work.queues(),
    State.SUBMITTING: _leaves,
    State.ACTIVE: lambda shop: shop.work.is_active(),
    State.COMPLETED: lambda shop: _ends(shop, lambda order: order.delivers("a", "b", "c")),
    State.PARTIAL: lambda shop: _ends(shop, lambda order: order.stops("a")),
    State.CANCELED: lambda shop: _ends(shop, FakeOrder.calls_off),
    State.FAILED: _is_refused,
}


@pytest.mark.parametrize("state", STANDS)
async def test_only_parked_orders_can_be_decided_about(
    olga: Human, shop: SmallShop, state: State
) -> None:
    await shop.books.has(ALICE, "10")
    await STANDS[state](shop)
    assert set(STANDS) == set(State) - {State.IN_DOUBT, State.ATTENTION}
    assert await shop.books.state(OrderId(1)) is state
    await olga.sends("/order 1")
    olga.sees_no_button("Write off")

    for attempt in (0, 1):
        tap = Decide(order=1, act=Decision.WRITE_OFF, attempt=attempt, sure=True)
        await olga.forges(tap.pack())
        olga.sees("This is how it stands now")
    assert await acts(shop) == []


async def test_the_whole_history_is_a_file(olga: Human, doubted: OrderId) -> None:
    await olga.sends(f"/order {doubted}")
    await olga.taps("📄 Full history")
    assert olga.card.document is not None
    assert olga.card.document.name == f"order-{doubted}-history.txt"
    written = olga.card.document.content.decode()
    for line in ("in doubt  it was sent and no answer came back", "97.30 USD"):
        assert line in written
    assert "answer_lost" not in written
