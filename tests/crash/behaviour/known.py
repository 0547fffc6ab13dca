"""All behaviours by their names, in the order of the report."""

from __future__ import annotations

from typing import Final

from tests.crash.behaviour.doubts import DECIDED, DOUBTS
from tests.crash.behaviour.ends import GOOD, LESS
from tests.crash.behaviour.numbers import NUMBERS
from tests.crash.behaviour.outages import OUTAGES

_ALL: Final = (*GOOD, *LESS, *DECIDED, *DOUBTS, *NUMBERS, *OUTAGES)
BEHAVIOURS: Final = {one.name: one for one in _ALL}
