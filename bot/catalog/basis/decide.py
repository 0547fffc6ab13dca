"""An operator says how many units a rate is for, or leaves it to the settings again."""

from __future__ import annotations

from sqlalchemy import delete, select

from bot.base.acts import Act, Permission
from bot.base.basis import Basis
from bot.base.ids import SupplierName
from bot.catalog.standing import lock_supplier
from bot.catalog.store import bump_version
from bot.catalog.tables import bases
from bot.db.tx import Tx, insert_for
from bot.people.audit import note_act
from bot.people.operators import check_act


def set_basis(tx: Tx, act: Act, supplier: SupplierName, name: str, basis: Basis | None) -> bool:
    """Set the basis of what this name stands for, None for the settings' own; whether it is new.

    It counts for prices that are asked from now on; open ones stay as they are. Raises NotAllowed.
    """
    check_act(tx, act, Permission.SHOP)
    lock_supplier(tx, supplier)
    mine = (bases.c.supplier == supplier) & (bases.c.name == name)
    before = tx.execute(select(bases.c.basis).where(mine)).scalar_one_or_none() or ""
    after = "" if basis is None else str(basis)
    if before == after:
        return False
    if basis is None:
        tx.execute(delete(bases).where(mine))
    else:
        values = {"basis": after, "at": tx.now}
        row = insert_for(tx, bases).values(supplier=supplier, name=name, **values)
        tx.execute(row.on_conflict_do_update(index_elements=["supplier", "name"], set_=values))
    subject = f"supplier:{supplier}" + (f" {name}" if name else "")
    note_act(tx, act.actor, "set basis", subject, before, after)
    bump_version(tx)
    return True
