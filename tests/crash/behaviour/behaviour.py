"""One way for a supplier, Telegram or the clock to behave, and how an order ends in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.chat.desk.taps import Decision
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.numbers import SmsPlan
from sandbox.suppliers.timelines import Timeline, completes
from sandbox.telegram.faults import Fault as TelegramFault
from tests.crash.wares import Kind

_AT_ONCE: Final = completes(0)


@dataclass(frozen=True, slots=True)
class ClockStep:
    """The shop's clock is set, and nobody else's: `by` so much, forward or back."""

    by: timedelta


@dataclass(frozen=True, slots=True)
class Stumble:
    """What happens to the next calls of a method of Telegram's, perhaps about one chat only."""

    method: str
    fault: TelegramFault
    times: int = 1
    chat: int | None = None


class Deed(StrEnum):
    """What operators do that moves money, where no order waits for them."""

    APPROVE = "approve a request for credit"
    REFUND = "refund a claim"
    REPLACE = "replace what is claimed"


class Weather(StrEnum):
    """What happens around an order to the way to its supplier, or to the clock meanwhile."""

    FAIR = "fair"
    DOWN_AT_CONFIRM = "down at confirm"
    DOWN_AT_ADD = "down at add"
    DOWN_WHILE_ACTIVE = "down while active"
    DOWN_FOR_GOOD = "down for good"
    BALANCE_UNREADABLE = "balance unreadable"
    CLOCK_BACK_WHILE_SENDING = "clock back while sending"
    CLOCK_AHEAD_WHILE_SENDING = "clock ahead while sending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """One way to behave.

    `leaps` are turned on the clock, one after the other, whenever nothing but time is waited for;
    a step sets the shop's clock alone. `stumbles` are what calls to Telegram meet, and with
    `others_look` two more people ask for a screen each.
    `adds` is how often an `add` may come to the supplier, `repeats` how often any message may be
    repeated by what happens to Telegram. `decision` is what an operator decides as soon as the
    order is parked after its first attempt. `deed` is what two operators do at once, about credit
    that the customer has asked for, or about a claim once the order is completed.
    `alone` keeps it out of crowds, because it touches everybody at that supplier.
    `asleep` is another end that is right when nobody ran the bot for long, `interrupted` are
    others that a kill, or a fall of the server, may lead to. `readings` go wrong with the first
    readings of the order, the last of them perhaps `unreadable_for_good`. `reason` is why a
    parked order needs a person. `refused_first` is what the supplier of a tied ware answers,
    before another one is asked. Where it `pauses_sales`, a Confirm may come to nothing that
    was not heard before a kill.
    """

    name: str
    ends: State
    kind: Kind = Kind.ACCOUNTS
    timeline: Timeline = _AT_ONCE
    add: tuple[Fault, ...] = ()
    refused_first: tuple[Fault, ...] = ()
    readings: tuple[Fault, ...] = ()
    unreadable_for_good: bool = False
    sms: SmsPlan | None = None
    weather: Weather = Weather.FAIR
    leaps: tuple[timedelta | ClockStep, ...] = ()
    stumbles: tuple[Stumble, ...] = ()
    others_look: bool = False
    adds: int = 1
    repeats: int = 0
    alone: bool = False
    decision: Decision | None = None
    deed: Deed | None = None
    asleep: State | None = None
    reason: Reason | None = None
    pauses_sales: bool = False
    interrupted: tuple[State, ...] = ()

    @property
    def is_sociable(self) -> bool:
        """Whether others may buy beside it."""
        return not self.alone and not self.leaps


def seconds(*each: int) -> tuple[timedelta, ...]:
    """Leaps of so many seconds."""
    return tuple(timedelta(seconds=one) for one in each)
