"""Apply what a supplier says of an order: goods, money, state and messages at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, insert, update

from bot.base.clock import is_over
from bot.base.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.base.keys import attention_key, charge_cause, oddity_key, operators_key, spelling_cause
from bot.base.money import NotMoney, money_from
from bot.catalog.pricing import charge_is_off
from bot.catalog.standins.rows import find_listed
from bot.catalog.store import set_paused
from bot.db.tx import Tx
from bot.orders.goods.deliver import deliver, known_goods
from bot.orders.kinds import Kinds
from bot.orders.rows import OrderRow, finish, lock, lock_in_open_shop, move, tell_end
from bot.orders.rules.moves import Reason, State
from bot.orders.rules.settlement import ActiveOrder, Ending, OrderVerdict, count_units, judge
from bot.orders.tables import answers, orders
from bot.outbox.notices import (
    AttentionAlert,
    ChargeAlert,
    GoodsArrived,
    Oddity,
    OrderNeedsPerson,
    OrderOddity,
    SupplierAlert,
    SupplierCause,
)
from bot.outbox.tell import (
    begin_alert,
    count_alerts,
    is_alert_known,
    refresh_card,
    tell,
    tell_operators,
)
from bot.suppliers.port import StatusAnswer
from bot.suppliers.progress import Progress, Stage, split_units

_MISSES: Final = 20
_MOST_UNREADABLE: Final = 12
_MISSED_FOR: Final = timedelta(minutes=5)
_WORDS: Final = 40
_SPELLINGS_A_DAY: Final = 3
_MORE: Final = "…"
_DAY: Final = timedelta(days=1)
_MOST_CHANGES: Final = 20
"""So often may a list change beyond one delivery a unit before it is left until the end."""
_DIGITS: Final = re.compile(r"[0-9]+")
_COMPARABLE: Final = frozenset({Stage.WAITING, Stage.WORKING, Stage.DONE, Stage.UNKNOWN})
"""A partial or canceled order is charged less, as it should be."""
_WAITS: Final = (
    update(orders)
    .where(orders.c.id == bindparam("order"))
    .values(due_at=bindparam("next_at"), finished_since=bindparam("since"))
)
"""Built once: most readings write nothing else."""


@dataclass(frozen=True, slots=True)
class Due:
    """An active order claimed for a status reading."""

    order: OrderId
    supplier: SupplierName
    remote: RemoteId
    active_since: datetime
    customer: CustomerId
    claim: int

    def is_held(self, row: OrderRow) -> bool:
        """Whether the order is followed still, under this id, and claimed by nobody since."""
        is_same = row.remote_order == self.remote and row.claim == self.claim
        return row.state is State.ACTIVE and is_same


def settle(tx: Tx, due: Due, answer: StatusAnswer, next_at: datetime) -> Ending | Reason | None:
    """Apply the verdict on one answer: goods, money, state and messages, in one transaction.

    The order's end, or why it needs a person; None when it is read again at `next_at`, and without
    any change when it is active no more, has another id or claim by now, or in safe mode.
    """
    row = lock_in_open_shop(tx, due.order)
    if row is None or not due.is_held(row):
        return None
    order = _open_order(tx, row)
    if any("\n" in text for text in answer.progress.accounts or ()):
        split = split_units(answer.progress.accounts or (), row.quantity)
        answer = replace(answer, progress=replace(answer.progress, accounts=split))
    verdict = judge(order, answer.progress, tx.now)
    note_answer(tx, row, answer)
    compare_charge(tx, row, answer.progress)
    if answer.progress.stage is Stage.UNKNOWN:
        tell_unknown_status(tx, row.supplier, answer.progress.status)
    units = count_units(order, answer.progress)
    if verdict.fresh and not _changes_for_ever(row, verdict):
        _take_in(tx, row, verdict, units)
    elif units != row.delivered:
        tx.execute(update(orders).where(orders.c.id == row.id).values(delivered=units))
        refresh_card(tx, row.customer, row.id)
    return _apply(tx, row, verdict, next_at)


def _open_order(tx: Tx, row: OrderRow) -> ActiveOrder:
    return ActiveOrder(
        brings_goods=tx.part(Kinds)[row.kind].brings_goods,
        quantity=row.quantity,
        total=row.total,
        goods=known_goods(tx, row.id) if row.batches else (),
        finished_since=row.finished_since,
        listed=row.delivered,
        step=tx.settings.price_step,
    )


def note_answer(tx: Tx, row: OrderRow, answer: StatusAnswer) -> None:
    """Keep what the supplier said about an order, when it says something new."""
    said = answer.progress
    values: dict[str, object] = {"misses": 0, "last_said": answer.said}
    if said.charge is not None:
        values |= {"charge": said.charge, "charge_currency": said.currency or ""}
    if answer.said != row.last_said:
        tx.execute(insert(answers).values(order_id=row.id, at=tx.now, said=answer.said))
    if any(getattr(row, name) != value for name, value in values.items()):
        tx.execute(update(orders).where(orders.c.id == row.id).values(values))


def compare_charge(tx: Tx, row: OrderRow, said: Progress) -> None:
    """Compare an order's first charge with its expected cost, once; 5 % off pauses the service.

    The order itself goes on either way. A zero while the order waits is not yet a charge.
    Source: suppliers' readings 1.
    """
    if row.charge_compared or said.charge is None or said.stage not in _COMPARABLE:
        return
    if said.charge == 0 and said.stage is Stage.WAITING:
        return
    tx.execute(update(orders).where(orders.c.id == row.id).values(charge_compared=True))
    currency = tx.settings.currency
    if _is_off(row, said, currency):
        service = find_listed(tx, row.supplier, row.remote_service) or row.service
        set_paused(tx, service, paused=True)
        charge = f"{said.charge.normalize():f} {said.currency or currency}"
        cost = f"{row.cost.decimal.normalize():f} {currency}"
        begin_alert(tx, charge_cause(service), ChargeAlert(row.id, charge, cost))


def _is_off(row: OrderRow, said: Progress, currency: str) -> bool:
    if said.charge is None or (said.currency or currency).upper() != currency:
        return True
    try:
        return charge_is_off(money_from(said.charge), row.cost)
    except NotMoney:
        return True


def tell_unknown_status(tx: Tx, supplier: SupplierName, status: str) -> None:
    """Tell operators once of a status in a spelling that the supplier's dialect does not know.

    Of one with a new spelling each time they hear three times a day, and once that there are more.
    """
    spelling = status[:_WORDS]
    cause = spelling_cause(supplier, folded(spelling))
    if is_alert_known(tx, cause, on=True):
        return
    today = count_alerts(tx, spelling_cause(supplier, ""), tx.now - _DAY)
    if today > _SPELLINGS_A_DAY:
        return
    if today == _SPELLINGS_A_DAY:
        spelling, cause = _MORE, spelling_cause(supplier, f"{_MORE}{tx.now:%Y-%m-%d}")
    begin_alert(tx, cause, SupplierAlert(supplier, SupplierCause.STATUS, words=spelling))


def folded(spelling: str) -> str:
    """A spelling as its cause has it: a clock or a counter in it makes no new one."""
    return _DIGITS.sub("#", spelling.casefold())


def _changes_for_ever(row: OrderRow, verdict: OrderVerdict) -> bool:
    """Whether a list has changed too often: a clock in it would flood a chat, so the end waits."""
    goes_on = verdict.ending is None and verdict.park is None
    return goes_on and row.batches >= row.quantity + _MOST_CHANGES


def _take_in(tx: Tx, row: OrderRow, verdict: OrderVerdict, units: int) -> None:
    """Deliver new goods, before anything else may go wrong."""
    notice = GoodsArrived(row.id, row.batches + 1)
    deliver(tx, row, notice, verdict.fresh, count=len(verdict.fresh), delivered=units)
    if verdict.surplus:
        oddity = OrderOddity(row.id, Oddity.SURPLUS, str(verdict.surplus))
        tell_operators(tx, oddity_key(Oddity.SURPLUS, row.id), oddity)


def _apply(
    tx: Tx, row: OrderRow, verdict: OrderVerdict, next_at: datetime
) -> Ending | Reason | None:
    if verdict.ending is not None:
        end(tx, row, verdict.ending)
        return verdict.ending
    if verdict.park is not None:
        park(tx, row, verdict.park)
        return verdict.park
    since = (row.finished_since or tx.now) if verdict.waits_for_goods else None
    tx.execute(_WAITS, {"order": row.id, "next_at": next_at, "since": since})
    return None


def end(tx: Tx, row: OrderRow, ending: Ending) -> None:
    """Finish an order and tell its customer, unless the goods in the chat say it all."""
    finish(tx, row, ending)
    is_complete = ending.to is State.COMPLETED and ending.delivered
    if not (is_complete and tx.part(Kinds)[row.kind].goods_tell):
        tell_end(tx, row)
    if ending.to is State.CANCELED and ending.delivered:
        oddity = OrderOddity(row.id, Oddity.CANCELED_AFTER_GOODS, str(ending.delivered))
        tell_operators(tx, oddity_key("odd-cancel", row.id), oddity)


def park(tx: Tx, row: OrderRow, reason: Reason) -> None:
    """Have a person look at an active order: its money stays held, people are told."""
    order = row.id
    move(tx, row, State.ATTENTION, note=reason, reason=reason, due_at=None)
    key = attention_key(order, tx.now)
    tell(tx, row.customer, key, OrderNeedsPerson(order))
    tell_operators(tx, operators_key(key), AttentionAlert(order))


def unreadable(tx: Tx, due: Due, why: str, next_at: datetime) -> None:
    """Count an answer that cannot be read; after two minutes of them a person looks at it."""
    row = lock(tx, due.order)
    if not due.is_held(row):
        return
    misses, said = row.misses + 1, f"cannot be read: {why}"
    if said != row.last_said:
        tx.execute(insert(answers).values(order_id=row.id, at=tx.now, said=said))
    counted = {"misses": misses, "last_said": said, "due_at": next_at}
    tx.execute(update(orders).where(orders.c.id == row.id).values(counted))
    if misses >= _MOST_UNREADABLE:
        park(tx, row, Reason.UNREADABLE)


def unknown_to_supplier(tx: Tx, due: Due, next_at: datetime) -> None:
    """Count an answer that there is no such order; after many of them a person looks at it."""
    row = lock(tx, due.order)
    if not due.is_held(row):
        return
    misses = row.misses + 1
    if misses >= _MISSES and is_over(row.active_at or row.created_at, _MISSED_FOR, tx.now):
        park(tx, row, Reason.UNKNOWN_TO_SUPPLIER)
        return
    change = update(orders).where(orders.c.id == row.id)
    tx.execute(change.values(misses=misses, due_at=next_at))
