"""The worker of broadcasts: slower than Telegram allows, and after everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.base.ids import CustomerId
from bot.broadcasts.choose import choose_some
from bot.broadcasts.claims import (
    LONGEST,
    Answer,
    Answered,
    Nobody,
    PauseReason,
    Taken,
    note_answer,
    others_wait,
    postpone_broadcast,
    take_after,
    take_next,
)
from bot.broadcasts.read import UnderWay, find_under_way
from bot.broadcasts.states import BroadcastState
from bot.db.database import Database
from bot.outbox.sender import SendingPace, growing_wait

log = structlog.stdlib.get_logger(__name__)

_AT_ONCE: Final = 20
"""Messages of one step: it ends soon where the process is to end."""
_GOES_ON: Final = {Answered.SENT, Answered.UNREACHABLE, Answered.REFUSED}
"""After these the next recipient is taken at once, if the broadcast runs still."""
_IDLE_S: Final = 0.3
_LONGEST_IDLE_S: Final = 5.0
_LOOK_S: Final = 0.1
_LOOKS: Final = 20
_SEND_WITHIN_S: Final = 40.0
_ROOM_WITHIN_S: Final = 20.0
_LONGEST_TURN_S: Final = 5.0
"""The pace of one chat never asks for more."""


@dataclass(frozen=True, slots=True)
class SendBroadcasts:
    """Sends what runs, one message after another.

    `send` brings a message to its recipient and raises nothing that Telegram can say, `reaches`
    asks Telegram for a sign of life, `find_room` waits so many seconds at most until few
    enough messages and answers have left this process, `hold` gives
    what says whether this process still has what it claimed, `lost_sight` is told of who cannot be
    reached.
    """

    db: Database
    send: Callable[[Taken], Awaitable[Answer]]
    reaches: Callable[[], Awaitable[bool]]
    pace: SendingPace
    find_room: Callable[[float], Awaitable[bool]]
    hold: Callable[[], Callable[[], bool]]
    lost_sight: Callable[[CustomerId], None]

    async def step(self) -> int:
        """Choose some recipients, or send some messages; how many."""
        under_way = await self.db.read(find_under_way)
        if under_way is None or not self._is_due(under_way):
            return 0
        if under_way.state is BroadcastState.CHOOSING:
            return await self.db.write(choose_some)
        if under_way.tries and not await self.reaches():
            await self.db.write(postpone_broadcast, under_way.id, growing_wait(under_way.tries))
            return 0
        return await self._send_some()

    async def idle_s(self) -> float:
        """How long to wait when nothing could be sent."""
        under_way = await self.db.read(find_under_way)
        if under_way is None:
            return _LONGEST_IDLE_S
        left = (under_way.due_at - self.db.clock.now()).total_seconds()
        return min(max(left, _IDLE_S), _LONGEST_IDLE_S)

    def _is_due(self, under_way: UnderWay) -> bool:
        now = self.db.clock.now()
        return not timedelta() < under_way.due_at - now <= LONGEST

    async def _send_some(self) -> int:
        """At most so many as fit one step; what was taken is always answered for."""
        is_held, sent = self.hold(), 0
        taken = await self._take_in_turn()
        while isinstance(taken, Taken):
            answer = await self._answer(taken, is_held)
            sent += 1
            if sent >= _AT_ONCE or answer.fate not in _GOES_ON:
                await self.db.write(note_answer, taken, answer)
                return sent if answer.fate is Answered.SENT else 0
            found = await self.db.write(take_after, taken, answer)
            taken = await self._take_in_turn() if found is Nobody.OTHERS else found
        return sent

    async def _take_in_turn(self) -> Taken | Nobody:
        """The next recipient, once whatever else is to be sent has left."""
        for _ in range(_LOOKS):
            if not await self.db.read(others_wait):
                found = await self.db.write(take_next)
                if found is not Nobody.OTHERS:
                    return found
            await asyncio.sleep(_LOOK_S)
        return Nobody.OTHERS

    async def _answer(self, taken: Taken, is_held: Callable[[], bool]) -> Answer:
        """Send one message within the pace of its chat and of all."""
        now = self.db.clock.now()
        turn_s = (self.pace.ready_at(taken.customer, now, keeps=1) - now).total_seconds()
        if turn_s > 0:
            await asyncio.sleep(min(turn_s, _LONGEST_TURN_S))
        await self.pace.take(taken.customer, now, is_last=True)
        if not await self.find_room(_ROOM_WITHIN_S) or not is_held():
            return Answer(Answered.NOT_SENT)
        answer = await self._send(taken)
        if answer.fate is Answered.UNREACHABLE:
            self.lost_sight(taken.customer)
        return answer

    async def _send(self, taken: Taken) -> Answer:
        try:
            async with asyncio.timeout(_SEND_WITHIN_S):
                return await self.send(taken)
        except TimeoutError:
            return Answer(Answered.UNSURE, growing_wait(taken.tries), "timeout")
        except Exception:  # what breaks for one would break for all: nobody else is tried
            log.exception("broadcast_broke", broadcast=taken.broadcast)
            return Answer(Answered.BROKEN, why=PauseReason.BROKEN)
