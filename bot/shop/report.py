"""Report the suppliers to an operator: health, money there, what is on sale and what is hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.acts import Act
from bot.domain.catalog import Service
from bot.domain.errors import WhyNotForSale
from bot.domain.ids import ServiceId, SupplierName
from bot.domain.keys import charge_cause, supplier_cause
from bot.domain.pricing import expected_cost
from bot.shop.browse import OpenShelf
from bot.shop.suppliers import Suppliers
from bot.shop.views import SupplierReport
from bot.storage import catalog_rows, supplier_rows
from bot.storage.audit_log import note_act
from bot.storage.database import Database
from bot.storage.operators import check_act
from bot.storage.post import end_alert
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class ReportSuppliers:
    """What `/suppliers` and `python -m bot check` tell."""

    suppliers: Suppliers
    db: Database
    shelf: OpenShelf

    async def __call__(self) -> tuple[SupplierReport, ...]:
        """One report a supplier, in the order of the settings."""
        return tuple([await self._one(supplier.name) for supplier in self.suppliers])

    async def _one(self, name: SupplierName) -> SupplierReport:
        state = await self.db.read(supplier_rows.state, name)
        hidden = self.shelf.now.hidden_reasons().get(name, Counter())
        ours = [one for one in self.shelf.now.services() if one.supplier == name]
        return SupplierReport(
            name=name,
            health=self.suppliers[name].health,
            pauses=state.pauses,
            balance=state.balance,
            balance_at=state.balance_at,
            read_at=state.read_at,
            on_sale=sum(1 for one in ours if one.hidden is None),
            hidden=tuple(sorted(hidden.items())),
            basis_advice=tuple(basis_advice(ours)),
        )


def resume_supplier(tx: Tx, act: Act, name: SupplierName) -> bool:
    """An operator's word that sales of a supplier may go on; whether anything was paused."""
    check_act(tx, act)
    pauses = supplier_rows.state(tx, name).pauses
    for pause in pauses:
        supplier_rows.resume(tx, name, pause)
        for told in (pause, f"{pause}-partly"):
            end_alert(tx, supplier_cause(told, name), None)
    if pauses:
        note_act(tx, act.actor, "resume", f"supplier:{name}", ",".join(pauses))
    return bool(pauses)


def resume_service(tx: Tx, act: Act, service: ServiceId) -> bool:
    """An operator's word that a service whose charge was off may be sold again."""
    check_act(tx, act)
    resumed = catalog_rows.resume_service(tx, service)
    end_alert(tx, charge_cause(service), None)
    if resumed:
        note_act(tx, act.actor, "resume", f"service:{service}")
    return resumed


def basis_advice(services: Iterable[Service], most: int = 3) -> list[str]:
    """For services without a basis: what one minimum order costs under 1 and under 1000."""
    unknown = [one for one in services if one.hidden is WhyNotForSale.UNKNOWN_BASIS]
    return [_advice(one) for one in unknown[:most]]


def _advice(service: Service) -> str:
    row = service.listed
    per_one = expected_cost(row.rate, 1, row.least).decimal.normalize()
    per_thousand = expected_cost(row.rate, 1000, row.least).decimal.normalize()
    return f"#{row.remote_id} {row.name[:60]}: {row.least} cost {per_one:f} or {per_thousand:f}"
