"""What every test may ask for: a database of its own, on SQLite and on PostgreSQL, and a clock."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog
from hypothesis import settings

from tests.clock import TurnableClock
from tests.postgresql import PostgreSQL

# Plain lines instead of the terminal's coloured ones, which take seconds to draw a traceback.
structlog.configure(
    processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=False,
)

# Thousands of modules stay for ever; looking at them again and again costs a quarter of the run.
gc.freeze()
gc.set_threshold(50_000, 50, 1_000)

# No deadlines: a slow machine is not a broken rule. On CI the same examples every time.
settings.register_profile("kiosk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "kiosk")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A real PostgreSQL, started when the first test asks, stopped with the last."""
    with PostgreSQL.running() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQL) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    with postgresql_server.fresh_database() as url:
        yield url


@pytest.fixture
def sqlite_url() -> Iterator[str]:
    """A fresh SQLite file, in memory where the machine has such a folder: syncing costs most."""
    in_memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    place = in_memory if os.access(in_memory, os.W_OK) else None
    with TemporaryDirectory(prefix="kiosk-", dir=place, ignore_cleanup_errors=True) as folder:
        yield f"sqlite+aiosqlite:///{folder}/kiosk.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def clock() -> TurnableClock:
    """A clock that stands still until it is turned."""
    return TurnableClock()
