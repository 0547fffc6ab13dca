"""Rows of the outbox in a test's words."""

from __future__ import annotations

from bot.base.ids import CustomerId
from bot.outbox import store
from bot.outbox import tell as post
from bot.outbox.notices import AnyNotice, Credited
from bot.outbox.store import Outgoing
from tests.stored_shop import Books

CREDITED = Credited(1, 1)


async def tell(books: Books, chat: CustomerId, key: str, notice: AnyNotice = CREDITED) -> None:
    await books.db.write(post.tell, chat, key, notice)


async def claim(books: Books, limit: int = 50) -> list[Outgoing]:
    return list(await books.db.write(store.claim, limit))


async def sent(books: Books, row: Outgoing) -> None:
    await books.db.write(store.sent, row, 77)
