"""What every test may ask for: databases, a stored shop, a clock."""

import asyncio
import gc
import os
import shutil
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

from bot.app.kinds import KINDS
from bot.i18n.texts import Texts
from bot.numbers.poll import PollNumber
from bot.orders.collect_evidence import ReadBefore
from bot.orders.fence import Fence
from bot.orders.poll import PollOrder
from bot.orders.submit import SubmitOrder
from tests.books import open_empty_books
from tests.clock import TurnableClock
from tests.db.steps.earlier import leave
from tests.orders.work import Work
from tests.postgresql import PostgreSQL
from tests.stored_shop import ALICE, Books
from tests.suppliers.fake import FakeSupplier

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

# Each shop of a test trusts the same authorities, and reading them costs more than a purchase.
ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]  # a cached function is called the same way

# Each shop speaks the same languages, and reading them costs more than a test.
Texts.load = cache(Texts.load)  # type: ignore[method-assign]  # as above

# Each database of a test would compile the same statements anew. They are kept by their dialect,
# and all dialects of a kind are alike here.
_COMPILED = LRUCache[object, object](10_000)
_ONE_FOR_ALL = property(lambda _: _COMPILED, lambda _, __: None)
Engine._compiled_cache = _ONE_FOR_ALL  # type: ignore[assignment]  # noqa: SLF001 - nothing public does this
for kind in (SQLiteDialect, PGDialect):
    kind.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]  # see above
    kind.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]  # see above

# No deadlines: a slow machine is not a broken rule. On CI the same examples every time.
settings.register_profile("kiosk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "kiosk")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database server, so that it can be left out."""
    for item in items:
        given = getattr(item, "callspec", None)
        asked = "postgresql_server" in getattr(item, "fixturenames", ())
        if asked or (given is not None and "postgresql" in given.params.values()):
            item.add_marker(pytest.mark.server)


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
def sqlite_folder() -> Iterator[Path]:
    """A folder for SQLite files, in memory where the machine has such: syncing costs most."""
    in_memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    place = in_memory if os.access(in_memory, os.W_OK) else None
    with TemporaryDirectory(prefix="kiosk-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def sqlite_url(sqlite_folder: Path) -> str:
    """A fresh SQLite file."""
    return f"sqlite+aiosqlite:///{sqlite_folder}/kiosk.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, empty database; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def opened_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with opened, empty books."""
    path = tmp_path_factory.mktemp("opened") / "kiosk.db"
    asyncio.run(open_empty_books(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def left_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a filled shop, as version 0001 has left it."""
    path = tmp_path_factory.mktemp("left") / "kiosk.db"
    asyncio.run(leave(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def left_postgresql(postgresql_server: PostgreSQL) -> str:
    """The database of the same shop."""
    return postgresql_server.filled("kiosk_left", leave)


@pytest.fixture(params=["sqlite", "postgresql"])
def left_url(request: pytest.FixtureRequest, sqlite_folder: Path) -> Iterator[str]:
    """A copy of what version 0001 has left; the test runs once on each kind."""
    if request.param == "sqlite":
        copy = shutil.copy(request.getfixturevalue("left_sqlite"), sqlite_folder / "kiosk.db")
        yield f"sqlite+aiosqlite:///{copy}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    with server.fresh_database(request.getfixturevalue("left_postgresql")) as url:
        yield url


@pytest.fixture(scope="session")
def opened_postgresql(postgresql_server: PostgreSQL) -> str:
    """A database with opened, empty books."""
    return postgresql_server.kept("kiosk_opened", open_empty_books)


@pytest.fixture
def sqlite_books_url(opened_sqlite: Path, sqlite_folder: Path) -> str:
    """A copy of the file."""
    copy = shutil.copy(opened_sqlite, sqlite_folder / "kiosk.db")
    return f"sqlite+aiosqlite:///{copy}"


@pytest.fixture
def postgresql_books_url(postgresql_server: PostgreSQL, opened_postgresql: str) -> str:
    """The one database, as it was when it was opened."""
    return postgresql_server.reset(opened_postgresql)


@pytest.fixture(params=["sqlite", "postgresql"])
def books_url(request: pytest.FixtureRequest) -> str:
    """Opened, empty books; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_books_url")
    return url


@pytest.fixture
def clock() -> TurnableClock:
    """A clock that stands still until it is turned."""
    return TurnableClock()


@pytest.fixture
async def books(books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    """The stored shop, where nobody was yet."""
    async with AsyncExitStack() as stack:
        yield await Books.open(books_url, clock, stack)


@pytest.fixture
async def rich(books: Books) -> Books:
    """The stored shop, where alice has $10."""
    await books.has(ALICE, "10")
    return books


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """Another empty database of the same kind."""
    if database_url.startswith("sqlite"):
        yield f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def supplier(clock: TurnableClock) -> FakeSupplier:
    return FakeSupplier(clock)


@pytest.fixture
async def funded(sqlite_books_url: str, clock: TurnableClock) -> AsyncIterator[Books]:
    """Where alice has ten dollars."""
    async with AsyncExitStack() as stack:
        books = await Books.open(sqlite_books_url, clock, stack)
        await books.has(ALICE, "10")
        yield books


@pytest.fixture
def work(funded: Books, supplier: FakeSupplier) -> Work:
    return Work(funded, supplier)


@pytest.fixture
def submit_order(work: Work) -> SubmitOrder:
    read_before = ReadBefore(work.watch, work.books.clock)
    fence = Fence(work.books.clock, time.monotonic)
    return SubmitOrder(work.books.db, KINDS, work.watch, read_before, work.books.clock, fence)


@pytest.fixture
def poll_order(work: Work) -> PollOrder:
    return work.follows(0.5)


@pytest.fixture
def watch(work: Work) -> PollNumber:
    return work.watches(0.5)
