"""What the last reading around a doubt may do by itself, where the operator has allowed it."""

from __future__ import annotations

from sqlalchemy import func, select

from bot.domain.ids import OrderId
from bot.domain.keys import ended_key, oddity_key
from bot.domain.order import HARMLESS, Reason
from bot.shop.notices import Oddity, OrderEnded, OrderOddity
from bot.shop.suppliers import Balance
from bot.storage import evidence, safe_mode
from bot.storage.audit_log import note_act
from bot.storage.order_rows import OrderRow, fail, lock
from bot.storage.post import tell, tell_operators
from bot.storage.tables import attempts
from bot.storage.tx import Tx

_BY = "evidence"


def note_reading(tx: Tx, order: OrderId, number: int, balance: Balance) -> None:
    """See `Submissions.note_reading`."""
    row = evidence.take_reading(tx, order, number, balance)
    if row is None or not tx.settings.releases or not _is_clear(tx, row, number):
        return
    fail(tx, row, Reason.LIKELY_NOT_PLACED, _BY)
    tell(tx, row.customer, ended_key(order), OrderEnded(order))
    key = oddity_key(Oddity.RELEASED, order, number)
    tell_operators(tx, key, OrderOddity(order, Oddity.RELEASED))
    note_act(
        tx,
        _BY,
        Reason.LIKELY_NOT_PLACED,
        f"order:{order}",
        row.state,
        lock(tx, order).state,
    )


def _is_clear(tx: Tx, row: OrderRow, number: int) -> bool:
    """Whether this attempt is the only one that may have arrived, and nothing says it did."""
    if row.attempt != number or row.restored_at is not None or safe_mode.is_on(tx):
        return False
    may_have = select(func.count()).where(
        attempts.c.order_id == row.id, attempts.c.outcome.not_in(HARMLESS)
    )
    if tx.execute(may_have).scalar_one() != 1:
        return False
    finding = evidence.find(tx, row)
    return finding is not None and finding.is_strong_no
