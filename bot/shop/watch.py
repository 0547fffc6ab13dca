"""Watch the suppliers: what falls and what comes back is told once each, and new sales follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Final

from bot.domain.errors import Refused, SupplierError
from bot.domain.ids import SupplierName
from bot.shop.notices import SupplierAlert
from bot.shop.ports import Alerts, Clock, Shelves
from bot.shop.suppliers import Balance, Supplier, Suppliers

_QUIET: Final = timedelta(minutes=5)
"""A supplier that falls again so soon is not news."""


@dataclass(frozen=True, slots=True)
class WatchSuppliers:
    """Health, key, wallet and currency of every supplier, as alerts and pauses.

    Args:
        low_marks: below which balance at a supplier operators are alerted.
    """

    suppliers: Suppliers
    shelves: Shelves
    alerts: Alerts
    clock: Clock
    currency: str
    low_marks: Mapping[SupplierName, Decimal] = field(default_factory=dict)

    async def look_at_health(self) -> None:
        """Tell operators once when a supplier falls and once when it is back."""
        for supplier in self.suppliers:
            await self._health(supplier)

    async def _health(self, supplier: Supplier) -> None:
        health = supplier.health
        cause, now = f"down:{supplier.name}", self.clock.now()
        if health.down_since is not None:
            alert = SupplierAlert(supplier.name, "down", words=health.why)
            await self.alerts.begin(cause, alert, now, quiet=_QUIET)
        elif health.has_answered:
            await self.alerts.end(cause, SupplierAlert(supplier.name, "down", over=True), now)

    async def is_paused(self, supplier: SupplierName) -> bool:
        """Whether new sales, and orders not sent yet, are kept away."""
        return bool((await self.shelves.state(supplier)).paused)

    async def refused(self, supplier: SupplierName, no: Refused) -> None:
        """Draw the consequences of a clear no that is about the operator, not the order."""
        if no.is_bad_key:
            await self._pause(supplier, "key")
        elif no.is_empty_wallet:
            await self._pause(supplier, "wallet")

    async def read_balance(self, supplier: Supplier) -> Balance:
        """Read the operator's balance, remember it, and lift what it heals.

        Raises:
            SupplierError: it could not be read; a wrong key has paused the supplier then.
        """
        try:
            balance = await supplier.balance()
        except SupplierError as failure:
            if isinstance(failure, Refused):
                await self.refused(supplier.name, failure)
            raise
        before = (await self.shelves.state(supplier.name)).balance
        await self.shelves.note_balance(supplier.name, balance, self.clock.now())
        await self._resume(supplier.name, "key")
        if before is not None and balance.amount > before.amount:
            await self._resume(supplier.name, "wallet")
        await self._mind_currency(supplier.name, balance)
        await self._mind_low(supplier.name, balance)
        return balance

    async def _mind_currency(self, supplier: SupplierName, balance: Balance) -> None:
        """Rates in another money than the shop's cannot be sold on."""
        if balance.currency == self.currency:
            await self._resume(supplier, "currency")
        else:
            await self._pause(supplier, "currency", balance.currency)

    async def _mind_low(self, supplier: SupplierName, balance: Balance) -> None:
        mark = self.low_marks.get(supplier)
        if mark is None:
            return
        cause, now = f"low:{supplier}", self.clock.now()
        words = f"{balance.amount:f} {balance.currency}"
        if balance.amount < mark:
            await self.alerts.begin(cause, SupplierAlert(supplier, "low", words=words), now)
        else:
            alert = SupplierAlert(supplier, "low", over=True, words=words)
            await self.alerts.end(cause, alert, now)

    async def _pause(self, supplier: SupplierName, about: str, words: str = "") -> None:
        await self.shelves.pause_supplier(supplier, about)
        alert = SupplierAlert(supplier, about, words=words)
        await self.alerts.begin(f"{about}:{supplier}", alert, self.clock.now())

    async def _resume(self, supplier: SupplierName, about: str) -> None:
        if await self.shelves.resume_supplier(supplier, about):
            alert = SupplierAlert(supplier, about, over=True)
            await self.alerts.end(f"{about}:{supplier}", alert, self.clock.now())
