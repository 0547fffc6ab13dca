"""The stored ties: which services stand in for each other, and in which order."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import bindparam, select

from bot.base.ids import RemoteId, ServiceId, SupplierName
from bot.catalog.standins.rules import Ties
from bot.catalog.tables import services, stand_ins
from bot.db.tx import Tx

_mine = stand_ins.alias("mine")
_TIED: Final = (
    select(stand_ins.c.service)
    .join(_mine, _mine.c.tie == stand_ins.c.tie)
    .where(_mine.c.service == bindparam("service"))
    .order_by(stand_ins.c.place)
)


def load_ties(tx: Tx) -> Ties:
    """Every tie."""
    groups: dict[int, list[ServiceId]] = defaultdict(list)
    query = select(stand_ins).order_by(stand_ins.c.tie, stand_ins.c.place)
    for row in tx.execute(query):
        groups[row.tie].append(ServiceId(row.service))
    return {one: tuple(group) for group in groups.values() for one in group}


def list_tied(tx: Tx, service: ServiceId) -> tuple[ServiceId, ...]:
    """All services of its tie in their order, itself included; none where it is not tied."""
    return tuple(tx.execute(_TIED, {"service": service}).scalars())


def find_listed(tx: Tx, supplier: SupplierName, remote: RemoteId) -> ServiceId | None:
    """The service that a supplier lists under an id of its own, None where it never did."""
    query = select(services.c.id).where(
        services.c.supplier == supplier, services.c.remote_id == remote
    )
    return tx.execute(query).scalar_one_or_none()
