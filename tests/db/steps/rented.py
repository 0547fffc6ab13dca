"""Rented numbers in every state that they can have."""

from datetime import timedelta

from bot.base.ids import OrderId
from bot.numbers import poll
from bot.numbers import settle as numbers
from bot.suppliers.words import Code
from tests.numbers.renting import CODE, rents
from tests.stored_shop import HSTOCK, Books
from tests.suppliers.fake_orders import number_says


async def rents_numbers(books: Books) -> None:
    """Closed with and without a code, expired, called off, and two that still live."""
    paid, _ = await rents(books, 2)
    await _look(books, "active", {paid: (CODE, Code("7", ""))})
    for minutes in (22, 11):
        books.wait(minutes=minutes)
        await books.db.write(numbers.end_overdue)
    (expired,) = await rents(books, 1)
    books.wait(minutes=22)
    await books.db.write(numbers.end_overdue)
    books.wait(seconds=20)
    await _look(books, "expired", {expired: (Code("9", "late"),)})
    await rents(books, 1)
    await _look(books, "canceled", {})
    received, waiting = await rents(books, 2)
    await _look(books, "active", {received: (CODE,)})
    books.wait(seconds=30)
    for due in await books.db.write(poll.claim, HSTOCK, 9):
        if due.order == waiting:
            await books.db.write(poll.missed, due, books.now + timedelta(seconds=5))


async def _look(books: Books, status: str, codes: dict[OrderId, tuple[Code, ...]]) -> None:
    for due in await books.db.write(poll.claim, HSTOCK, 9):
        seen = codes.get(due.order, ())
        await books.db.write(numbers.settle, due, number_says(status), seen)
