"""Fingerprints for what was delivered before there were any; under a new key, for everything."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from msgspec import DecodeError
from sqlalchemy import ColumnElement, Table, delete, select, update

from bot.base.ids import OrderId
from bot.db.database import Database
from bot.db.tx import Tx
from bot.numbers.tables import rentals
from bot.ops.seal import SealBroken
from bot.orders.goods.deliver import unsealed
from bot.orders.goods.fingerprints import (
    PHONE,
    fingerprints_of,
    note_fingerprints,
    phone_text,
    unit_texts,
)
from bot.orders.tables import fingerprints, goods, orders
from bot.suppliers.words import Kind

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Unmarked:
    """Something delivered without fingerprints of the newest key; batch 0 is a phone."""

    order: OrderId
    batch: int
    sealed: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Makes what was delivered findable, a few rows at a time; may be killed at any moment.

    Rows are unsealed outside of any writing transaction.
    """

    db: Database
    batch: int = 100
    """Rows that are written in one transaction: few, so that others wait little behind it."""

    async def __call__(self, *, renew: bool = False) -> int:
        """Everything that has none yet; with `renew` also what has those of another key.

        Returns how many batches and phones.
        """
        done = 0
        while rows := await self.db.read(list_unmarked, self.batch, renew=renew):
            await self.db.write(mark, [(row, self._fingerprints(row)) for row in rows])
            done += len(rows)
        return done

    def _fingerprints(self, row: Unmarked) -> frozenset[str]:
        settings = self.db.settings
        try:
            if row.batch == PHONE:
                texts = {phone_text(settings.unseal(row.sealed))}
            elif row.kind is Kind.NUMBER:
                texts = set()
            else:
                units = unsealed(settings, row.sealed)
                texts = {text for unit in units for text in unit_texts(unit)}
        except (SealBroken, DecodeError) as broken:
            log.warning("not_fingerprinted", order=row.order, why=type(broken).__name__)
            return frozenset()
        return fingerprints_of(settings.sealer, texts)


def list_unmarked(tx: Tx, limit: int, *, renew: bool) -> tuple[Unmarked, ...]:
    """Some of what has no fingerprints; with `renew` also those of another key."""
    batches = (
        select(goods.c.order_id, goods.c.batch, goods.c.sealed, orders.c.kind)
        .join(orders, orders.c.id == goods.c.order_id)
        .where(_is_unmarked(tx, goods, renew=renew))
    )
    found = tx.list(Unmarked, batches.limit(limit))
    if found:
        return found
    phones = (
        select(rentals.c.order_id, orders.c.id * 0, rentals.c.phone, orders.c.kind)
        .join(orders, orders.c.id == rentals.c.order_id)
        .where(_is_unmarked(tx, rentals, renew=renew))
    )
    return tx.list(Unmarked, phones.limit(limit))


def _is_unmarked(tx: Tx, table: Table, *, renew: bool) -> ColumnElement[bool]:
    return table.c.marked != tx.settings.sealer.marks[0] if renew else table.c.marked == ""


def mark(tx: Tx, found: list[tuple[Unmarked, frozenset[str]]]) -> None:
    """Write fingerprints down, and that they are those of the newest key."""
    for row, made in found:
        of_row = (fingerprints.c.order_id == row.order) & (fingerprints.c.batch == row.batch)
        tx.execute(delete(fingerprints).where(of_row))
        newest = note_fingerprints(tx, row.order, row.batch, made)
        if row.batch == PHONE:
            change = update(rentals).where(rentals.c.order_id == row.order)
        else:
            of_batch = (goods.c.order_id == row.order) & (goods.c.batch == row.batch)
            change = update(goods).where(of_batch)
        tx.execute(change.values(marked=newest))
