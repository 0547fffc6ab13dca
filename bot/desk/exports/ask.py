"""Owners ask for exports, look at them and call them off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Row, func, select, update

from bot.base.acts import Act, Permission
from bot.base.errors import NotYours
from bot.base.ids import CustomerId
from bot.base.subjects import export_subject
from bot.base.topics import EXPORTS
from bot.db.tx import Tx, insert_for
from bot.desk.exports.days import Days, days_of
from bot.desk.exports.job import OPEN, Export
from bot.desk.exports.tables import ExportKind, ExportState, exports
from bot.money.tables import transfers
from bot.orders.tables import orders
from bot.outbox.cards import keep_card
from bot.outbox.export_notices import ExportCard
from bot.outbox.tell import settle_notices
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.people.tables import customers

EXPORTED: Final = "export"
CANCELED: Final = "cancel export"
_IDS: Final[Mapping[ExportKind, Column[int]]] = {
    ExportKind.ORDERS: orders.c.id,
    ExportKind.LEDGER: transfers.c.id,
    ExportKind.CUSTOMERS: customers.c.id,
}


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What an owner wants to have: one kind of rows, of these days of the shop's time zone."""

    kind: ExportKind
    days: Days

    def __str__(self) -> str:
        """As the log and keys name it."""
        if self.days == Days():
            return str(self.kind)
        first, last = self.days.first or "", self.days.last or ""
        return f"{self.kind} {first}..{last}"


def ask_export(tx: Tx, act: Act, asked: ExportRequest) -> int:
    """Write down that an export is wanted, once by the act's key; its number.

    Raises NotYours and NotAllowed.
    """
    check_act(tx, act, Permission.SHOP)
    since, until = asked.days.moments(tx.settings.zone)
    newest = tx.execute(select(func.max(_IDS[asked.kind]))).scalar_one() or 0
    row = insert_for(tx, exports).values(
        idem_key=act.key,
        asked_by=act.who,
        asked_at=tx.now,
        kind=asked.kind,
        since=since,
        until=until,
        newest=newest,
        due_at=tx.now,
    )
    once = row.on_conflict_do_nothing(index_elements=["idem_key"]).returning(exports.c.id)
    made = tx.execute(once).scalar_one_or_none()
    if made is None:
        known = select(exports.c.id).where(exports.c.idem_key == act.key)
        return int(tx.execute(known).scalar_one())
    note_act(tx, act.actor, EXPORTED, "shop", after=str(asked))
    tx.wake(EXPORTS)
    return int(made)


def show_export(tx: Tx, shown: Export, message: int) -> None:
    """Have the message that shows an export edited as it goes on; at once where it has."""
    key = export_subject(shown.id)
    keep_card(tx, shown.asked_by, key, ExportCard(shown.id), message)
    now = find_export(tx, shown.id)
    if now is None or (now.state, now.rows, now.sent) != (shown.state, shown.rows, shown.sent):
        settle_notices(tx, key)


def cancel_export(tx: Tx, act: Act, export: int) -> bool:
    """Call an export off that is not in the chat yet; whether it was open.

    Raises NotYours, and NotAllowed.
    """
    check_act(tx, act, Permission.SHOP)
    found = load_export(tx, act.who, export)
    stopped = (
        update(exports)
        .where(exports.c.id == export, exports.c.state.in_(OPEN))
        .values(state=ExportState.CANCELED, due_at=None, ended_at=tx.now)
    )
    if not tx.execute(stopped).rowcount:
        return False
    days = days_of(found.since, found.until, tx.settings.zone)
    note_act(tx, act.actor, CANCELED, "shop", after=str(ExportRequest(found.kind, days)))
    return True


def load_export(tx: Tx, who: CustomerId, export: int) -> Export:
    """An export of somebody's own. Raises NotYours."""
    found = find_export(tx, export)
    if found is None or found.asked_by != who:
        raise NotYours
    return found


def find_export(tx: Tx, export: int) -> Export | None:
    """An export as it stands now."""
    row = tx.execute(select(exports).where(exports.c.id == export)).one_or_none()
    return None if row is None else export_of(row)


def find_newest(tx: Tx, who: CustomerId) -> int:
    """The number of the newest export that somebody has asked for, 0 for none."""
    query = select(func.max(exports.c.id)).where(exports.c.asked_by == who)
    return int(tx.execute(query).scalar_one() or 0)


def export_of(row: Row[Any]) -> Export:
    """A row of the table."""
    return Export(
        id=row.id,
        asked_by=CustomerId(row.asked_by),
        asked_at=row.asked_at,
        kind=row.kind,
        since=row.since,
        until=row.until,
        newest=row.newest,
        state=row.state,
        total=row.total,
        rows=row.rows,
        cuts=tuple(int(one) for one in row.cuts.split(",") if one),
        sent=row.sent,
        why=row.why,
        claim=row.claim,
        tries=row.tries,
    )
