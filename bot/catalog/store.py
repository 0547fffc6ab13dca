"""The stored catalogues: every row as last read, with an id that stays."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from itertools import starmap
from typing import Any, Final, NamedTuple

from sqlalchemy import Text, cast, insert, select, update

from bot.base.acts import Act, Permission
from bot.base.ids import CategoryId, RemoteId, ServiceId, SupplierName
from bot.base.keys import SHELF, charge_cause
from bot.base.topics import WATCHES
from bot.catalog.alerts.price_jumps import RateChange
from bot.catalog.alerts.tell_jumps import keep_jump, tell_jumps
from bot.catalog.hiding import rows as hiding_rows
from bot.catalog.hiding.rules import HidingRule
from bot.catalog.places.rows import CategoryIds, load_labels, load_places, make_levels
from bot.catalog.places.tree import Category, Places
from bot.catalog.prices import rows as price_rows
from bot.catalog.prices.rules import Rules
from bot.catalog.rises.rows import is_waiting, list_waiting_services, note_rates
from bot.catalog.rules import StoredService
from bot.catalog.shelf import Shelf
from bot.catalog.standing import lock_supplier
from bot.catalog.standins.rows import load_ties
from bot.catalog.standins.rules import Ties
from bot.catalog.tables import services, suppliers
from bot.db.meta import facts
from bot.db.replicas import note_change
from bot.db.tx import Tx, insert_for
from bot.db.types import Id
from bot.outbox.tell import end_alert
from bot.people.audit import note_act
from bot.people.operators import check_act
from bot.suppliers.port import Catalog
from bot.suppliers.words import CatalogRow, is_number

_VERSION: Final = "shelf_version"


def version(tx: Tx) -> int:
    """The number of the stored catalogue, which grows with each change: replicas load it again."""
    query = select(facts.c.value).where(facts.c.name == _VERSION)
    return int(tx.execute(query).scalar_one_or_none() or 0)


@dataclass(frozen=True, slots=True)
class StoredCatalog:
    """All catalogues as last stored."""

    services: tuple[StoredService, ...]
    categories: Mapping[CategoryId, Category]
    places: Places
    price_rules: Rules
    read_at: Mapping[SupplierName, datetime]
    version: int
    hidings: tuple[HidingRule, ...]
    ties: Ties


def bump_version(tx: Tx) -> None:
    """Say to every process that the shelf changed."""
    # Counted by the database itself: two writers at once must not arrive at the same number.
    grown = {"value": cast(cast(facts.c.value, Id) + 1, Text)}
    row = insert_for(tx, facts).values(name=_VERSION, value="1")
    tx.execute(row.on_conflict_do_update(index_elements=["name"], set_=grown))
    note_change(tx, SHELF)
    tx.wake(WATCHES)


class ServiceRow(NamedTuple):
    """A row of `services`, column by column."""

    id: ServiceId
    supplier: SupplierName
    remote_id: RemoteId
    category: CategoryId
    paused: bool
    gone: bool
    name: str
    description: str
    category_name: str
    subcategory_name: str
    type: str
    entity_type: str
    rate: Decimal
    least: int
    most: int
    stock: int | None
    auto_delivery: bool | None
    problem: str
    read_at: datetime


def store(tx: Tx, supplier: SupplierName, catalog: Catalog, shown: Shelf | None = None) -> int:
    """Replace one part of a supplier's rows, the ordinary ones or the numbers; how many changed.

    Two processes store one after the other. What is listed no more is marked as gone and stays.
    Operators are told of prices that jumped on the shelf that is `shown`.
    """
    lock_supplier(tx, supplier)
    stored = tx.list(ServiceRow, select(services).where(services.c.supplier == supplier))
    known = {row.remote_id: row for row in stored if is_number(row.remote_id) == catalog.numbers}
    labels = CategoryIds(tx)
    changed, rates = 0, dict[ServiceId, RateChange]()
    added: list[dict[str, object]] = []
    rows = [row for row in catalog.rows if is_number(row.remote_id) == catalog.numbers]
    for listed in rows:
        values = _values(listed, labels)
        row = known.pop(listed.remote_id, None)
        if row is None:
            added.append({"supplier": supplier, "read_at": tx.now, **values})
            changed += 1
            continue
        rates[row.id] = RateChange(row.rate, listed.rate)
        if _differs(row, values):
            _update(tx, row.id, values, tx.now)
            changed += 1
    if added:
        tx.execute(insert(services), added)
    changed += _mark_missing(tx, known.values())
    make_levels(tx)
    counted = {"read_at": tx.now, "rows": len(rows)}
    if catalog.numbers:
        counted = {"numbers_read_at": tx.now, "number_rows": len(rows)}
    tx.execute(update(suppliers).where(suppliers.c.name == supplier).values(counted))
    note_rates(tx, supplier, rates)
    bump_version(tx)
    if shown is not None:
        tell_jumps(tx, supplier, rates, shown, numbers=catalog.numbers)
    return changed


_CATEGORIES: Final = {"category": "category_name", "subcategory": "subcategory_name"}
_COLUMNS: Final = {each.name: _CATEGORIES.get(each.name, each.name) for each in fields(CatalogRow)}
"""The columns that hold what a supplier lists; of a service `category` is our own id."""


def _values(listed: CatalogRow, labels: CategoryIds) -> dict[str, object]:
    said: dict[str, object] = {column: getattr(listed, name) for name, column in _COLUMNS.items()}
    return said | {"category": labels.of(listed.category, listed.subcategory), "gone": False}


def _differs(row: ServiceRow, values: dict[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _update(tx: Tx, service: ServiceId, values: dict[str, object], read_at: datetime) -> None:
    change = update(services).where(services.c.id == service)
    tx.execute(change.values(read_at=read_at, **values))


def _mark_missing(tx: Tx, rows: Iterable[ServiceRow]) -> int:
    """Services that the supplier no longer lists stay, because orders point at them."""
    missing = [row.id for row in rows if not row.gone]
    for service in missing:
        tx.execute(update(services).where(services.c.id == service).values(gone=True))
    return len(missing)


def store_one(tx: Tx, service: ServiceId, listed: CatalogRow, read_at: datetime) -> bool:
    """Write one service as just read; it is listed, so it is not gone.

    Whether its price waits for an operator's word now.
    """
    risen = _follow_one(tx, service, listed)
    _update(tx, service, _values(listed, CategoryIds(tx)), read_at)
    tx.wake(WATCHES)
    return risen


def _follow_one(tx: Tx, service: ServiceId, listed: CatalogRow) -> bool:
    known = select(services.c.supplier, services.c.rate).where(services.c.id == service)
    row, was_risen = tx.execute(known).one(), is_waiting(tx, service)
    if row.rate == listed.rate:
        return was_risen
    lock_supplier(tx, row.supplier)
    change = RateChange(tx.execute(known).one().rate, listed.rate)
    keep_jump(tx, row.supplier, service, change, numbers=is_number(listed.remote_id))
    risen = service in note_rates(tx, row.supplier, {service: change})
    if risen != was_risen:
        bump_version(tx)
    return risen


def mark_gone(tx: Tx, service: ServiceId, read_at: datetime) -> None:
    """Note that the supplier lists a service no more."""
    change = update(services).where(services.c.id == service)
    tx.execute(change.values(gone=True, read_at=read_at))
    bump_version(tx)


def set_paused(tx: Tx, service: ServiceId, *, paused: bool) -> bool:
    """Pause the sales of a service, or end its pause; whether that changed anything."""
    other = services.c.paused != int(paused)
    change = update(services).where(services.c.id == service, other).values(paused=paused)
    done = tx.execute(change).rowcount == 1
    if done:
        bump_version(tx)
    return done


def resume_service(tx: Tx, act: Act, service: ServiceId) -> bool:
    """Sell a service again whose charge was off, on an operator's word; whether it was paused.

    The next charge that is off is a new cause, which operators are told of again.
    """
    check_act(tx, act, Permission.SUPPLIERS)
    resumed = set_paused(tx, service, paused=False)
    end_alert(tx, charge_cause(service), None)
    if resumed:
        note_act(tx, act.actor, "resume", f"service:{service}")
    return resumed


_IN_COMMON: Final = tuple(
    ServiceRow._fields.index(name)
    for name in ("supplier", "category_name", "subcategory_name", "type", "entity_type", "problem")
)
_SERVICES: Final = select(services).execution_options(yield_per=500)
"""Some at a time: all rows at once, beside what is made of them, stay with the process."""


def load(tx: Tx) -> StoredCatalog:
    """All stored catalogues, for building a shelf."""
    read_at, numbers_at = _read_at(tx)
    risen = list_waiting_services(tx)
    rows = tuple(
        _kept(row, numbers_at if is_number(row.remote_id) else read_at, risen)
        for row in starmap(_sharing, tx.execute(_SERVICES))
    )
    labels, places = load_labels(tx), load_places(tx)
    prices, hidings = price_rows.load_rules(tx), hiding_rows.load_rules(tx)
    ties = load_ties(tx)
    return StoredCatalog(rows, labels, places, prices, read_at, version(tx), hidings, ties)


def load_some(tx: Tx, chosen: Sequence[ServiceId]) -> tuple[StoredService, ...]:
    """Some stored services, those that there are."""
    read_at, numbers_at = _read_at(tx)
    risen = list_waiting_services(tx)
    return tuple(
        _kept(row, numbers_at if is_number(row.remote_id) else read_at, risen)
        for row in tx.list(ServiceRow, select(services).where(services.c.id.in_(chosen)))
    )


_ReadAt = dict[SupplierName, datetime]


def _read_at(tx: Tx) -> tuple[_ReadAt, _ReadAt]:
    """When each supplier's catalogue was last read whole, and when its numbers were."""
    known = tx.execute(select(suppliers)).all()
    return (
        {SupplierName(row.name): row.read_at for row in known if row.read_at},
        {SupplierName(row.name): row.numbers_read_at for row in known if row.numbers_read_at},
    )


def _sharing(*columns: Any) -> ServiceRow:
    """A row, with the words that many rows have in common kept once for all."""
    shared = list(columns)
    for nth in _IN_COMMON:
        shared[nth] = sys.intern(shared[nth])
    return ServiceRow(*shared)


def _kept(
    row: ServiceRow, read_at: dict[SupplierName, datetime], risen: Set[ServiceId]
) -> StoredService:
    """A row is as fresh as its supplier's last whole reading, or its own later one."""
    supplier = row.supplier
    return StoredService(
        id=row.id,
        supplier=supplier,
        listed=CatalogRow(*(getattr(row, column) for column in _COLUMNS.values())),
        category=row.category,
        read_at=max(row.read_at, read_at.get(supplier, row.read_at)),
        paused=row.paused,
        gone=row.gone,
        risen=row.id in risen,
    )
