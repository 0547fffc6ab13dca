"""Account lists that change between two readings: edited, replaced, covered, announced, turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.orders.rules.moves import State
from sandbox.suppliers.timelines import Spelling, Stage, Timeline, steps
from tests.crash.behaviour.behaviour import Behaviour, seconds
from tests.crash.wares import Kind

ANNOUNCEMENTS: Final = ("processing", "Preparing your order...")
"""Lines that stand in the place of an account."""
_COVER: Final = ":****"
_READ_S: Final = 4
"""How long a list stands: several readings see it."""


def is_covered(line: str) -> bool:
    """Whether a listed account hides its password."""
    return line.endswith(_COVER)


def _some(of: Sequence[int], spell: Spelling) -> Spelling:
    """Spell only these accounts so, from 1."""

    def spelled(accounts: Sequence[str]) -> Sequence[str]:
        anew = spell(accounts)
        return [anew[at] if at + 1 in of else one for at, one in enumerate(accounts)]

    return spelled


def _edited(accounts: Sequence[str]) -> Sequence[str]:
    return [f"{one}|m{at}@x.y" for at, one in enumerate(accounts, start=1)]


def _replaced(accounts: Sequence[str]) -> Sequence[str]:
    return [one.replace("user_", "other_") for one in accounts]


def _covered(accounts: Sequence[str]) -> Sequence[str]:
    return [one.partition(":")[0] + _COVER for one in accounts]


def _announced(accounts: Sequence[str]) -> Sequence[str]:
    return [ANNOUNCEMENTS[at % 2] for at, _ in enumerate(accounts)]


def _turned(accounts: Sequence[str]) -> Sequence[str]:
    return accounts[::-1]


def _as_they_are(accounts: Sequence[str]) -> Sequence[str]:
    return accounts


def _working(shown: int, spelled: Spelling = _as_they_are) -> Stage:
    return Stage(status="In progress", delivered=shown, shown=shown, spelled=spelled)


def _all(spelled: Spelling = _as_they_are) -> Stage:
    return Stage(status="Completed", delivered=3, shown=3, spelled=spelled)


def _partly(shown: int, spelled: Spelling = _as_they_are) -> Stage:
    return Stage(status="Partial", delivered=shown, shown=shown, paid_units=shown, spelled=spelled)


def _fewer(shown: int, spelled: Spelling = _as_they_are) -> Stage:
    return Stage(status="Completed", delivered=shown, shown=shown, spelled=spelled)


def _first(stage: Stage, last: Stage) -> Timeline:
    return steps((0, stage), (_READ_S, last))


def _lists(what: str, all_: Timeline, partly: Timeline, fewer: Timeline) -> tuple[Behaviour, ...]:
    """One kind of change, to each of the three ends."""
    return (
        Behaviour(name=f"{what}: complete", ends=State.COMPLETED, timeline=all_),
        Behaviour(name=f"{what}: partial", ends=State.PARTIAL, timeline=partly),
        Behaviour(
            name=f"{what}: fewer",
            ends=State.ATTENTION,
            timeline=fewer,
            leaps=seconds(5, 121, 121),
        ),
    )


_EDITED: Final = _lists(
    "accounts edited",
    _first(_working(2), _all(_some((1,), _edited))),
    _first(_working(2), _partly(2, _edited)),
    _first(_working(2), _fewer(2, _edited)),
)
_REPLACED: Final = _lists(
    "accounts replaced",
    _first(_working(3), _all(_some((1, 3), _replaced))),
    _first(_working(2), _partly(2, _replaced)),
    _first(_working(2), _fewer(2, _some((2,), _replaced))),
)
_COVERED: Final = _lists(
    "accounts covered",
    _first(_working(3, _covered), _all()),
    _first(_working(3, _covered), _partly(1)),
    _first(_working(3, _covered), _all(_some((3,), _covered))),
)
_ANNOUNCED: Final = _lists(
    "accounts announced",
    _first(_working(3, _announced), _all()),
    _first(_working(3, _some((2, 3), _announced)), _partly(1)),
    _first(_working(3, _announced), _all(_some((2,), _announced))),
)
_TURNED: Final = _lists(
    "accounts turned",
    _first(_working(2), _all(_turned)),
    _first(_working(2), _partly(2, _turned)),
    _first(_working(2), _fewer(2, _turned)),
)
_ELSEWHERE: Final = replace(_EDITED[0], name="accounts edited elsewhere", kind=Kind.OTHER_ACCOUNTS)

CHANGING: Final = (*_EDITED, *_REPLACED, *_COVERED, *_ANNOUNCED, *_TURNED, _ELSEWHERE)
