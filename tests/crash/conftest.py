"""The fork server and the ground that all trials of a session start from."""

from collections.abc import Iterator

import pytest

from tests.crash.campaign import opened_nursery
from tests.crash.trial import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with opened_nursery() as opened:
        yield opened
