"""Sums of what was sold, as steps of the migrations may meet them."""

from __future__ import annotations

from bot.orders.sales.keep import KeepSales
from tests.stored_shop import Books


async def counts_days(books: Books) -> None:
    """Days that were counted, and an order that has changed since."""
    books.wait(days=1)
    await KeepSales(books.db)()
    await books.sql("INSERT INTO sales_marks (order_id) SELECT min(id) FROM orders")
