"""An order's row as its customer sees it."""

from __future__ import annotations

from bot.domain.order import State
from bot.shop.views import OrderView
from bot.storage.kinds import Kinds
from bot.storage.order_rows import OrderRow
from bot.storage.tx import Tx


def view_of(tx: Tx, row: OrderRow) -> OrderView:
    """The row as its customer sees it."""
    waits = row.state is State.QUEUED and row.tries > 0
    return OrderView(
        id=row.id,
        customer=row.customer,
        service=row.service,
        service_name=row.service_name,
        kind=row.kind,
        quantity=row.quantity,
        link=tx.settings.unseal(row.link),
        total=row.total,
        captured=row.captured,
        released=row.released,
        state=row.state,
        reason=row.reason,
        delivered=row.delivered,
        batches=row.batches,
        created_at=row.created_at,
        finished_at=row.finished_at,
        waiting_until=row.queued_at + tx.settings.patience if waits else None,
        goods_kept=row.batches > 0 and row.forgotten_at is None,
        may_have_left=row.unsure,
        rental=tx.part(Kinds)[row.kind].number(tx, row),
    )
