"""Active orders in a test's words: two of them, and what was told of orders."""

from bot.base.ids import CustomerId
from bot.orders.settle import Due
from bot.outbox.notices import AnyNotice, Credited, OrderCard
from bot.outbox.store import decode
from tests.stored_shop import ALICE, Books


async def two(books: Books, quantity: int = 1) -> tuple[Due, Due]:
    """Two active orders of alice's."""
    first = await books.has_active(quantity=quantity, total=str(quantity))
    return first, await books.has_active(quantity=quantity, total=str(quantity))


async def told(books: Books, chat: CustomerId = ALICE) -> list[AnyNotice]:
    """Everything queued for a chat, in order, cards and credit left out."""
    rows = await books.sql(f"SELECT notice FROM outbox WHERE chat = {chat} ORDER BY id")  # noqa: S608 - a number
    notices = [decode(row[0]) for row in rows]
    return [notice for notice in notices if not isinstance(notice, OrderCard | Credited)]
