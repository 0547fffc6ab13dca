"""What several living processes share: the suppliers' caps, people's choices, each update once."""

from collections import Counter
from pathlib import Path

import pytest

from sandbox.suppliers.timelines import never
from sandbox.world import ALICE, BORIS
from tests.replicas.fleet import Fleet, open_fleet

pytestmark = pytest.mark.processes

_CAP = 5


async def test_three_processes_together_keep_the_cap_of_a_supplier(
    postgresql_url: str, tmp_path: Path
) -> None:
    cap = {"SUPPLIERS__ACCPLANET__RATE_CAP": str(_CAP)}
    async with open_fleet(postgresql_url, tmp_path, 3, **cap) as fleet:
        supplier = fleet.world.suppliers[0]
        supplier.default_timeline = supplier.by_hand_timeline = never()
        await fleet.gives(ALICE, 500)
        for _ in range(12):  # each is asked about every second
            await fleet.confirms(ALICE, "1")
        asked = len(supplier.received)
        took_s = await fleet.until(lambda: len(supplier.received) >= asked + 60, 60)
        assert 60 / took_s <= _CAP * 1.15
        assert 60 / took_s >= _CAP * 0.5, "and it is used"


async def test_a_choice_of_language_holds_in_every_process_at_once(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 2) as fleet:
        await fleet.gives(ALICE)
        assert "Balance" in await _says(fleet, "/wallet")
        assert "Balance" in await _says(fleet, "/wallet"), "both processes know her"
        await _says(fleet, "/language")
        await fleet.taps(fleet.alice, "Deutsch")
        for _ in range(4):
            assert "Guthaben" in await _says(fleet, "/wallet")


async def _says(fleet: Fleet, words: str) -> str:
    """What a new message is answered with."""
    before = len(fleet.alice.messages)
    fleet.alice.sends(words)
    await fleet.until(lambda: len(fleet.alice.messages) > before)
    return fleet.alice.messages[-1].text


async def test_an_update_that_a_balancer_brings_to_two_is_done_once(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 2) as fleet:
        await fleet.gives(ALICE)
        fleet.doubled = True
        await fleet.confirms(ALICE)
        fleet.person(BORIS).sends("/start")
        await fleet.until_state("completed")
        await fleet.until(lambda: fleet.person(BORIS).messages)
        said = Counter(message.text for message in fleet.alice.messages)
        assert max(said.values()) == 1, said
        assert len(fleet.person(BORIS).messages) == 1
        assert fleet.world.suppliers[0].adds_received == 1
        assert await fleet.asks("SELECT count(*) FROM orders") == 1


async def test_processes_whose_clocks_are_thirty_seconds_apart_deliver_at_once(
    postgresql_url: str, tmp_path: Path
) -> None:
    async with open_fleet(postgresql_url, tmp_path, 0) as fleet:
        for ahead_s in (-30.0, 0.0, 30.0):
            await fleet.starts_one(ahead_s=ahead_s)
        await fleet.gives(ALICE)
        for order in (1, 2, 3):
            await fleet.confirms(ALICE, "1")
            assert await fleet.until_state("completed", order) < 20
        assert fleet.world.suppliers[0].adds_received == 3
        assert await fleet.asks("SELECT count(*) FROM replicas") == 3
