"""What customers looked for last, kept so that a card leads back to where it was found."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select

from bot.base.ids import CustomerId
from bot.catalog.tables import searches
from bot.db.tx import Tx

_KEPT: Final = 20
"""So many searches of each customer are kept; a tap on an older one asks what to look for."""


def store_search(tx: Tx, customer: CustomerId, query: str) -> int:
    """The id of this search; what was looked for just before is not written again."""
    mine = searches.c.customer == customer
    newest = select(searches.c.id, searches.c.query).where(mine).order_by(searches.c.id.desc())
    kept = tx.execute(newest.limit(_KEPT)).all()
    if kept and tx.settings.unseal(kept[0].query) == query:
        return int(kept[0].id)
    if len(kept) == _KEPT:
        tx.execute(delete(searches).where(mine, searches.c.id <= kept[-1].id))
    made = insert(searches).values(customer=customer, query=tx.settings.seal(query), at=tx.now)
    return int(tx.execute(made.returning(searches.c.id)).scalar_one())


def find_query(tx: Tx, customer: CustomerId, search: int) -> str | None:
    """What this customer looked for; None when it is forgotten, or somebody else's."""
    query = select(searches.c.query).where(
        searches.c.id == search, searches.c.customer == customer
    )
    sealed = tx.execute(query).scalar_one_or_none()
    return None if sealed is None else tx.settings.unseal(sealed)


def forget_searches(tx: Tx, made_before: datetime) -> int:
    """Forget what was looked for so long ago; how many rows."""
    return tx.execute(delete(searches).where(searches.c.at < made_before)).rowcount
