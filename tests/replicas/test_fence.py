"""A process that stands still with an order in its hand sends nothing that others have judged."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.suppliers import wire_faults
from sandbox.world import ALICE, OLGA
from tests.replicas.fleet import open_fleet

pytestmark = pytest.mark.processes

SLOW = {"SUPPLIERS__ACCPLANET__RATE_CAP": "1"}
"""An `add` waits for its turn for a second, written down and not on the wire."""


async def test_a_frozen_process_sends_nothing_after_the_order_was_refunded(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 1, **SLOW) as fleet:
        supplier = fleet.world.suppliers[0]
        await fleet.gives(ALICE)
        [first] = fleet.replicas
        await fleet.confirms(ALICE)
        await fleet.until_state("submitting")
        first.signals(signal.SIGSTOP)
        await fleet.starts_one()
        fleet.replicas.remove(first)
        took_s = await fleet.until_state("in_doubt", within_s=30)
        await fleet.sees(fleet.olga, "in doubt")
        await fleet.taps(fleet.olga, "Not placed: refund")
        await fleet.taps(fleet.olga, "Yes: not placed, refund")
        await fleet.until_state("failed")
        first.signals(signal.SIGCONT)
        fleet.replicas.append(first)
        await fleet.confirms(ALICE)
        await fleet.until_state("completed", order=2)

        assert supplier.adds_received == 1, "the second order alone"
        assert await fleet.asks("SELECT sum(balance) FROM accounts") == 0
        assert took_s < 30


async def test_a_process_that_starts_leaves_alone_what_a_living_one_sends(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 1) as fleet:
        supplier = fleet.world.suppliers[0]
        await fleet.gives(ALICE)
        supplier.faults.next("add", wire_faults.hang(timedelta(seconds=9)).after_acting())
        await fleet.confirms(ALICE)
        await fleet.until_state("submitting")
        await fleet.starts_one()
        await fleet.starts_one()
        states = set()

        async def is_over() -> bool:
            states.add(await fleet.asks("SELECT state FROM orders WHERE id = 1"))
            return not supplier.faults.left("add") and "completed" in states

        supplier.faults.release()
        await fleet.until(is_over)
        assert "in_doubt" not in states
        assert supplier.adds_received == 1
        assert not any("in doubt" in one.text for one in fleet.person(OLGA).messages)


@pytest.mark.parametrize("end", ["killed", "frozen"])
async def test_what_a_dead_process_was_sending_is_parked_and_told_in_seconds(
    postgresql_url: str, tmp_path: Path, end: str
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 1) as fleet:
        supplier = fleet.world.suppliers[0]
        await fleet.gives(ALICE)
        [first] = fleet.replicas
        supplier.faults.next("add", wire_faults.hang(timedelta(seconds=60)).after_acting())
        await fleet.confirms(ALICE)
        await fleet.until_state("submitting")
        second = await fleet.starts_one()
        fleet.replicas.remove(first)
        if end == "killed":
            await first.is_killed()
        else:
            first.signals(signal.SIGSTOP)
        assert await fleet.until_state("in_doubt") < 30
        await fleet.sees(fleet.alice, "being checked", "safe")
        await fleet.sees(fleet.olga, "in doubt")
        assert await second.is_healthy()
        first.signals(signal.SIGCONT) if end == "frozen" else None
        assert supplier.adds_received == 1


async def test_what_a_dead_process_had_claimed_is_taken_up_in_seconds(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 1) as fleet:
        supplier = fleet.world.suppliers[0]
        await fleet.gives(ALICE)
        [first] = fleet.replicas
        supplier.faults.always("status", wire_faults.hang(timedelta(seconds=60)))
        await fleet.confirms(ALICE)
        await fleet.until_state("active")
        await supplier.faults.somebody_hangs()
        first.signals(signal.SIGSTOP)
        fleet.replicas.remove(first)
        supplier.faults.clear()
        await fleet.starts_one()
        assert await fleet.until_state("completed") < 30
        first.signals(signal.SIGCONT)
        await fleet.sees(fleet.alice, "2 of 2")
