"""An outbox in memory, a courier that does what it is told, and a clock one can turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.ids import CustomerId
from bot.shop.notices import AnyNotice, priority
from bot.shop.ports import Fate, Outgoing, Receipt


@dataclass
class TurnedClock:
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def turn(self, by: timedelta) -> None:
        self.at += by


@dataclass
class Waiting:
    row: Outgoing
    due_at: datetime
    leased: bool = False


@dataclass
class OutboxInMemory:
    clock: TurnedClock
    waiting: list[Waiting] = field(default_factory=list)
    messages: dict[int, int | None] = field(default_factory=dict)
    unreached: list[int] = field(default_factory=list)
    given_up: dict[int, str] = field(default_factory=dict)
    when_empty: Callable[[], None] = lambda: None

    def add(self, chat: int, notice: AnyNotice, tries: int = 0) -> int:
        row_id = len(self.waiting) + 1
        row = Outgoing(row_id, CustomerId(chat), notice, tries, 1, self.clock.at)
        self.waiting.append(Waiting(row, self.clock.at))
        return row_id

    def due_of(self, row_id: int) -> datetime:
        return self.waiting[row_id - 1].due_at

    async def broken(self, row: Outgoing, due_at: datetime, why: str, now: datetime) -> None:
        waiting = self.waiting[row.id - 1]
        waiting.leased, waiting.due_at = False, due_at

    async def claim(self, now: datetime, limit: int) -> tuple[Outgoing, ...]:
        open_rows = [one for one in self.waiting if not self._is_over(one) and one.due_at <= now]
        firsts: dict[CustomerId, Waiting] = {}
        for one in sorted(open_rows, key=lambda one: (priority(one.row.notice), one.row.id)):
            firsts.setdefault(one.row.chat, one)
        due = [one for one in firsts.values() if one.due_at <= now and not one.leased][:limit]
        if not due:
            self.when_empty()
        for one in due:
            one.leased = True
        return tuple(one.row for one in due)

    def _is_over(self, one: Waiting) -> bool:
        row_id = one.row.id
        return row_id in self.messages or row_id in self.unreached or row_id in self.given_up

    async def sent(self, row: Outgoing, message: int | None, now: datetime) -> None:
        self.messages[row.id] = message

    async def later(self, row: Outgoing, due_at: datetime) -> None:
        self.waiting[row.id - 1].leased = False
        for one in self.waiting:
            if one.row.chat == row.chat:
                one.due_at = max(one.due_at, due_at)

    async def step_back(self, row: Outgoing, due_at: datetime) -> None:
        waiting = self.waiting[row.id - 1]
        waiting.leased, waiting.due_at = False, due_at

    async def unreachable(self, row: Outgoing, now: datetime) -> None:
        self.unreached.append(row.id)

    async def dropped(self, row: Outgoing, why: str, now: datetime) -> None:
        self.given_up[row.id] = why

    async def next_due(self, now: datetime) -> datetime | None:
        times = [one.due_at for one in self.waiting if not self._is_over(one)]
        return min(times, default=None)


@dataclass
class ObedientCourier:
    """Carries everything, unless answers were put down for a chat."""

    answers: dict[int, deque[Receipt | Exception]] = field(default_factory=dict)
    carried: list[Outgoing] = field(default_factory=list)

    def will(self, chat: int, *answers: Receipt | Exception) -> None:
        self.answers[chat] = deque(answers)

    async def carry(self, row: Outgoing) -> Receipt:
        self.carried.append(row)
        answers = self.answers.get(row.chat)
        if not answers:
            return Receipt(Fate.SENT, message=1000 + row.id)
        answer = answers.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer
