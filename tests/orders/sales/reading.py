"""What is read of the sums."""

from __future__ import annotations

from bot.desk.stats.read import Span, Stats, read_stats
from bot.orders.sales.days import day_of
from tests.stored_shop import Books


async def reads(books: Books, first: int, last: int) -> Stats:
    return await books.db.read(read_stats, Span(first, last))


def today(books: Books) -> int:
    return day_of(books.now, books.db.settings.zone)
