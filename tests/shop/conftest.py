"""One supplier, shelves on which it may be paused, and a clock that starts at noon."""

import pytest

from tests.clock import TurnableClock
from tests.shop.ports import NOON, ShelvesInMemory, ToldSupplier


@pytest.fixture
def clock() -> TurnableClock:
    return TurnableClock(NOON)


@pytest.fixture
def supplier(clock: TurnableClock) -> ToldSupplier:
    return ToldSupplier(clock)


@pytest.fixture
def shelves() -> ShelvesInMemory:
    return ShelvesInMemory()
