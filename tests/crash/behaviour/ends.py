"""Orders that end as their supplier says: in full, with less, or not at all."""

from __future__ import annotations

from typing import Final

from bot.orders.rules.moves import State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.refusals import NO_FUNDS_ACCPLANET
from sandbox.suppliers.timelines import (
    Stage,
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
from tests.crash.behaviour.behaviour import Behaviour, seconds
from tests.crash.wares import Kind


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

GOOD: Final = (
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

LESS: Final = (
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
        leaps=seconds(121, 121),
    ),
    Behaviour(
        name="throttled once", ends=State.COMPLETED, add=(wire_faults.throttle("1"),), adds=2
    ),
    _refused("no", "Invalid quantity."),
    _refused("sold out", "Insufficient stock. Available: 0", 200),
    Behaviour(
        name="refused, bought elsewhere",
        ends=State.COMPLETED,
        kind=Kind.TIED,
        refused_first=(wire_faults.error_text("Insufficient stock. Available: 0", 200),),
        alone=True,
    ),
    _refused("empty wallet", NO_FUNDS_ACCPLANET, alone=True),
)
