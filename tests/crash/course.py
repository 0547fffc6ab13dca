"""The course of a life as seen from outside: it opens, people tap Confirm, everything is done."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.chat.desk.taps import Decide
from bot.chat.kit.taps import OpenHome
from tests.crash.behaviour.behaviour import ClockStep
from tests.crash.books import Books
from tests.crash.clock import SharedClock
from tests.crash.deeds import ANY_MESSAGE, Deeds
from tests.crash.evidence import Evidence, read_evidence
from tests.crash.judge import unanswered, unfinished
from tests.crash.scene import Case, Wish
from tests.crash.surroundings import Surroundings
from tests.crash.waiting import until_known
from tests.crash.wares import LOOKER, OPERATORS, TYPIST

_PATIENCE_S: Final = 30.0
_LOOK_EVERY_S: Final = 0.1
_LOST_AFTER_S: Final = 3.0
"""Whatever stands still for longer waits for a leap that came too early on a busy machine."""
_MICROSECOND: Final = timedelta(microseconds=1)
_A_STEP_STANDS_S: Final = 2.0
_UPKEEP: Final = """
    SELECT min(read_at), min(balance_at), max(numbers_read_at) FROM suppliers"""


class Course:
    """What is waited for in each life of a trial; the leaps of its scene are used up once.

    `taps` are those of the present life, `is_open` whether it has come to ask for updates.
    """

    def __init__(
        self, around: Surroundings, clock: SharedClock, wishes: tuple[Wish, ...], books: Books
    ) -> None:
        self._around = around
        self._clock = clock
        self._books = books
        self._case = Case(wishes, around, Path())
        leaps = wishes[0].behaviour.leaps if len(wishes) == 1 else ()
        self._leaps = deque(leaps)
        self._again = next((leap for leap in leaps[-1:] if isinstance(leap, timedelta)), None)
        self._trace = Path()
        self.taps: tuple[str, ...] = ()
        self.is_open = False
        self._falls = 0
        self._calls = 0
        self._stands_until = 0.0
        self._began = clock.now()
        self._decided: set[int] = set()
        self._deeds = Deeds(around, wishes)

    def begins(self, trace: Path, case: Case) -> None:
        """A new life is about to begin."""
        self._trace, self._case = trace, case
        self._calls = len(self._around.telegram.calls)
        self._began = self._clock.now()
        self._decided.clear()
        self._deeds.begins()
        self.taps, self.is_open = (), False

    async def until_open(self) -> None:
        """Wait until the bot is about to ask for updates."""
        await self._around.until_polled_anew(self._calls)
        self.is_open = True

    async def until_settled(self) -> None:
        """Wait until a start's own readings are written: they are no steps of an order's way."""
        await until_known(self._is_settled, _PATIENCE_S)

    async def _is_settled(self) -> bool:
        [[moments]] = await self._books.look(_UPKEEP)
        began = _micros(self._began)
        return all(moment is not None and moment >= began for moment in moments)

    def everybody_taps(self) -> None:
        """Tap every Confirm, as it was on the screen in the beginning."""
        self._falls = self._books.falls
        telegram = self._around.telegram
        known = set(telegram.queries)
        for wish in self._case.wishes:
            message = wish.card.message.message_id
            telegram.people[wish.ware.guest].taps_raw(wish.card.tap, message)
            if wish.behaviour.others_look:
                telegram.people[LOOKER].taps_raw(OpenHome().pack(), wish.looked_at.message_id)
                telegram.people[TYPIST].sends("/start")
        self.taps += tuple(query for query in telegram.queries if query not in known)

    async def goes(self, patience_s: float) -> None:
        """Wait until everything is done and quiet, or for as long as our patience lasts.

        After each fall of the server everybody taps once more.
        """
        before, since_s = object(), time.monotonic()
        ends = time.monotonic() + patience_s
        while time.monotonic() < ends:
            evidence, stands = await read_evidence(self._books), self._stands()
            if self._books.falls > self._falls:
                self._decided.clear()
                self._deeds.begins()
                self.everybody_taps()
            self._desk_goes_on(evidence)
            if stands != before:
                before, since_s = stands, time.monotonic()
            elif not self._is_left(evidence):
                return
            else:
                is_late = time.monotonic() - since_s > _LOST_AFTER_S
                if is_late and not self._leaps and self._again is not None:
                    self._leaps.append(self._again)
                self._leaps_if_idle(evidence)
            await asyncio.sleep(_LOOK_EVERY_S)

    def _desk_goes_on(self, evidence: Evidence) -> None:
        """What operators have to do now; the taps about money are to be answered as all others."""
        self._operator_decides(evidence)
        known = set(self._around.telegram.queries)
        self._deeds.go_on(evidence)
        self.taps += tuple(one for one in self._around.telegram.queries if one not in known)

    def _operator_decides(self, evidence: Evidence) -> None:
        """An operator taps the second button of a decision, once in each life or after a fall."""
        for wish in self._case.wishes:
            for order in evidence.orders_of(wish.card.quote):
                act = wish.behaviour.decision
                if act is None or order.id in self._decided or not wish.is_to_be_decided(order):
                    continue
                self._decided.add(order.id)
                tap = Decide(order=order.id, act=act, attempt=order.attempt, sure=True)
                self._around.telegram.people[OPERATORS[0]].taps_raw(tap.pack(), ANY_MESSAGE)

    def _stands(self) -> object:
        """Equal at two looks when nothing happened between them."""
        written = self._trace.stat().st_size if self._trace.exists() else 0
        return len(self._around.telegram.calls), written

    def _is_left(self, evidence: Evidence) -> bool:
        is_out = any(supplier.faults.hanging for supplier in self._around.suppliers)
        is_open = next(unanswered(self._around, self.taps), None) is not None
        return is_out or is_open or next(unfinished(self._case, evidence), None) is not None

    def _leaps_if_idle(self, evidence: Evidence) -> None:
        """Turn the clock when nothing but time is waited for; a step of it stands for a while."""
        if not self._leaps or time.monotonic() < self._stands_until:
            return
        if evidence.replicas > 1 or any(row.state == "pending" for row in evidence.outbox):
            return
        now = _micros(self._clock.now())
        mine = [one for wish in self._case.wishes for one in evidence.orders_of(wish.card.quote)]
        due = [at for one in mine for at in (one.due_at, one.look_at) if at is not None]
        wait = timedelta(microseconds=min(due, default=now) - now)
        if not mine or any(one.is_about_to_leave for one in mine) or wait <= timedelta(0):
            return
        leap = self._leaps.popleft()
        if isinstance(leap, ClockStep):
            self._clock.step(leap.by)
            self._stands_until = time.monotonic() + _A_STEP_STANDS_S
        else:  # by a wrong clock nothing says how long is to be waited
            self._clock.leap(leap if self._clock.off else max(wait, leap))


def _micros(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)
