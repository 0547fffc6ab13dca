"""One way for a supplier, Telegram or the clock to behave, and how an order ends in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.chat.desk.taps import Decision
from bot.orders.rules.moves import State
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.numbers import SmsPlan
from sandbox.suppliers.timelines import Timeline, completes
from tests.crash.wares import Kind

_AT_ONCE: Final = completes(0)


class Weather(StrEnum):
    """What happens to a supplier's connection around an order."""

    FAIR = "fair"
    DOWN_AT_CONFIRM = "down at confirm"
    DOWN_AT_ADD = "down at add"
    DOWN_WHILE_ACTIVE = "down while active"
    DOWN_FOR_GOOD = "down for good"
    TELEGRAM_STUMBLES = "Telegram stumbles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One way to behave.

    `leaps` are turned on the clock, one after the other, whenever nothing but time is waited for.
    `adds` is how often an `add` may come to the supplier, `repeats` how often any message may be
    repeated by what happens to Telegram. `decision` is what an operator decides as soon as the
    order is parked after its first attempt. `alone` keeps it out of crowds, because
    it touches everybody at that supplier. `asleep` is another end that is right when nobody ran
    the bot for long.
    """

    name: str
    ends: State
    kind: Kind = Kind.ACCOUNTS
    timeline: Timeline = _AT_ONCE
    add: tuple[Fault, ...] = ()
    sms: SmsPlan | None = None
    weather: Weather = Weather.FAIR
    leaps: tuple[timedelta, ...] = ()
    adds: int = 1
    repeats: int = 0
    alone: bool = False
    decision: Decision | None = None
    asleep: State | None = None

    @property
    def is_sociable(self) -> bool:
        """Whether others may buy beside it."""
        return not self.alone and not self.leaps


def seconds(*each: int) -> tuple[timedelta, ...]:
    """Leaps of so many seconds."""
    return tuple(timedelta(seconds=one) for one in each)
