"""All behaviours by their names, in the order of the report."""

from __future__ import annotations

from typing import Final

from tests.crash.behaviour.answers import UNREADABLE
from tests.crash.behaviour.clocks import STEPPING
from tests.crash.behaviour.desk import DESK
from tests.crash.behaviour.doubts import DECIDED, DOUBTS
from tests.crash.behaviour.ends import GOOD, LESS
from tests.crash.behaviour.goods import CHANGING
from tests.crash.behaviour.numbers import NUMBERS
from tests.crash.behaviour.outages import OUTAGES
from tests.crash.behaviour.screens import STUMBLING

_ALL: Final = (
    *GOOD,
    *LESS,
    *CHANGING,
    *UNREADABLE,
    *DECIDED,
    *DESK,
    *DOUBTS,
    *NUMBERS,
    *OUTAGES,
    *STUMBLING,
    *STEPPING,
)
BEHAVIOURS: Final = {one.name: one for one in _ALL}
