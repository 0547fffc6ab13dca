"""Everything that a shop does by the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.app.shop import Shop
from bot.base.clock import Clock
from bot.catalog.wanted.tell_watchers import settle_left
from bot.db import jobs, updates
from bot.db.database import Database
from bot.money import approvals, requests
from bot.numbers.rules import LAST_LOOK_WITHIN
from bot.ops.memory import release_memory
from bot.ops.timetable import Entry, SharedJobs, Timetable
from bot.orders import orphaned_orders
from bot.safety.purge import NightlyPurge
from bot.suppliers.port import Supplier

_REFRESH: Final = timedelta(minutes=2)
_WATCH: Final = timedelta(seconds=1)
_BALANCES: Final = timedelta(minutes=5)
_PROOF: Final = timedelta(hours=24)
_PURGE: Final = timedelta(minutes=5)
"""How often the clock is looked at by which the purge goes once a day."""
_FINGERPRINTS: Final = timedelta(hours=1)
"""Only what was delivered before there were any lacks them: all of it is done the first time."""
_DIGEST: Final = timedelta(seconds=30)
"""How often the clock is looked at by which the digest goes once a day."""
_SALES: Final = timedelta(minutes=1)
_SWEEP: Final = timedelta(seconds=15)
_OVERDUE: Final = timedelta(seconds=5)
_LONG: Final = timedelta(minutes=20)
"""How long an entry may take that reads a whole catalogue, or proves the books."""
_REFRESH_WHOLE: Final = timedelta(seconds=45)
"""More often where Confirm needs a shelf that is younger than a minute."""
_NOBODY_SENDS_SO_LONG: Final = timedelta(minutes=2)
"""Longer than any `add` and the writing of its outcome may take."""


def build_timetable(
    shop: Shop, clock: Clock, steady: Callable[[], float], more: tuple[Entry, ...]
) -> Timetable:
    """Everything that happens by the clock."""

    async def sweep() -> None:
        """What no worker would touch again: sends that never ended, what waits too long."""
        await shop.store.db.write(orphaned_orders.park_interrupted, _NOBODY_SENDS_SO_LONG)
        await shop.store.db.write(orphaned_orders.alert_stuck)
        await shop.store.db.write(requests.remind)
        await shop.store.db.write(approvals.remind)
        await shop.store.db.write(updates.forget)
        await shop.store.db.write(settle_left)

    # A code may have come in time while the shop was down: a number is looked at before it ends.
    looked_at = clock.now() + LAST_LOOK_WITHIN
    entries = [
        Entry("health", _WATCH, shop.watch.look_at_health),
        Entry("proof", _PROOF, shop.audit, _LONG, is_shared=True),
        Entry("sweep", _SWEEP, sweep, is_shared=True),
        Entry("fingerprints", _FINGERPRINTS, shop.fingerprint, _LONG, is_shared=True),
        Entry("sales", _SALES, shop.keep_sales, _LONG, is_shared=True),
        Entry("purge", _PURGE, NightlyPurge(shop.purge, steady), _LONG),
        Entry("numbers", _OVERDUE, shop.poll_number.end_overdue, due_at=looked_at),
        *more,
    ]
    if shop.tell_digest is not None:
        entries.append(Entry("digest", _DIGEST, shop.tell_digest, is_shared=True))
    for supplier in shop.suppliers.values():
        name = supplier.name
        every = _REFRESH if supplier.reads_one_service else _REFRESH_WHOLE
        catalogue = partial(_read_catalogue, shop, supplier)
        entries.append(Entry(f"catalogue {name}", every, catalogue, _LONG, is_shared=True))
        categories = partial(shop.refresh.categories, supplier)
        entries.append(Entry(f"categories {name}", every, categories, is_shared=True))
        balance = partial(shop.watch.read_balance, supplier)
        entries.append(Entry(f"balance {name}", _BALANCES, balance, is_shared=True))
        if supplier.rents_numbers:
            numbers = partial(shop.refresh.numbers, supplier)
            entries.append(Entry(f"numbers {name}", _REFRESH, numbers, is_shared=True))
    return Timetable(tuple(entries), clock, _shared_jobs(shop.store.db))


async def _read_catalogue(shop: Shop, supplier: Supplier) -> None:
    """Read a whole catalogue; its rows, and those of the shelf before, are not needed again."""
    await shop.refresh(supplier)
    await release_memory()


def _shared_jobs(db: Database) -> SharedJobs:
    """The entries that are done once for all processes, as the database knows them."""

    async def find_due(name: str) -> datetime | None:
        return await db.read(jobs.find_due, name)

    async def claim(name: str, every: timedelta) -> bool:
        return await db.write(jobs.claim, name, every)

    async def done(name: str) -> None:
        await db.write(jobs.done, name)

    return SharedJobs(find_due, claim, done)
