"""A dossier tells all that is known of an order."""

from bot.base.ids import OrderId
from bot.orders import order_details as records
from bot.orders.rules.moves import State
from tests.stored_shop import Books, says


async def test_a_dossier_tells_the_whole_history(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed", "a", charge="0.9"))

    details = await rich.db.read(records.find_details, due.order)

    assert details is not None
    assert [event.state for event in details.events] == [
        State.QUEUED,
        State.SUBMITTING,
        State.ACTIVE,
        State.COMPLETED,
    ]
    assert details.remote_order == due.remote
    assert await rich.db.read(records.find_details, OrderId(99)) is None
