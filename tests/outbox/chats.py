"""The outbox on a database, and chats that take what a sender brings, or do not."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from sqlalchemy import select

from bot.base.ids import CustomerId
from bot.db.tx import Tx
from bot.outbox import store, tell
from bot.outbox.notices import AnyNotice
from bot.outbox.sender import SendOutcome, SendResult
from bot.outbox.store import Outgoing
from bot.outbox.tables import outbox as rows
from tests.stored_shop import Books


@dataclass
class Chats:
    """What is told to whom, and how its carrying ends: well, unless answers were put down.

    `carry` stands where the notifier does, whose answers to all that Telegram can say are tried in
    tests/chat/desk.
    """

    books: Books
    carried: list[Outgoing] = field(default_factory=list)
    _answers: dict[int, deque[SendResult | Exception]] = field(default_factory=dict)
    _keys: count[int] = field(default_factory=count)

    async def tells(self, chat: int, notice: AnyNotice) -> int:
        """Queue a notice; the number of its row."""
        return await self.books.db.write(_tell, CustomerId(chat), str(next(self._keys)), notice)

    def will(self, chat: int, *answers: SendResult | Exception) -> None:
        """The next carryings into a chat end so."""
        self._answers[chat] = deque(answers)

    async def send(self, row: Outgoing) -> SendResult:
        self.carried.append(row)
        answers = self._answers.get(row.chat)
        if not answers:
            return SendResult(SendOutcome.SENT, message=1000 + row.id)
        answer = answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def messages(self) -> dict[int, int | None]:
        """Which rows were sent, and the messages they became."""
        return await self.books.db.read(_messages)

    async def state(self, row: int) -> tuple[str, str]:
        """Where a row stands, and why."""
        [found] = await self.books.sql(f"SELECT state, why FROM outbox WHERE id = {row:d}")  # noqa: S608 - a number
        return found[0], found[1]

    async def next_due(self) -> datetime | None:
        return await self.books.db.read(store.next_due)


def _tell(tx: Tx, chat: CustomerId, key: str, notice: AnyNotice) -> int:
    tell.tell(tx, chat, key, notice)
    return int(tx.execute(select(rows.c.id).where(rows.c.dedup_key == key)).scalar_one())


def _messages(tx: Tx) -> dict[int, int | None]:
    query = select(rows.c.id, rows.c.message).where(rows.c.state == "sent")
    return {row.id: row.message for row in tx.execute(query)}
