"""The fork server and the ground that all trials of a session start from, on each database."""

from collections.abc import Iterator

import pytest

from tests.crash.campaign import opened_nursery
from tests.crash.trial import Nursery

_SERVERS = 2
"""Each takes seconds to start."""


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """On files."""
    with opened_nursery("sqlite") as opened:
        yield opened


@pytest.fixture(scope="session")
def server_nursery() -> Iterator[Nursery]:
    """On servers."""
    with opened_nursery("postgresql", _SERVERS) as opened:
        yield opened
