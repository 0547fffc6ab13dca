"""The harness has teeth: it cries out at every deliberate fault, and only at these."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

import pytest

from tests.crash.campaign import TOGETHER, run_all
from tests.crash.faults import FAULTS
from tests.crash.scene import Point
from tests.crash.trial import Nursery, Verdict, run_trial

pytestmark = pytest.mark.processes
Finds = Mapping[str, tuple[str, str]]
"""For each fault a point at which it shows, and some of the words that the judge has for it."""
_STUCK_AFTER_S = 15.0
"""What a fault has stuck will not move later either."""
_ON_THE_WIRE = "completes at once/supplier add: taken#1"
_FOUND: Final[Finds] = {
    "retry a lost add": ("in doubt: reply lost/", "`add` came 2 times"),
    "requeue at start": (_ON_THE_WIRE, "`add` came 2 times"),
    "send before the attempt is written": (_ON_THE_WIRE, "`add` came 2 times"),
    "mark sent before sending": (
        "completes at once/telegram sendMessage 1001: leaves#1",
        "is not in the chat",
    ),
    "refund on every poll": ("canceled/orders.settle.settle: commit#2", "money: 1001 has"),
    "refund at each tap": ("claimed, refunded by an operator/rest", "money: 1001 has"),
    "count each spelling": ("accounts edited: fewer/", "is completed"),
    "believe the future": ("clock an hour back for good/", "is still active"),
    "forget late screens": ("Telegram asks to wait/", "and does not see it"),
    "purge by the clock": ("clock a hundred days ahead for a moment/", "purged: "),
    "balances by hand": (
        "completes at once/orders.place.place: committed#1",
        "books: customer:1001 shows",
    ),
    "balances by hand, under the rules": ("completes at once/", "stuck: completes at once"),
}
_FOUND_ON_SERVERS: Final[Finds] = {
    "requeue at start": _FOUND["requeue at start"],
    "balances by hand": _FOUND["balances by hand"],
    "mark sent before sending": (
        "completes at once/both!telegram sendMessage 1001: leaves#1",
        "is not in the chat",
    ),
    "take a lost commit for done": (
        "completes at once/server!orders.attempts.begin: commit#1",
        "`add` came 2 times",
    ),
}
"""Some that look at each part of the books, and the one that only a server shows that falls."""


async def committed(nursery: Nursery, finds: Finds) -> Mapping[str, str]:
    """What the judge says of each fault, for those of which it does not say what it has to."""
    impatient, room = replace(nursery, patience_s=_STUCK_AFTER_S), asyncio.Semaphore(TOGETHER)
    verdicts: dict[str, Verdict] = {}

    async def commit(fault: str) -> None:
        async with room:
            verdicts[fault] = await run_trial(impatient, Point.read(finds[fault][0]), fault)

    async with asyncio.TaskGroup() as tasks:
        for fault in finds:
            tasks.create_task(commit(fault))

    said = {fault: "\n".join(verdict.violations) for fault, verdict in verdicts.items()}
    return {fault: words for fault, words in said.items() if finds[fault][1] not in words}


async def passed(nursery: Nursery, finds: Finds) -> Mapping[str, Collection[str]]:
    """What the judge says of the shop as it is, where the faults are found."""
    points = [Point.read(text) for text in dict.fromkeys(text for text, _ in finds.values())]
    verdicts = await run_all(nursery, points)
    return {str(one.point): one.violations for one in verdicts if one.violations}


def test_no_fault_is_left_out() -> None:
    assert {*_FOUND, *_FOUND_ON_SERVERS} == set(FAULTS)


async def test_every_deliberate_fault_is_found(nursery: Nursery) -> None:
    assert await committed(nursery, _FOUND) == {}


async def test_the_shop_as_it_is_passes_where_the_faults_are_found(nursery: Nursery) -> None:
    assert await passed(nursery, _FOUND) == {}


async def test_faults_are_found_on_a_server(server_nursery: Nursery) -> None:
    assert await committed(server_nursery, _FOUND_ON_SERVERS) == {}


async def test_the_shop_as_it_is_passes_on_a_server(server_nursery: Nursery) -> None:
    assert await passed(server_nursery, _FOUND_ON_SERVERS) == {}


def test_a_point_is_read_as_it_is_written() -> None:
    for text in (
        "grows/outbox.store.sent: committed#2",
        "in doubt: 500/@17,telegram sendMessage 1001: taken#1+1800s,rest",
        "grows/server!orders.place.place: commit sent#1,both!@40+1800s,server!rest",
        "crowd:17/700ms,40ms",
        "partial/",
    ):
        assert str(Point.read(text)) == text
