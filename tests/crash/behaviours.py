"""How a supplier can behave towards an order, and how the order must end if nobody interrupts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.chat.desk.taps import Decision
from bot.orders.rules.moves import State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.numbers import (
    SmsPlan,
    SmsStep,
    canceled_by_supplier,
    code_after,
    codes_after,
)
from sandbox.suppliers.refusals import NO_FUNDS_ACCPLANET
from sandbox.suppliers.timelines import (
    Stage,
    Timeline,
    canceled,
    completed_then_accounts_later,
    completed_with_fewer,
    completes,
    counts_down,
    grows,
    partial,
    pending_then_completes,
    steps,
    trouble,
)
from tests.crash.mortal import ADD_WITHIN_S
from tests.crash.wares import Kind

OLD_REMOTE: Final = "665f1a2b3c4d5e6f70000001"
"""The id at AccPlanet of the order that was bought before the trial began."""


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


def _s(*seconds: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=one) for one in seconds)


def _doubt(name: str, fault: Fault, kind: Kind = Kind.ACCOUNTS) -> Behaviour:
    return Behaviour(name=f"in doubt: {name}", ends=State.IN_DOUBT, kind=kind, add=(fault,))


def _refused(name: str, said: str, status: int = 400, *, alone: bool = False) -> Behaviour:
    fault = wire_faults.error_text(said, status)
    return Behaviour(name=f"refused: {name}", ends=State.FAILED, add=(fault,), alone=alone)


_CANCELED_AFTER_ONE: Final = steps(
    (0, Stage(status="In progress", delivered=1, shown=1)),
    (1, Stage(status="Canceled", delivered=1, shown=1, paid_units=0)),
)
_STRANGE_WORD: Final = steps(
    (0, Stage(status="Preparing things")),
    (1, Stage(status="Completed", delivered=3, shown=3)),
)
_LATE_CODE: Final = SmsPlan(
    steps=(SmsStep(220, "code_received", "667788", "Your code is 667788"),), lifetime_s=65
)
"""An end without a zone is believed from a minute on."""
_HANGS: Final = wire_faults.hang(timedelta(seconds=ADD_WITHIN_S + 1)).after_acting()

_GOOD: Final = (
    Behaviour(name="completes at once", ends=State.COMPLETED),
    Behaviour(name="completes later", ends=State.COMPLETED, timeline=completes(1)),
    Behaviour(name="waits first", ends=State.COMPLETED, timeline=pending_then_completes(1, 2)),
    Behaviour(name="grows", ends=State.COMPLETED, timeline=grows(1)),
    Behaviour(
        name="completes, accounts later",
        ends=State.COMPLETED,
        timeline=completed_then_accounts_later(2, 0),
    ),
    Behaviour(
        name="completes elsewhere",
        ends=State.COMPLETED,
        kind=Kind.OTHER_ACCOUNTS,
        timeline=grows(1),
    ),
    Behaviour(
        name="works on a link", ends=State.COMPLETED, kind=Kind.WORK, timeline=counts_down(1, 2)
    ),
    Behaviour(name="strange word first", ends=State.COMPLETED, timeline=_STRANGE_WORD),
)
_DROPPED: Final = wire_faults.dropped_before()
_DECIDED: Final = (
    Behaviour(
        name="in doubt, refunded by an operator",
        ends=State.FAILED,
        add=(_DROPPED,),
        decision=Decision.NOT_PLACED,
    ),
    Behaviour(
        name="in doubt, sent again by an operator",
        ends=State.COMPLETED,
        add=(_DROPPED,),
        adds=2,
        decision=Decision.SEND_AGAIN,
    ),
    Behaviour(
        name="trouble, canceled by an operator",
        ends=State.CANCELED,
        timeline=trouble(1),
        decision=Decision.CANCEL,
    ),
)
_LESS: Final = (
    Behaviour(name="partial", ends=State.PARTIAL, timeline=partial(1, 1)),
    Behaviour(name="partial work", ends=State.PARTIAL, kind=Kind.WORK, timeline=partial(40, 1)),
    Behaviour(name="canceled", ends=State.CANCELED, timeline=canceled(1)),
    Behaviour(
        name="canceled after one account", ends=State.CANCELED, timeline=_CANCELED_AFTER_ONE
    ),
    Behaviour(name="trouble", ends=State.ATTENTION, timeline=trouble(1)),
    Behaviour(
        name="completes with fewer",
        ends=State.ATTENTION,
        timeline=completed_with_fewer(2, 0),
        leaps=_s(121, 121),
    ),
    Behaviour(
        name="throttled once", ends=State.COMPLETED, add=(wire_faults.throttle("1"),), adds=2
    ),
    _refused("no", "Invalid quantity."),
    _refused("sold out", "Insufficient stock. Available: 0", 200),
    _refused("empty wallet", NO_FUNDS_ACCPLANET, alone=True),
)
_DOUBTS: Final = (
    _doubt("reply lost", wire_faults.lost_reply()),
    _doubt("hung up before acting", _DROPPED),
    _doubt("no answer in time", _HANGS),
    _doubt("500", wire_faults.server_error()),
    _doubt("502 with a page, taken", wire_faults.html_page(502).after_acting()),
    _doubt("a page with 200", wire_faults.html_page()),
    _doubt("broken JSON", wire_faults.broken_json()),
    _doubt("half a JSON", wire_faults.truncated_json()),
    _doubt("empty body", wire_faults.empty_body()),
    _doubt("cut midway", wire_faults.cut_midway()),
    _doubt("no id", reply_faults.accepted_without_id()),
    _doubt("id and error", reply_faults.id_and_error()),
    _doubt("id of another order", reply_faults.order_id(OLD_REMOTE)),
    _doubt("number: reply lost", wire_faults.lost_reply(), Kind.NUMBER),
    _doubt("elsewhere: reply lost", wire_faults.lost_reply(), Kind.OTHER_ACCOUNTS),
)
_NUMBERS: Final = (
    Behaviour(name="code", ends=State.COMPLETED, kind=Kind.NUMBER, sms=code_after(1)),
    Behaviour(name="two numbers", ends=State.COMPLETED, kind=Kind.NUMBERS, sms=code_after(1)),
    Behaviour(
        name="two codes",
        ends=State.COMPLETED,
        kind=Kind.NUMBER,
        sms=codes_after((1, "112233"), (40, "445566")),
        leaps=_s(20, 20, 20),
    ),
    Behaviour(
        name="no code",
        ends=State.CANCELED,
        kind=Kind.NUMBER,
        sms=SmsPlan(lifetime_s=65),
        leaps=_s(70, 60, 40),
    ),
    Behaviour(
        name="late code",
        ends=State.CANCELED,
        kind=Kind.NUMBER,
        sms=_LATE_CODE,
        leaps=_s(70, 60, 40, 40, 40),
        asleep=State.COMPLETED,  # the last look finds a code, and nothing says when it came
    ),
    Behaviour(
        name="number called off",
        ends=State.CANCELED,
        kind=Kind.NUMBER,
        sms=canceled_by_supplier(2),
    ),
)


def _outage(weather: Weather) -> Behaviour:
    return Behaviour(name=weather.value, ends=State.COMPLETED, weather=weather, alone=True)


_OUTAGES: Final = (
    _outage(Weather.DOWN_AT_CONFIRM),
    _outage(Weather.DOWN_AT_ADD),
    _outage(Weather.DOWN_WHILE_ACTIVE),
    replace(_outage(Weather.DOWN_FOR_GOOD), ends=State.FAILED, leaps=_s(901, 60, 60)),
    replace(_outage(Weather.TELEGRAM_STUMBLES), repeats=1),
)

_ALL: Final = (*_GOOD, *_LESS, *_DECIDED, *_DOUBTS, *_NUMBERS, *_OUTAGES)
BEHAVIOURS: Final = {one.name: one for one in _ALL}
