"""Whether a customer wants to be written to by broadcasts."""

from __future__ import annotations

from sqlalchemy import delete, exists, select

from bot.base.ids import CustomerId
from bot.broadcasts.tables import news_off
from bot.db.tx import Tx, insert_for


def set_news(tx: Tx, customer: CustomerId, *, wanted: bool) -> None:
    """Send a customer news from now on, or none."""
    if wanted:
        tx.execute(delete(news_off).where(news_off.c.customer == customer))
        return
    row = insert_for(tx, news_off).values(customer=customer, at=tx.now)
    tx.execute(row.on_conflict_do_nothing())


def gets_news(tx: Tx, customer: CustomerId) -> bool:
    """Whether broadcasts are sent to them."""
    off = exists().where(news_off.c.customer == customer)
    return not tx.execute(select(off)).scalar_one()
