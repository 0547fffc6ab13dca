"""The short run of the crash harness; `make crash` is the long one. See docs/reliability.md."""

from collections.abc import Sequence

import pytest

from tests.crash.campaign import run_all
from tests.crash.plan import brief, with_falls
from tests.crash.scene import Point
from tests.crash.trial import Nursery, Verdict

pytestmark = pytest.mark.processes
SEED = 1
"""The same kills every time; the long run is where others are tried."""
UNHEARD = (
    "completes at once/server!orders.attempts.begin: commit sent#1",
    "completes at once/server!orders.place.place: commit sent#1",
)
"""What a commit did that nobody heard of leaves nothing in doubt, and is not repeated."""

_APPROVES = "credit asked for, approved by an operator/{}money.decide.approve_topup: "
_REFUNDS = "claimed, refunded by an operator/{}orders.claims.remedy.refund_claimed: "
_REPLACES = "claimed, replaced by an operator/{}orders.claims.replace.replace_claimed: "
DESK = (
    _APPROVES.format("") + "commit#1",
    _REFUNDS.format("") + "committed#1",
    _REPLACES.format("") + "committed#1",
    "claimed, replaced by an operator/supplier add: taken#2",
)
"""Right around what the desk does with money, and with the replacement on the wire."""
DESK_UNHEARD = (
    _APPROVES.format("server!") + "commit sent#1",
    _REFUNDS.format("both!") + "committed#1",
    _REPLACES.format("server!") + "commit sent#1",
)


def are_right(verdicts: Sequence[Verdict]) -> None:
    assert {
        str(verdict.point): verdict.violations for verdict in verdicts if verdict.violations
    } == {}


async def test_whatever_instant_it_dies_in_the_shop_ends_right(nursery: Nursery) -> None:
    verdicts = await run_all(nursery, [*brief(SEED), *map(Point.read, DESK)])

    are_right(verdicts)
    assert sum(verdict.kills for verdict in verdicts) >= len(verdicts)


async def test_whatever_falls_of_the_shop_and_its_server_it_ends_right(
    server_nursery: Nursery,
) -> None:
    points = with_falls(brief(SEED, crowds=0, lonely=3), SEED)
    verdicts = await run_all(
        server_nursery, [*points, *map(Point.read, (*UNHEARD, *DESK_UNHEARD))]
    )

    are_right(verdicts)
    assert sum(verdict.kills for verdict in verdicts) > 0
    assert sum(verdict.falls for verdict in verdicts) > len(UNHEARD)
