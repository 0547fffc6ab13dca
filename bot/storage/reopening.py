"""The end of safe mode: what a copy cannot know is put before people, the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.domain.errors import TooLate
from bot.domain.ids import CustomerId, OrderId
from bot.domain.order import Reason, State
from bot.domain.rental import RentalState
from bot.shop.notices import DoubtAlert, OrderInDoubt, ShopRestored, TopupAsked
from bot.shop.views import Reopening, Restored
from bot.storage import safe_mode
from bot.storage.audit_log import note_act
from bot.storage.database import Database
from bot.storage.house import House
from bot.storage.order_rows import OrderRow, move
from bot.storage.post import tell, tell_operators
from bot.storage.tables import attempts, orders, rentals, topup_requests

_WAITING = (State.QUEUED, State.SUBMITTING)


def look(connection: Connection) -> Reopening | None:
    """See `Safety.find`."""
    restored = safe_mode.find(connection)
    if restored is None:
        return None
    count = select(func.count()).where(orders.c.state.in_(_WAITING))
    return Reopening(restored, int(connection.execute(count).scalar_one()))


def announce(connection: Connection, house: House, now: datetime) -> bool:
    """See `Safety.announce`."""
    restored = safe_mode.find(connection)
    if restored is None:
        return False
    notice = ShopRestored(restored.copied_at, restored.mark)
    tell_operators(connection, house.operators, f"restored:{restored.mark}", notice, now)
    return True


def end(connection: Connection, house: House, mark: int, by: tuple[str, datetime]) -> int:
    """See `Safety.end`."""
    _actor, now = by
    restored = safe_mode.find(connection, lock=True)
    if restored is None or restored.mark != mark:
        raise TooLate
    safe_mode.switch_off(connection)
    parked = _park_waiting(connection, house, restored, now)
    _look_once_more(connection, now)
    _ask_again(connection, house, restored, now)
    change = (
        f"restored from a copy of {restored.copied_at:%Y-%m-%d %H:%M} UTC",
        f"{parked} parked",
    )
    note_act(connection, by, "end_safe_mode", "shop", change)
    return parked


def _park_waiting(connection: Connection, house: House, restored: Restored, now: datetime) -> int:
    """Nobody knows whether these were sent after the copy was taken: never again by a machine."""
    query = select(orders).where(orders.c.state.in_(_WAITING)).order_by(orders.c.id)
    rows = connection.execute(query.with_for_update(key_share=True)).all()
    for row in rows:
        _park(connection, house, row, restored, now)
    return len(rows)


def _park(
    connection: Connection, house: House, row: OrderRow, restored: Restored, now: datetime
) -> None:
    """No reading of the balance is planned: a day later it says nothing about one order."""
    order = OrderId(row.id)
    connection.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.outcome == "")
        .values(outcome="in_doubt")
    )
    move(
        connection,
        row,
        State.IN_DOUBT,
        now,
        note=Reason.RESTORED,
        reason=Reason.RESTORED,
        due_at=None,
        unsure=True,
        restored_at=now,
    )
    key = f"doubt:{order}:restored:{restored.mark}"
    tell(connection, CustomerId(row.customer), key, OrderInDoubt(order), now)
    tell_operators(connection, house.operators, f"a-{key}", DoubtAlert(order), now)


def _look_once_more(connection: Connection, now: datetime) -> None:
    """Numbers whose time ran out since the copy are owed the look that they would have had."""
    listening = rentals.c.state.in_([RentalState.WAITING, RentalState.RECEIVED])
    overdue = update(rentals).where(listening, rentals.c.expires_at < now)
    connection.execute(overdue.values(expires_at=now))
    open_ones = update(rentals).where(rentals.c.due_at.is_not(None))
    connection.execute(open_ones.values(due_at=now))


def _ask_again(connection: Connection, house: House, restored: Restored, now: datetime) -> None:
    """A wish that was answered since the copy is open again, and its buttons are gone."""
    query = select(topup_requests.c.id).where(topup_requests.c.decision == "")
    for request in connection.execute(query.order_by(topup_requests.c.id)).scalars().all():
        key = f"topup:{request}:restored:{restored.mark}"
        tell_operators(connection, house.operators, key, TopupAsked(request), now)


@dataclass(frozen=True, slots=True)
class SqlSafety:
    """Fits `bot.shop.ports.Safety`."""

    database: Database
    house: House

    async def find(self) -> Reopening | None:
        """See the port."""
        return await self.database.read(look)

    async def announce(self, now: datetime) -> bool:
        """See the port."""
        return await self.database.write(announce, self.house, now)

    async def end(self, mark: int, actor: str, now: datetime) -> int:
        """See the port."""
        return await self.database.write(end, self.house, mark, (actor, now))
