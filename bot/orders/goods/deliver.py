"""Goods and codes: sealed as they come, sent into their customer's chat, unsealed to be shown."""

from __future__ import annotations

import msgspec
from sqlalchemy import insert, select, update

from bot.base.ids import OrderId
from bot.base.keys import delivery_key
from bot.db.tx import Tx, TxSettings
from bot.orders.goods.fingerprints import note_units
from bot.orders.kinds import Kinds
from bot.orders.rows import OrderRow
from bot.orders.tables import goods, orders
from bot.outbox.notices import CodeArrived, GoodsArrived
from bot.outbox.tell import refresh_card, tell


def deliver(
    tx: Tx,
    row: OrderRow,
    notice: GoodsArrived | CodeArrived,
    brought: tuple[str, ...],
    *,
    count: int,
    delivered: int,
) -> None:
    """Seal `count` units that an order brought as one batch, and send it into its customer's chat.

    `delivered` is how many units the customer has now, as the supplier's newest list says.
    """
    sealed = tx.settings.sealer.seal(msgspec.json.encode(brought).decode())
    named = brought if isinstance(notice, GoodsArrived) else ()  # a code names nobody
    marked = note_units(tx, row.id, notice.batch, named)
    line = {"order_id": row.id, "batch": notice.batch, "count": count, "at": tx.now}
    tx.execute(insert(goods).values(sealed=sealed, marked=marked, **line))
    counted = {"batches": notice.batch, "delivered": delivered}
    tx.execute(update(orders).where(orders.c.id == row.id).values(counted))
    mark = tx.part(Kinds)[row.kind].delivery_mark
    tell(tx, row.customer, delivery_key(mark, row.id, notice.batch), notice)
    refresh_card(tx, row.customer, row.id)


def known_goods(tx: Tx, order: OrderId) -> tuple[str, ...]:
    """All goods of an order so far, in the order they came, unsealed."""
    query = select(goods.c.sealed).where(goods.c.order_id == order).order_by(goods.c.batch)
    batches = tx.execute(query).scalars()
    return tuple(account for batch in batches for account in unsealed(tx.settings, batch))


def unsealed(settings: TxSettings, sealed: str) -> tuple[str, ...]:
    """One batch's goods."""
    return msgspec.json.decode(settings.sealer.unseal(sealed), type=tuple[str, ...])
