"""Refresh the shelf: a supplier's catalogue read whole, looked at with suspicion, then stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.shop.browse import LoadShelf
from bot.shop.locks import Locks
from bot.shop.notices import SupplierAlert
from bot.shop.ports import Alerts, Clock, Shelves
from bot.shop.suppliers import Supplier

_SHRUNK_TO: Final = 10
"""An answer with at most a tenth of the last one's rows is not believed."""


@dataclass(frozen=True, slots=True)
class RefreshShelf:
    """One reading of one supplier's whole catalogue. An outage leaves the shelf as it was."""

    shelves: Shelves
    load_shelf: LoadShelf
    alerts: Alerts
    clock: Clock
    locks: Locks

    async def __call__(
        self, supplier: Supplier, unless_younger_than: timedelta = timedelta(0)
    ) -> bool:
        """Whether the catalogue is believed and stored; one that is young enough is not read.

        Raises:
            SupplierError: it could not be read.
        """
        async with self.locks.of(("refresh", supplier.name)):
            read_at = self.load_shelf.shelf.now.read_at.get(supplier.name)
            if read_at is not None and self.clock.now() - read_at < unless_younger_than:
                return True
            catalog = await supplier.list_services()
            before = (await self.shelves.state(supplier.name)).rows
            cause, now = f"shrank:{supplier.name}", self.clock.now()
            rows = len(catalog.rows)
            if before and rows * _SHRUNK_TO <= before:
                words = f"{before} -> {rows}"
                alert = SupplierAlert(supplier.name, "shrank", words=words)
                await self.alerts.begin(cause, alert, now)
                return False
            await self.shelves.store(supplier.name, catalog, now)
            await self.alerts.end(cause, SupplierAlert(supplier.name, "shrank", over=True), now)
            await self.load_shelf()
            return True
