"""An operator's word about a supplier's new price: sell at it, or keep the service hidden."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from bot.base.acts import Act, Permission
from bot.base.errors import TooLate
from bot.base.ids import SupplierName
from bot.catalog.rises.rows import PriceRise, list_rises
from bot.catalog.standing import lock_supplier
from bot.catalog.store import bump_version
from bot.catalog.tables import price_rises
from bot.db.tx import Tx
from bot.people.audit import note_act
from bot.people.operators import check_act


def confirm_price(tx: Tx, act: Act, rise: int) -> None:
    """Sell a service at its new rate. Raises TooLate where the rate is another one by now."""
    row = _lock(tx, act, rise)
    tx.execute(delete(price_rises).where(price_rises.c.id == rise))
    _note(tx, act, "confirm price", row)
    bump_version(tx)


def keep_hidden(tx: Tx, act: Act, rise: int) -> None:
    """Leave a service hidden until its rate returns; nobody is asked for it any more.

    Raises TooLate where the rate is another one by now.
    """
    row = _lock(tx, act, rise)
    if row.kept:
        return
    tx.execute(update(price_rises).where(price_rises.c.id == rise).values(kept=True))
    _note(tx, act, "keep price hidden", row)


def confirm_all(tx: Tx, act: Act, supplier: SupplierName, newest: int) -> int:
    """Sell at their new rates all that waits of a supplier, up to the newest rise that was seen.

    How many; what is kept hidden stays so, and what rose since then waits on.
    """
    check_act(tx, act, Permission.SUPPLIERS)
    lock_supplier(tx, supplier)
    seen = [row for row in list_rises(tx, supplier) if row.id <= newest and not row.kept]
    if not seen:
        return 0
    tx.execute(delete(price_rises).where(price_rises.c.id.in_([row.id for row in seen])))
    note_act(tx, act.actor, "confirm prices", f"supplier:{supplier}", "", str(len(seen)))
    bump_version(tx)
    return len(seen)


def _lock(tx: Tx, act: Act, rise: int) -> PriceRise:
    """The rise as it stands, while no reading of its supplier's rates is stored."""
    check_act(tx, act, Permission.SUPPLIERS)
    whose = select(price_rises.c.supplier).where(price_rises.c.id == rise)
    supplier = tx.execute(whose).scalar_one_or_none()
    if supplier is None:
        raise TooLate
    lock_supplier(tx, supplier)
    row = next((one for one in list_rises(tx, supplier) if one.id == rise), None)
    if row is None:
        raise TooLate
    return row


def _note(tx: Tx, act: Act, action: str, row: PriceRise) -> None:
    before, after = (f"{rate.normalize():f}" for rate in (row.before, row.after))
    note_act(tx, act.actor, action, f"service:{row.service}", before, after)
