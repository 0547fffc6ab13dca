"""Answers that cannot be read: of one order, of one number, of the balance."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.numbers import SmsPlan, code_after
from sandbox.suppliers.timelines import completes
from tests.crash.behaviour.behaviour import Behaviour, Weather, seconds
from tests.crash.mortal import LONGEST_ANSWER
from tests.crash.wares import Kind

_NO_JSON: Final = wire_faults.raw(b"status: completed")
_NO_TEXT: Final = wire_faults.raw(b"\xff\xfe\x00\x07\x1b[2Jstatus")
_TOO_LONG: Final = wire_faults.raw(b'{"status": "' + b"x" * LONGEST_ANSWER + b'"}')
_TEXT_BEFORE: Final = wire_faults.between(b"Notice: undefined index in line 7\n", b"")
_ODD: Final = wire_faults.between(b"\xef\xbb\xbf \n", b"\n<br />Warning: caf\xe9 \x07 in line 7")
"""JSON, then text that is no UTF-8, with control characters: read all the same."""
_READ_EVERY: Final = 10
_MOST: Final = 12
"""So often an order's answer is not understood before a person looks at it."""


def _for_a_while(name: str, fault: Fault, times: int) -> Behaviour:
    return Behaviour(
        name=f"unreadable, then good: {name}",
        ends=State.COMPLETED,
        timeline=completes(1),
        readings=(fault,) * times,
        leaps=seconds(*[_READ_EVERY] * (times - 1)),
    )


def _for_good(name: str, fault: Fault) -> Behaviour:
    return Behaviour(
        name=f"unreadable for good: {name}",
        ends=State.ATTENTION,
        reason=Reason.UNREADABLE,
        readings=(fault,),
        unreadable_for_good=True,
        leaps=seconds(*[_READ_EVERY] * _MOST),
    )


_OF_A_NUMBER: Final = (
    Behaviour(
        name="number unreadable, then a code",
        ends=State.COMPLETED,
        kind=Kind.NUMBER,
        sms=code_after(1),
        readings=(_NO_JSON, _TOO_LONG),
    ),
    Behaviour(
        name="number unreadable for good",
        ends=State.CANCELED,
        kind=Kind.NUMBER,
        sms=SmsPlan(lifetime_s=65),
        readings=(_NO_TEXT,),
        unreadable_for_good=True,
        leaps=seconds(600, 601, 60, 41, 60),
    ),
)
_OF_THE_BALANCE: Final = Behaviour(
    name="balance unreadable",
    ends=State.FAILED,
    weather=Weather.BALANCE_UNREADABLE,
    interrupted=(State.COMPLETED,),  # the next life meets it when nothing hangs on it
    pauses_sales=True,
    alone=True,
)

UNREADABLE: Final = (
    _for_a_while("no JSON", _NO_JSON, 1),
    _for_a_while("no text", _NO_TEXT, 3),
    _for_a_while("too long", _TOO_LONG, 3),
    _for_a_while("text before JSON", _TEXT_BEFORE, 11),
    replace(_for_a_while("JSON, then odd bytes", _ODD, 1), name="odd bytes after JSON"),
    _for_good("no JSON", _NO_JSON),
    _for_good("no text", _NO_TEXT),
    _for_good("too long", _TOO_LONG),
    _for_good("text before JSON", _TEXT_BEFORE),
    *_OF_A_NUMBER,
    _OF_THE_BALANCE,
)
