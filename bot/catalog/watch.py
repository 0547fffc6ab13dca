"""Watch the suppliers: a fault and its end are told once each, and sales pause and resume."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.base.clock import Clock, is_over
from bot.base.ids import SupplierName
from bot.base.keys import supplier_cause
from bot.base.money import Money
from bot.catalog import standing
from bot.catalog.alerts.low_balance import LowMark
from bot.catalog.standing import SupplierState
from bot.catalog.switches import outage
from bot.db.database import Database
from bot.db.tx import Tx
from bot.outbox.notices import SupplierAlert, SupplierCause
from bot.outbox.supplier_notices import LowBalance, LowReason
from bot.outbox.tell import Alerts
from bot.suppliers.errors import (
    Malformed,
    NotSent,
    RefusalKind,
    Refused,
    SupplierError,
    Unreadable,
)
from bot.suppliers.port import Balance, Supplier, Suppliers

_QUIET: Final = timedelta(minutes=5)
"""How long a supplier must have been up before it is told again that it is down."""
_CALM: Final = timedelta(minutes=2)
"""How long no process may have seen a supplier down before it is said to be back.

Processes see different things: calls of one may fail while those of another pass. A supplier that
comes and goes within this time is one outage.
"""
_BUSY: Final = timedelta(minutes=5)
"""How long an order may be asked to wait before operators are told."""
_CONTRADICTED: Final = timedelta(hours=1)
"""How long a cause that readings contradict must be away before its end is told, or it anew."""
_UNREAD: Final = timedelta(minutes=6)
"""How long a balance may be unknown while the supplier answers otherwise; read every five."""


@dataclass(frozen=True, slots=True)
class WatchSuppliers:
    """Health, key, wallet and currency of every supplier, as alerts and pauses.

    `refused_cost` is what the newest order refused for lack of our money should have cost,
    `low_mark` finds the balance below which operators are alerted.
    """

    suppliers: Suppliers
    db: Database
    alerts: Alerts
    clock: Clock
    currency: str
    refused_cost: Callable[[Tx, SupplierName], Money | None]
    low_mark: Callable[[SupplierName], Awaitable[LowMark | None]] | None = None

    async def look_at_health(self) -> None:
        """Tell operators once when a supplier falls and once when it is back."""
        for supplier in self.suppliers.values():
            await self._health(supplier)

    async def _health(self, supplier: Supplier) -> None:
        health = supplier.health
        cause, now = supplier_cause(SupplierCause.DOWN, supplier.name), self.clock.now()
        if health.down_since is not None:
            alert = SupplierAlert(supplier.name, SupplierCause.DOWN, words=health.why)
            await self.alerts.begin(cause, alert, quiet=_QUIET)
            if is_over(health.down_since, self.db.settings.patience, now):
                await outage.begin(self.db, supplier.name)
        elif health.answered_at is not None:
            over = SupplierAlert(supplier.name, SupplierCause.DOWN, over=True)
            calm_since = min(now - _CALM, health.answered_at)
            await self.alerts.end(cause, over, unless_seen_since=calm_since)
            await outage.end(self.db, supplier.name)

    async def is_paused(self, supplier: SupplierName) -> bool:
        """Whether orders not sent yet are kept away, beside new sales."""
        return await self.db.read(standing.holds_orders, supplier)

    async def refused(self, supplier: SupplierName, no: Refused) -> None:
        """Pause a supplier whose refusal is about our key or our money there."""
        if (
            no.kind is RefusalKind.BAD_KEY
            and SupplierCause.KEY not in (await self.db.read(standing.state, supplier)).pauses
        ):
            is_partly = await self._takes_key(supplier)  # for other things than what was asked
            await self._pause(supplier, SupplierCause.KEY, cause="key-partly" if is_partly else "")
        elif no.kind is RefusalKind.EMPTY_WALLET:
            await self._pause(supplier, SupplierCause.WALLET)

    async def asked_to_wait(self, supplier: SupplierName, waited: timedelta) -> None:
        """Tell operators of a supplier that has made an order wait for five minutes."""
        if waited >= _BUSY:
            alert = SupplierAlert(supplier, SupplierCause.BUSY)
            await self.alerts.begin(supplier_cause(SupplierCause.BUSY, supplier), alert)

    async def took_an_order(self, supplier: SupplierName) -> None:
        """Tell operators that a supplier takes orders again, if they were told of its wait."""
        over = SupplierAlert(supplier, SupplierCause.BUSY, over=True)
        await self.alerts.end(supplier_cause(SupplierCause.BUSY, supplier), over)

    async def read_balance(self, supplier: Supplier) -> Balance:
        """Read the operator's balance, remember it, lift what it heals. Raises SupplierError."""
        try:
            balance = await supplier.balance()
        except SupplierError as failure:
            if isinstance(failure, Refused) and failure.kind is RefusalKind.BAD_KEY:
                await self._pause(supplier.name, SupplierCause.KEY)
            elif isinstance(failure, Refused):
                await self.refused(supplier.name, failure)
            elif isinstance(failure, Unreadable):  # no order could leave
                await self._pause(supplier.name, SupplierCause.UNREAD, failure.why)
            await self._mind_unread(supplier, failure)
            raise
        before = await self.db.read(standing.state, supplier.name)
        await self.db.write(standing.note_balance, supplier.name, balance)
        await self._resume(supplier.name, SupplierCause.UNREAD)
        over = SupplierAlert(supplier.name, SupplierCause.UNREAD, over=True)
        await self.alerts.end(supplier_cause(SupplierCause.UNREAD, supplier.name), over)
        await self._resume(supplier.name, SupplierCause.KEY)
        await self._end_when_calm(supplier.name, SupplierCause.KEY, "key-partly")
        await self._mind_wallet(supplier.name, before, balance)
        await self._mind_currency(supplier.name, balance)
        await self._mind_low(supplier.name, balance)
        return balance

    async def _mind_unread(self, supplier: Supplier, failure: SupplierError) -> None:
        """Tell operators of a balance that stays unread: without it no order leaves."""
        is_told = isinstance(failure, Refused) and failure.kind is RefusalKind.BAD_KEY
        is_told = is_told or isinstance(failure, Unreadable)
        if is_told or isinstance(failure, NotSent) or supplier.health.down_since is not None:
            return
        state, now = await self.db.read(standing.state, supplier.name), self.clock.now()
        if state.read_at is None:  # nothing of it is on sale
            return
        if state.balance_at is None or is_over(state.balance_at, _UNREAD, now):
            alert = SupplierAlert(supplier.name, SupplierCause.UNREAD, words=in_words(failure))
            await self.alerts.begin(supplier_cause(SupplierCause.UNREAD, supplier.name), alert)

    async def _mind_wallet(
        self, supplier: SupplierName, before: SupplierState, balance: Balance
    ) -> None:
        """Sell on when the balance has risen, or covers what was refused for lack of it."""
        if before.balance is not None and balance.amount > before.balance.amount:
            await self._resume(supplier, SupplierCause.WALLET)
        elif SupplierCause.WALLET in before.pauses:
            refused = await self.db.read(self.refused_cost, supplier)
            if refused is None or balance.amount < refused.decimal:
                return
            await self.db.write(standing.resume, supplier, SupplierCause.WALLET)
        await self._end_when_calm(supplier, SupplierCause.WALLET, "wallet")

    async def _mind_currency(self, supplier: SupplierName, balance: Balance) -> None:
        """Pause a supplier whose balance is in another currency than the shop's, and resume it."""
        if balance.currency == self.currency:
            await self._resume(supplier, SupplierCause.CURRENCY)
        else:
            await self._pause(
                supplier, SupplierCause.CURRENCY, balance.currency, quiet=_CONTRADICTED
            )

    async def _mind_low(self, supplier: SupplierName, balance: Balance) -> None:
        mark = None if self.low_mark is None else await self.low_mark(supplier)
        if mark is None:
            return
        is_own = mark.why is LowReason.OWN
        if not is_own and balance.currency != self.currency:  # costs are in the shop's
            return
        cause, amount = supplier_cause(SupplierCause.LOW, supplier), balance.amount
        if amount < mark.amount:
            low = LowBalance(supplier, amount, balance.currency, mark.amount, mark.why)
            # A mark that moves must not tell of one balance again and again.
            quiet = timedelta() if is_own else _CONTRADICTED
            await self.alerts.begin(cause, low, quiet=quiet)
        else:
            words = f"{amount:f} {balance.currency}"
            over = SupplierAlert(supplier, SupplierCause.LOW, over=True, words=words)
            await self.alerts.end(cause, over)

    async def _takes_key(self, supplier: SupplierName) -> bool:
        """Whether the key that one action refused is good for another; unknown is no."""
        asked = self.suppliers.get(supplier)
        if asked is None:
            return False
        try:
            await asked.balance()
        except SupplierError:
            return False
        return True

    async def _pause(
        self,
        supplier: SupplierName,
        about: SupplierCause,
        words: str = "",
        *,
        cause: str = "",
        quiet: timedelta = timedelta(),
    ) -> None:
        await self.db.write(standing.pause, supplier, about)
        alert = SupplierAlert(supplier, about, words=words)
        await self.alerts.begin(supplier_cause(cause or about, supplier), alert, quiet=quiet)

    async def _resume(self, supplier: SupplierName, about: SupplierCause) -> None:
        if await self.db.write(standing.resume, supplier, about):
            alert = SupplierAlert(supplier, about, over=True)
            await self.alerts.end(supplier_cause(about, supplier), alert)

    async def _end_when_calm(
        self, supplier: SupplierName, about: SupplierCause, cause: str
    ) -> None:
        """End a cause that the balance contradicts, once no process has met it for an hour."""
        over, now = SupplierAlert(supplier, about, over=True), self.clock.now()
        calm = now - _CONTRADICTED
        await self.alerts.end(supplier_cause(cause, supplier), over, unless_seen_since=calm)


def in_words(failure: SupplierError) -> str:
    """What the supplier said or answered; empty for other failures."""
    if isinstance(failure, Refused):
        return failure.said
    return failure.why if isinstance(failure, Malformed) else ""
