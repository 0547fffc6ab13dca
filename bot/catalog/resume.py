"""Resume: an operator lets a paused supplier or service be sold again."""

from __future__ import annotations

from bot.base.acts import Act
from bot.base.ids import ServiceId, SupplierName
from bot.base.keys import charge_cause, supplier_cause
from bot.catalog import standing, store
from bot.db.tx import Tx
from bot.outbox.tell import end_alert
from bot.people.audit_log import note_act
from bot.people.operators import check_act


def resume_supplier(tx: Tx, act: Act, name: SupplierName) -> bool:
    """An operator's word that sales of a supplier may go on; whether anything was paused."""
    check_act(tx, act)
    pauses = standing.state(tx, name).pauses
    for pause in pauses:
        standing.resume(tx, name, pause)
        for told in (pause, f"{pause}-partly"):
            end_alert(tx, supplier_cause(told, name), None)
    if pauses:
        note_act(tx, act.actor, "resume", f"supplier:{name}", ",".join(pauses))
    return bool(pauses)


def resume_service(tx: Tx, act: Act, service: ServiceId) -> bool:
    """An operator's word that a service whose charge was off may be sold again."""
    check_act(tx, act)
    resumed = store.resume_service(tx, service)
    end_alert(tx, charge_cause(service), None)
    if resumed:
        note_act(tx, act.actor, "resume", f"service:{service}")
    return resumed
