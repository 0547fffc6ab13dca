"""What the last reading around a doubt may do by itself, where the operator has allowed it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.domain.ids import CustomerId, OrderId
from bot.domain.order import Reason
from bot.shop.notices import OrderEnded, OrderOddity
from bot.shop.suppliers import Balance
from bot.storage import evidence, safe_mode
from bot.storage.audit_log import note_act
from bot.storage.house import House
from bot.storage.order_rows import OrderRow, fail, lock
from bot.storage.post import tell, tell_operators
from bot.storage.tables import attempts

_BY = "evidence"


def note_reading(
    connection: Connection,
    house: House,
    attempt: tuple[OrderId, int],
    balance: Balance,
    now: datetime,
) -> None:
    """See `Submissions.note_reading`."""
    order, number = attempt
    row = evidence.take_reading(connection, order, number, balance, now)
    if row is None or not house.releases or not _is_clear(connection, row, number):
        return
    fail(connection, row, Reason.LIKELY_NOT_PLACED, now, _BY)
    tell(connection, CustomerId(row.customer), f"ended:{order}", OrderEnded(order), now)
    key = f"released:{order}:{number}"
    tell_operators(connection, house.operators, key, OrderOddity(order, "released"), now)
    note_act(
        connection,
        (_BY, now),
        Reason.LIKELY_NOT_PLACED,
        f"order:{order}",
        (row.state, lock(connection, order).state),
    )


def _is_clear(connection: Connection, row: OrderRow, number: int) -> bool:
    """Whether this attempt is the only one that may have arrived, and nothing says it did."""
    if row.attempt != number or row.restored_at is not None or safe_mode.is_on(connection):
        return False
    may_have = select(func.count()).where(
        attempts.c.order_id == row.id, attempts.c.outcome.not_in(("refused", "not_sent"))
    )
    if connection.execute(may_have).scalar_one() != 1:
        return False
    finding = evidence.find(connection, row)
    return finding is not None and finding.is_strong_no
