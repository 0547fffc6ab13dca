"""Look at a service again right before money is held for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.base.clock import Clock, is_over
from bot.base.ids import ServiceId
from bot.catalog import standing, store
from bot.catalog.errors import NotForSale, NotForSaleReason
from bot.catalog.refresh import RefreshShelf
from bot.catalog.rules import Service, ShelfRules, StoredService
from bot.catalog.shelf import CurrentShelf
from bot.catalog.watch import WatchSuppliers
from bot.db.database import Database, Locks
from bot.suppliers.errors import NO_SUCH, RefusalKind, Refused, SupplierError
from bot.suppliers.port import Supplier, Suppliers
from bot.suppliers.words import CatalogRow, Kind, NumberId

YOUNG: Final = timedelta(seconds=60)
"""How old the shelf may be where a supplier cannot be asked for one service."""
_LOOK_WITHIN_S: Final = 8.0
"""After so long the order is queued unchecked, as in an outage."""


@dataclass(frozen=True, slots=True)
class Recheck:
    """Stock and price from the supplier, onto the shelf.

    Source: suppliers' readings 11 (one service where the supplier can be asked for one, elsewhere
    a shelf younger than a minute; the stock by `inventory` everywhere).
    """

    suppliers: Suppliers
    db: Database
    shelf: CurrentShelf
    refresh: RefreshShelf
    rules: ShelfRules
    watch: WatchSuppliers
    clock: Clock
    locks: Locks

    async def __call__(self, service: ServiceId) -> Service | None:
        """What was quoted as it is now, None when its supplier cannot be asked.

        The service itself, whatever stands in for it. A price rule that came since is no obstacle.
        Raises NotForSale.
        """
        await self.refresh.load_shelf()  # another process may have taken it off a moment ago
        known = self.shelf.now.load_quoted(service)
        supplier = self.suppliers.get(known.supplier)
        if supplier is None:
            raise NotForSale(NotForSaleReason.GONE)
        await self.db.read(standing.check_not_paused, known.supplier, known.kind)
        try:
            async with asyncio.timeout(_LOOK_WITHIN_S), self.locks.of(("look", service)):
                await self._read(supplier, known)
        except TimeoutError:
            return None
        except Refused as no:
            await self.watch.refused(known.supplier, no)
            if no.kind is RefusalKind.BAD_KEY:
                raise NotForSale(NotForSaleReason.SUPPLIER_PAUSED) from no
            return None
        except SupplierError:
            return None
        return self.shelf.now.load_quoted(service)

    async def _read(self, supplier: Supplier, known: Service) -> None:
        if known.kind is Kind.NUMBER:
            await self._read_number(supplier, known)
            return
        listed: CatalogRow | None = known.listed
        if supplier.reads_one_service:
            listed = await supplier.find_service(known.listed.remote_id)
        elif not await self.refresh(supplier, unless_younger_than=YOUNG):
            raise NotForSale(NotForSaleReason.STALE)
        else:
            known = self.shelf.now.load_quoted(known.id)
            listed = known.listed
        if listed is not None:
            listed = await self._with_stock(supplier, listed)
        await self._keep(supplier, known, listed)

    async def _read_number(self, supplier: Supplier, known: Service) -> None:
        """Read the numbers of one country, unless they were read within the last minute."""
        number = NumberId.find(known.listed.remote_id)
        if number is None or not is_over(known.read_at, YOUNG, self.clock.now()):
            return
        rows = (await supplier.list_numbers(number.country)).rows
        same = (row for row in rows if row.remote_id == known.listed.remote_id)
        await self._keep(supplier, known, next(same, None))

    async def _with_stock(self, supplier: Supplier, listed: CatalogRow) -> CatalogRow | None:
        """The row with the stock of this moment; None when the supplier has it no more."""
        try:
            stock = await supplier.stock(listed.remote_id)
        except Refused as no:
            if no.kind in NO_SUCH:
                return None
            raise
        if not stock.available:
            return replace(listed, stock=0)
        return listed if stock.units is None else replace(listed, stock=stock.units)

    async def _keep(self, supplier: Supplier, known: Service, listed: CatalogRow | None) -> None:
        """Store what was read and put it on the shelf; a stock alone leaves the price's age."""
        asked_for_it = supplier.reads_one_service or known.kind is Kind.NUMBER
        now = self.clock.now() if asked_for_it else known.read_at
        if listed is None:
            await self.db.write(store.mark_gone, known.id, now)
            self.shelf.now = self.shelf.now.with_service(
                replace(known, hidden=NotForSaleReason.GONE)
            )
            return
        row = replace(listed, category=known.listed.category, subcategory=known.listed.subcategory)
        risen = False
        if row != known.listed:
            risen = await self.db.write(store.store_one, known.id, row, now)
        shown = self.shelf.now.find_service(known.id)  # it may be paused since
        hidden = None if shown is None else shown.hidden
        if row == known.listed:
            risen = hidden is NotForSaleReason.PRICE_JUMPED
        paused = hidden is NotForSaleReason.SERVICE_PAUSED
        kept = StoredService(
            known.id, known.supplier, row, known.category, now, paused, gone=False, risen=risen
        )
        rules = self.rules.with_bases(self.shelf.bases)
        pricing = self.shelf.now.pricing_of(known)
        self.shelf.now = self.shelf.now.with_service(rules.service(kept, pricing))
