"""The short run of the crash harness; `make crash` is the long one. See docs/reliability.md."""

import pytest

from tests.crash.campaign import run_all
from tests.crash.plan import brief
from tests.crash.trial import Nursery

pytestmark = pytest.mark.processes
SEED = 1
"""The same kills every time; the long run is where others are tried."""


async def test_whatever_instant_it_dies_in_the_shop_ends_right(nursery: Nursery) -> None:
    verdicts = await run_all(nursery, brief(SEED))

    assert {
        str(verdict.point): verdict.violations for verdict in verdicts if verdict.violations
    } == {}
    assert sum(verdict.kills for verdict in verdicts) >= len(verdicts)
