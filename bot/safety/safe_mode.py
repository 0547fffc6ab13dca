"""Safe mode: what a copy cannot know is put before people at its end, and the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import delete, func, select, update

from bot.base.acts import Act, Permission
from bot.base.errors import TooLate
from bot.base.keys import operators_key, restored_doubt_key, restored_key, topup_key
from bot.db.meta import SAFE_MODE, facts
from bot.db.tx import Tx, insert_for
from bot.money.ledger import TopupDecision
from bot.money.tables import topup_requests
from bot.numbers.tables import rentals
from bot.orders.rows import OrderRow, move
from bot.orders.rules.moves import Outcome, Reason, State
from bot.orders.tables import attempts, orders
from bot.orders.views import RentalState
from bot.outbox.notices import DoubtAlert, OrderInDoubt, ShopRestored, TopupAsked
from bot.outbox.tell import tell, tell_operators
from bot.people.audit import note_act
from bot.people.operators import check_act

_WAITING = (State.QUEUED, State.SUBMITTING)


@dataclass(frozen=True, slots=True)
class Restored:
    """From which copy a shop was restored, and when; the fact of safe mode holds it as JSON."""

    copied_at: datetime
    restored_at: datetime

    @property
    def mark(self) -> int:
        """Tells one restore from another; fits into a tap."""
        return int(self.restored_at.timestamp())


@dataclass(frozen=True, slots=True)
class SafeModeEnd:
    """A shop in safe mode; `waiting` orders would be in doubt after its end."""

    restored: Restored
    waiting: int


def switch_on(tx: Tx, restored: Restored) -> None:
    """Close the shop until an operator has looked at it."""
    text = msgspec.json.encode(restored).decode()
    tx.execute(insert_for(tx, facts).values(name=SAFE_MODE, value=text))


def find_restored(tx: Tx, *, lock: bool = False) -> Restored | None:
    """From which copy the shop was restored while it is in safe mode, else None."""
    query = select(facts.c.value).where(facts.c.name == SAFE_MODE)
    text = tx.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    return None if text is None else msgspec.json.decode(text, type=Restored)


def find_end(tx: Tx) -> SafeModeEnd | None:
    """What ending safe mode would do; None while the shop is open."""
    restored = find_restored(tx)
    if restored is None:
        return None
    count = select(func.count()).where(orders.c.state.in_(_WAITING))
    return SafeModeEnd(restored, int(tx.execute(count).scalar_one()))


def announce(tx: Tx) -> bool:
    """Tell every operator of the copy, once for each restore; whether the shop is in safe mode."""
    restored = find_restored(tx)
    if restored is None:
        return False
    notice = ShopRestored(restored.copied_at, restored.mark)
    tell_operators(tx, restored_key(restored.mark), notice)
    return True


def end(tx: Tx, act: Act, mark: int) -> int:
    """Open the shop again, once, in an operator's name; how many orders were parked.

    Orders that waited in the copy are in doubt then, because they may have been sent since. Raises
    TooLate where somebody else ended it, or `mark` is of another restore, and NotYours.
    """
    check_act(tx, act, Permission.SHOP)
    restored = find_restored(tx, lock=True)
    if restored is None or restored.mark != mark:
        raise TooLate
    tx.execute(delete(facts).where(facts.c.name == SAFE_MODE))
    parked = _park_waiting(tx, restored)
    _look_once_more(tx)
    _ask_again(tx, restored)
    before = f"restored from a copy of {restored.copied_at:%Y-%m-%d %H:%M} UTC"
    note_act(tx, act.actor, "end_safe_mode", "shop", before, f"{parked} parked")
    return parked


def _park_waiting(tx: Tx, restored: Restored) -> int:
    """Put waiting orders in doubt: they may have been sent after the copy was taken."""
    query = select(orders).where(orders.c.state.in_(_WAITING)).order_by(orders.c.id)
    rows = tx.list(OrderRow, query.with_for_update(key_share=True))
    for row in rows:
        _park(tx, row, restored)
    return len(rows)


def _park(tx: Tx, row: OrderRow, restored: Restored) -> None:
    """Put an order in doubt, without a reading: a balance of a day later proves nothing."""
    order = row.id
    tx.execute(
        update(attempts)
        .where(attempts.c.order_id == order, attempts.c.outcome == Outcome.UNKNOWN)
        .values(outcome=Outcome.IN_DOUBT)
    )
    move(
        tx,
        row,
        State.IN_DOUBT,
        note=Reason.RESTORED,
        reason=Reason.RESTORED,
        due_at=None,
        unsure=True,
        restored_at=tx.now,
    )
    key = restored_doubt_key(order, restored.mark)
    tell(tx, row.customer, key, OrderInDoubt(order))
    tell_operators(tx, operators_key(key), DoubtAlert(order))


def _look_once_more(tx: Tx) -> None:
    """Give numbers whose time ran out since the copy the look that they would have had."""
    listening = rentals.c.state.in_([RentalState.WAITING, RentalState.RECEIVED])
    overdue = update(rentals).where(listening, rentals.c.expires_at < tx.now)
    tx.execute(overdue.values(expires_at=tx.now))
    open_numbers = update(rentals).where(rentals.c.due_at.is_not(None))
    tx.execute(open_numbers.values(due_at=tx.now))


def _ask_again(tx: Tx, restored: Restored) -> None:
    """Ask again for requests that were answered since the copy: they are open, their card gone."""
    query = select(topup_requests.c.id).where(topup_requests.c.decision == TopupDecision.OPEN)
    for request in tx.execute(query.order_by(topup_requests.c.id)).scalars().all():
        key = topup_key(request, restored.mark)
        tell_operators(tx, key, TopupAsked(request))
