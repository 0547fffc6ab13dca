"""The steps of a life: each boundary that it crosses is numbered, named and written down."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from tests.crash.falling import fell

HEARD: Final = "telegram getUpdates: answered"
"""The first step of interest in a life: a person's act has reached it."""
TAKEN: Final = ": taken"
"""A step of the world: a call has had its effect there, and its answer is still on the way."""
SENT: Final = ": commit sent"
"""A step on a server alone: it has the commit, and nobody has heard yet what became of it."""
_KILL: Final = re.compile(
    r"(?:(?P<whom>[a-z]+)!)?"
    r"(?:(?P<ms>[0-9]+)ms|@(?P<any>[0-9]+)|(?P<step>[^#,+]+)#(?P<nth>[0-9]+)|rest)"
    r"(?:\+(?P<dead>[0-9]+)s)?"
)


class Victim(StrEnum):
    """Who is killed: the bot, the server of its database, or both in the same instant."""

    BOT = "bot"
    SERVER = "server"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Kill:
    """When a life is ended by SIGKILL, and for how long nobody starts the next one.

    With the server as its victim the life goes on, and has to come to its end without being begun
    anew.

    One of: `step` and `nth` (at the nth time of a named step), `nth` alone (at the nth step,
    whichever it is), `after_ms` (from outside: of a first life so long after the taps, of a later
    one so long after its start), none of them (when everything is done and the bot rests).
    """

    step: str = ""
    nth: int = 0
    after_ms: int | None = None
    dead_s: int = 0
    whom: Victim = Victim.BOT

    def __str__(self) -> str:
        if self.after_ms is not None:
            when = f"{self.after_ms}ms"
        elif self.nth:
            when = f"{self.step}#{self.nth}" if self.step else f"@{self.nth}"
        else:
            when = "rest"
        when = when if self.whom is Victim.BOT else f"{self.whom}!{when}"
        return f"{when}+{self.dead_s}s" if self.dead_s else when

    @classmethod
    def read(cls, text: str) -> Self:
        """What `str` wrote. Raises ValueError."""
        found = _KILL.fullmatch(text)
        if found is None:
            message = (
                f"not a kill: {text!r} (a step#nth, @nth, a number of ms, or rest; "
                "of the bot, or server!..., both!...)"
            )
            raise ValueError(message)
        return cls(
            step=found["step"] or "",
            nth=int(found["nth"] or found["any"] or 0),
            after_ms=None if found["ms"] is None else int(found["ms"]),
            dead_s=int(found["dead"] or 0),
            whom=Victim(found["whom"] or Victim.BOT),
        )

    @property
    def ends_bot(self) -> bool:
        """Whether the life is over by it."""
        return self.whom is not Victim.SERVER

    @property
    def fells_server(self) -> bool:
        """Whether the server of the database falls."""
        return self.whom is not Victim.BOT

    @property
    def is_at_rest(self) -> bool:
        """Whether it comes when there is nothing to interrupt."""
        return not self.nth and self.after_ms is None

    @property
    def is_outside(self) -> bool:
        """Whether somebody else than the process itself kills."""
        return not self.nth or self.step.endswith(TAKEN)


class Tally:
    """Counts steps by name and in all."""

    def __init__(self) -> None:
        self._by_name: Counter[str] = Counter()

    def is_due(self, step: str, kill: Kill | None) -> bool:
        """Count one step; whether the kill is meant for it."""
        self._by_name[step] += 1
        if kill is None or not kill.nth:
            return False
        if kill.step:
            return kill.step == step and kill.nth == self._by_name[step]
        return kill.nth == self._by_name.total()


class Marks:
    """Writes a life's steps into its trace, and ends the life at the armed one.

    Args:
        trace: the file, one step a line.
        kill: the armed step, if there is one.
        since: the step that counting begins with; empty for all.
        server: what names the server's process, where there is a server.
    """

    def __init__(
        self, trace: Path, kill: Kill | None, since: str, server: Path | None = None
    ) -> None:
        self._trace = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._kill = kill
        self._since = since
        self._server = server
        self._tally = Tally()
        self._lock = threading.Lock()  # the database's thread and the loop's both cross

    def reach(self, step: str, before_it_falls: Callable[[], None] = lambda: None) -> bool:
        """Cross a boundary; the process ends in here when it is the armed one.

        True when the server fell in here instead; what it had to do still is waited for before.
        """
        with self._lock:
            if self._since and step != self._since:
                return False
            self._since = ""
            os.write(self._trace, f"{step}\n".encode())
            return self._tally.is_due(step, self._kill) and self._strike(before_it_falls)

    def _strike(self, before_it_falls: Callable[[], None]) -> bool:
        if self._server is not None and self._kill is not None and self._kill.fells_server:
            before_it_falls()
            fell(self._server)
        if self._kill is None or self._kill.ends_bot:
            os.kill(os.getpid(), signal.SIGKILL)
        return True


def read_trace(trace: Path) -> list[str]:
    """The steps of a life in their order."""
    return trace.read_text().splitlines() if trace.exists() else []
