"""Seal everything again with the newest key, a few rows at a time, beside a running shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update

from bot.db.database import Database
from bot.db.meta import PROBE, facts
from bot.db.schema_check import WrongDatabase
from bot.db.tx import Tx, insert_for
from bot.ops.seal import SealBroken
from bot.safety.fingerprint import Fingerprint
from bot.safety.sealed import SEALED, Place, SealedColumn, list_after, replace_all

KEYS: Final = "keys"
"""The fact that names the keys which the shop was last started with."""


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many values are under the newest key now, were moved there, and open with no key."""

    looked_at: int
    renewed: int
    broken: int


@dataclass(frozen=True, slots=True)
class Rekey:
    """`python -m bot rekey`: may be killed at any moment and run again; `batch` rows at a time.

    Rows are read and sealed outside of any writing transaction, which then only puts them in the
    place of what it read; so a running shop is never held up, and never loses what it wrote. The
    probe is sealed anew when nothing is left: until then a start without the old key is refused.
    """

    database: Database
    batch: int = 100

    async def __call__(self) -> Rekeyed:
        """Walk every sealed column until a walk finds nothing to do. Raises WrongDatabase."""
        await self.database.read(check_known)
        renewed = 0
        while True:
            walk = await self._walk()
            renewed += walk.renewed
            if not walk.renewed:
                break
        await Fingerprint(self.database, self.batch)(renew=True)
        if not walk.broken:
            await self.database.write(renew_probe)
        return Rekeyed(walk.looked_at, renewed, walk.broken)

    async def _walk(self) -> Rekeyed:
        walks = [await self._column(column) for column in SEALED]
        return Rekeyed(
            sum(walk.looked_at for walk in walks),
            sum(walk.renewed for walk in walks),
            sum(walk.broken for walk in walks),
        )

    async def _column(self, column: SealedColumn) -> Rekeyed:
        after: Place | None = None
        looked_at = renewed = broken = 0
        while rows := await self.database.read(list_after, column, after, self.batch):
            changes = []
            for place, sealed in rows:
                try:
                    fresh = self.database.settings.sealer.renew(sealed)
                except SealBroken:
                    broken += 1
                    continue
                if fresh != sealed:
                    changes.append((place, sealed, fresh))
            if changes:
                renewed += await self.database.write(replace_all, column, changes)
            looked_at += len(rows)
            after = rows[-1][0]
        return Rekeyed(looked_at, renewed, broken)


def note_keys(tx: Tx) -> None:
    """Remember which keys the shop that starts now can open things with."""
    known = " ".join(tx.settings.sealer.marks)
    row = insert_for(tx, facts).values(name=KEYS, value=known)
    again = row.on_conflict_do_update(index_elements=["name"], set_={"value": known})
    tx.execute(again)


def check_known(tx: Tx) -> None:
    """Let a rekey pass whose result the running shop can read. Raises WrongDatabase."""
    noted = tx.execute(select(facts.c.value).where(facts.c.name == KEYS)).scalar()
    if noted is not None and tx.settings.sealer.marks[0] not in noted.split():
        message = (
            "GOODS_KEY: the bot was last started without the newest key and could not read what"
            " is sealed with it. Restart the bot with both keys first, then rekey"
        )
        raise WrongDatabase(message)


def renew_probe(tx: Tx) -> None:
    """Everything is under the newest key: from now on it alone opens these books."""
    query = select(facts.c.value).where(facts.c.name == PROBE)
    sealed = tx.execute(query).scalar_one()
    change = update(facts).where(facts.c.name == PROBE)
    tx.execute(change.values(value=tx.settings.sealer.renew(sealed)))
