"""The shop's clock is set while an order is under way: back or ahead, for a moment or for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.faults import Ending, Fault
from sandbox.suppliers.numbers import SmsPlan, code_after
from sandbox.suppliers.timelines import completed_with_fewer, completes
from tests.crash.behaviour.behaviour import Behaviour, ClockStep, Weather, seconds
from tests.crash.wares import Kind

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_LATER: Final = completes(20)
_OUT: Final = wire_faults.hang(timedelta(seconds=1))
"""An `add` that is answered after a while, in real time."""


def _for_a_moment(by: timedelta) -> tuple[ClockStep, ClockStep]:
    return ClockStep(by), ClockStep(-by)


def _set(name: str, *steps: ClockStep) -> Behaviour:
    return Behaviour(
        name=f"clock {name}",
        ends=State.COMPLETED,
        timeline=_LATER,
        leaps=(*steps, *seconds(21, 10)),
    )


def _number(name: str, plan: SmsPlan, ends: State, *leaps: timedelta | ClockStep) -> Behaviour:
    """A number that a clock seems to have ended is refunded, and its code comes free.

    A kill may keep the shop from looking at it in the wrong time: then the code is paid for.
    """
    return Behaviour(
        name=f"number, clock {name}",
        ends=ends,
        kind=Kind.NUMBER,
        sms=plan,
        leaps=leaps,
        interrupted=(State.COMPLETED,) if plan.steps else (),
    )


def _while_sending(weather: Weather, ends: State, fault: Fault, back: timedelta) -> Behaviour:
    return Behaviour(
        name=f"{weather}, {fault.name}",
        ends=ends,
        timeline=_LATER,
        weather=weather,
        add=(fault,),
        leaps=(ClockStep(back), *seconds(21, 10)),
        alone=True,
    )


_ORDERS: Final = (
    _set("an hour back for a moment", *_for_a_moment(-_HOUR)),
    _set("an hour back for good", ClockStep(-_HOUR)),
    _set("a day ahead for a moment", *_for_a_moment(_DAY)),
    _set("an hour ahead for good", ClockStep(_HOUR)),
    _set("a hundred days ahead for a moment", *_for_a_moment(100 * _DAY)),
    Behaviour(
        name="clock an hour back, goods missing",
        ends=State.ATTENTION,
        reason=Reason.GOODS_MISSING,
        timeline=completed_with_fewer(2, 0),
        leaps=(*_for_a_moment(-_HOUR), *seconds(121, 121)),
    ),
    Behaviour(
        name="clock an hour back while it waits",
        ends=State.COMPLETED,
        weather=Weather.DOWN_AT_CONFIRM,
        leaps=_for_a_moment(-_HOUR),
        alone=True,
    ),
)
_NUMBERS: Final = (
    _number(
        "an hour back for a moment",
        code_after(20),
        State.CANCELED,  # it lives by the clock that was wrong when that goes ahead again
        *_for_a_moment(-_HOUR),
        *seconds(21, 10),
    ),
    _number(
        "an hour back for good",
        code_after(20),
        State.COMPLETED,
        ClockStep(-_HOUR),
        *seconds(21, 10),
    ),
    _number(
        "a day ahead for a moment",
        code_after(20),
        State.CANCELED,
        *_for_a_moment(_DAY),
        *seconds(21, 20),
    ),
    _number(
        "an hour back, no code",
        SmsPlan(lifetime_s=65),
        State.CANCELED,
        *_for_a_moment(-_HOUR),
        *seconds(70, 60, 41, 41),
    ),
)
_SENDING: Final = (
    _while_sending(Weather.CLOCK_BACK_WHILE_SENDING, State.COMPLETED, _OUT, _HOUR),
    _while_sending(Weather.CLOCK_AHEAD_WHILE_SENDING, State.COMPLETED, _OUT, -_DAY),
    _while_sending(
        Weather.CLOCK_BACK_WHILE_SENDING,
        State.IN_DOUBT,
        replace(_OUT, name="reply lost", ending=Ending.CLOSED),
        _HOUR,
    ),
)

STEPPING: Final = (*_ORDERS, *_NUMBERS, *_SENDING)
