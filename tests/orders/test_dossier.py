"""A dossier tells all that is known of an order."""

from bot.base.ids import OrderId
from bot.orders import dossier as records
from bot.orders.rules.moves import State
from tests.stored_shop import Books, says


async def test_a_dossier_tells_the_whole_history(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Completed", "a", charge="0.9"))

    dossier = await rich.db.read(records.dossier, due.order)

    assert dossier is not None
    assert [one.state for one in dossier.events] == [
        State.QUEUED,
        State.SUBMITTING,
        State.ACTIVE,
        State.COMPLETED,
    ]
    assert dossier.remote_order == due.remote
    assert await rich.db.read(records.dossier, OrderId(99)) is None
