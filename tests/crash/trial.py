"""One trial: purchases, lives that are killed one after the other, a last one that finishes."""

from __future__ import annotations

import asyncio
import random
import zlib
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from multiprocessing.context import ForkServerContext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sandbox.telegram import Change
from tests.crash import weather
from tests.crash.behaviour.behaviour import Behaviour
from tests.crash.books import Books
from tests.crash.clock import SharedClock
from tests.crash.course import Course
from tests.crash.databases import Databases
from tests.crash.evidence import read_evidence
from tests.crash.figures import Figures, figures_of
from tests.crash.ground import Ground
from tests.crash.judge import violations
from tests.crash.lives import KILLED, Life, begin_life
from tests.crash.mortal import Orders
from tests.crash.observers import telegram_call
from tests.crash.scene import Case, Point, Wish, wishes_of
from tests.crash.steps import HEARD, TAKEN, Kill, Tally, read_trace
from tests.crash.surroundings import Surroundings, surroundings

_AWAY_S: Final = 2.0
"""How long a server stays away at most."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a trial.

    `kills` is how many lives were really killed before they were done, `falls` how often the
    server fell, `missed` those whose step was never reached. `steps` are those of the first life,
    inside and outside of it.
    """

    point: Point
    violations: tuple[str, ...]
    kills: int
    falls: int
    missed: tuple[Kill, ...]
    steps: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class Nursery:
    """Where trials take place: the fork server, the ground, databases and a folder for the rest.

    `patience_s` is how long in real time a life may take to bring everything to its end.
    """

    context: ForkServerContext
    ground: Ground
    databases: Databases
    place: Path
    patience_s: float = 90.0


async def run_trial(nursery: Nursery, point: Point, fault: str = "") -> Verdict:
    """Try one point, with a shop as it is or with a deliberate fault."""
    with TemporaryDirectory(prefix="trial-", dir=nursery.place) as name:
        folder = Path(name)
        clock = SharedClock.started(folder / "clock", nursery.ground.ended_at)
        async with (
            nursery.databases.copied(folder) as books,
            surroundings(clock.right) as around,
        ):
            trial = Trial(nursery, point, fault, folder, books, around, clock)
            await trial.runs()
            return await _judged(trial)


async def _judged(trial: Trial) -> Verdict:
    case, evidence = trial.case, await read_evidence(trial.books)
    return Verdict(
        point=trial.point,
        violations=(*trial.notes, *violations(case, evidence, await trial.books.prove())),
        kills=trial.kills,
        falls=trial.books.falls,
        missed=tuple(trial.missed),
        steps=tuple(trial.steps),
        figures=figures_of(case, evidence),
    )


@dataclass(slots=True)
class Trial:
    """The trial under way."""

    nursery: Nursery
    point: Point
    fault: str
    folder: Path
    books: Books
    around: Surroundings
    clock: SharedClock
    kills: int = 0
    slept: bool = False
    missed: list[Kill] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    wishes: tuple[Wish, ...] = ()
    _course: Course | None = None
    _life: Life | None = None
    _kill: Kill | None = None
    _tally: Tally = field(default_factory=Tally)
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _lives: int = 0

    @property
    def case(self) -> Case:
        """What the judge is to look at."""
        return Case(
            wishes=self.wishes,
            around=self.around,
            log=self.folder / "bot.log",
            kills=self.kills,
            falls=self.books.falls,
            slept=self.slept,
            taps=() if self._course is None else self._course.taps,
        )

    @property
    def _trace(self) -> Path:
        return self.folder / f"trace-{self._lives}"

    async def runs(self) -> None:
        """All lives, in the weather of the scene."""
        self.wishes = wishes_of(self.point.scene, self.nursery.ground)
        self._furnish()
        self._course = course = Course(self.around, self.clock, self.wishes, self.books)
        chance = random.Random(str(self.point))  # noqa: S311 - a plan, no secret
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(self._storm(wish.behaviour)) for wish in self.wishes]
            beside.append(
                tasks.create_task(self.books.attend(partial(chance.uniform, 0, _AWAY_S)))
            )
            for kill in (*self.point.kills, None):
                await self.books.until_up()
                await self._lives_until(kill, course)
            await self.books.until_up()
            for one in beside:
                one.cancel()

    async def _storm(self, behaviour: Behaviour) -> None:
        await self._open.wait()
        await weather.after_the_taps(self.around, behaviour, self.clock)

    def _furnish(self) -> None:
        self.nursery.ground.furnish(self.around)
        for wish in self.wishes:
            supplier = self.around.supplier(wish.ware.supplier)
            supplier.script(wish.ware.remote, wish.behaviour)
            if wish.ware.chosen:
                first, remote = wish.ware.tapped
                refuses = replace(wish.behaviour, add=wish.behaviour.refused_first)
                self.around.supplier(first).script(remote, refuses)
        for supplier in self.around.suppliers:
            supplier.watch = self._happened
        self.around.telegram.subscribe(self._changed)

    async def _lives_until(self, kill: Kill | None, course: Course) -> None:
        """One life: to its kill, or until everything is done."""
        self._lives, self._kill = self._lives + 1, kill
        first, falls = self._lives == 1, self.books.falls
        self._tally = Tally()
        course.begins(self._trace, self.case)
        self._life = life = begin_life(self.nursery.context, self._orders(first=first))
        if not first:
            self._kills_later(life, kill)
        try:
            done = await _while_alive(life, self._visit(course, life, kill, first=first))
        finally:
            life.kill()
            code = await life.ended()
        if first:
            self.steps[:0] = read_trace(self._trace)
        await self.books.until_up()
        self._count(kill, code, done=done, fell=self.books.falls > falls, opened=course.is_open)
        if kill is not None and kill.dead_s:
            self.clock.leap(timedelta(seconds=kill.dead_s))
            self.slept = True

    def _count(
        self, kill: Kill | None, code: int, *, done: bool, fell: bool, opened: bool
    ) -> None:
        """How a life ended; one that begins while the server falls may end, and is begun again."""
        if code != KILLED and not (fell and not opened):
            self.notes.append(f"the process ended by itself with {code}")
        elif not done:
            self.kills += 1
        elif kill is not None and not kill.is_at_rest and not fell:
            self.missed.append(kill)

    async def _visit(self, course: Course, life: Life, kill: Kill | None, *, first: bool) -> None:
        """What people do during a life; a first one settles before, so that its way is known."""
        try:
            await course.until_open()
            if first:
                await course.until_settled()
        except TimeoutError:
            self.notes.append("it started and never opened its doors")
            return
        if first:
            for wish in self.wishes:
                await weather.before_the_taps(self.around, wish.behaviour)
            self._open.set()
            self._kills_later(life, kill)
        course.everybody_taps()
        await course.goes(self.nursery.patience_s)
        if kill is not None and kill.is_at_rest and kill.fells_server:
            self.books.fall()
            if not kill.ends_bot:
                await self.books.until_up()
                await course.goes(self.nursery.patience_s)

    def _kills_later(self, life: Life, kill: Kill | None) -> None:
        if kill is not None and kill.after_ms is not None:
            loop = asyncio.get_running_loop()
            loop.call_later(kill.after_ms / 1000, self._strike, life, kill)

    def _strike(self, life: Life, kill: Kill) -> None:
        """From outside, while it lives."""
        if life.over.is_set():
            return
        if kill.fells_server:
            self.books.fall()
        if kill.ends_bot:
            life.kill()

    def _orders(self, *, first: bool) -> Orders:
        inside = self._kill is not None and not self._kill.is_outside
        return Orders(
            folder=self.folder,
            settings=self.around.settings(self.nursery.ground.key, self.books.url),
            clock=self.folder / "clock",
            trace=self._trace,
            log=self.folder / "bot.log",
            seed=zlib.crc32(str(self.point).encode()) + self._lives,
            kill=self._kill if inside else None,
            since=HEARD if first else "",
            fault=self.fault,
            server=self.books.server,
        )

    def _changed(self, change: Change) -> None:
        call = change.subject
        if (
            change.kind == "call"
            and call.refusal is None
            and (call.answer or call.method != "getUpdates")
        ):
            self._happened(telegram_call(call.method, call.chat_id))

    def _happened(self, act: str) -> None:
        """An act of the bot has had its effect in the world, and the answer is on its way."""
        if not self._open.is_set() or self._life is None:
            return
        step = act + TAKEN
        if self._lives == 1:
            self.steps.append(step)
        kill = self._kill if self._kill is not None and self._kill.step else None
        if kill is not None and self._tally.is_due(step, kill):
            self._strike(self._life, kill)


async def _while_alive(life: Life, act: Coroutine[Any, Any, None]) -> bool:
    """Whether the act came to its end before the life did."""
    async with asyncio.TaskGroup() as tasks:
        acting, ended = tasks.create_task(act), tasks.create_task(life.ended())
        await asyncio.wait({acting, ended}, return_when=asyncio.FIRST_COMPLETED)
        done = acting.done()
        acting.cancel()
        ended.cancel()
    return done
