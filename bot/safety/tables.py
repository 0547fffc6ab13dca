"""Every table of the shop, for what looks at all of them."""

from __future__ import annotations

from typing import Final

from bot.broadcasts import tables as broadcasts
from bot.catalog import tables as catalog
from bot.db import jobs, meta, replicas, updates
from bot.db.schema import metadata
from bot.desk.exports import tables as exports
from bot.money import tables as money
from bot.numbers import tables as numbers
from bot.orders import tables as orders
from bot.orders.sales import tables as sales
from bot.outbox import tables as outbox
from bot.people import tables as people

__all__ = ["ROOMS", "metadata"]

ROOMS: Final = (
    *(broadcasts, catalog, exports, jobs, meta, money, numbers),
    *(orders, outbox, people, replicas, sales, updates),
)
"""The modules that define them; `metadata` knows a table once its module is imported."""
