"""Rented numbers: codes in time, late, or none."""

from __future__ import annotations

from typing import Final

from bot.orders.rules.moves import State
from sandbox.suppliers.numbers import (
    SmsPlan,
    SmsStep,
    canceled_by_supplier,
    code_after,
    codes_after,
)
from tests.crash.behaviour.behaviour import Behaviour, seconds
from tests.crash.wares import Kind

_LATE_CODE: Final = SmsPlan(
    steps=(SmsStep(220, "code_received", "667788", "Your code is 667788"),), lifetime_s=65
)
"""An end without a zone is believed from a minute on."""
NUMBERS: Final = (
    Behaviour(name="code", ends=State.COMPLETED, kind=Kind.NUMBER, sms=code_after(1)),
    Behaviour(name="two numbers", ends=State.COMPLETED, kind=Kind.NUMBERS, sms=code_after(1)),
    Behaviour(
        name="two codes",
        ends=State.COMPLETED,
        kind=Kind.NUMBER,
        sms=codes_after((1, "112233"), (40, "445566")),
        leaps=seconds(20, 20, 20),
    ),
    Behaviour(
        name="no code",
        ends=State.CANCELED,
        kind=Kind.NUMBER,
        sms=SmsPlan(lifetime_s=65),
        leaps=seconds(70, 60, 40),
    ),
    Behaviour(
        name="late code",
        ends=State.CANCELED,
        kind=Kind.NUMBER,
        sms=_LATE_CODE,
        leaps=seconds(70, 60, 40, 40, 40),
        asleep=State.COMPLETED,  # the last look finds a code, and nothing says when it came
    ),
    Behaviour(
        name="number called off",
        ends=State.CANCELED,
        kind=Kind.NUMBER,
        sms=canceled_by_supplier(2),
    ),
)
