"""A busy shop, a place for its copy, and an empty database elsewhere."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.money import topup
from tests.clock import TurnableClock
from tests.postgresql import PostgreSQL
from tests.stored_shop import ALICE, BY, Books, says


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk-monday.copy"


@pytest.fixture(params=["sqlite", "postgresql"])
async def elsewhere(
    request: pytest.FixtureRequest, tmp_path: Path, clock: TurnableClock
) -> AsyncIterator[Books]:
    """A new, empty database of either kind, on another machine so to speak."""
    async with AsyncExitStack() as stack:
        url = f"sqlite+aiosqlite:///{tmp_path / 'elsewhere' / 'kiosk.db'}"
        if request.param == "postgresql":
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            url = stack.enter_context(server.fresh_database())
        yield await Books.connect(url, clock, stack)


@pytest.fixture
async def busy(rich: Books) -> Books:
    """A shop with an order of every kind, a reversed top-up, goods, doubts and deleted rows."""
    due = await rich.has_active(quantity=2, total="2")
    await rich.hears(due, says("Completed", "ann:1", "ben:2"))
    await rich.in_doubt()
    await rich.buys(total="1.25")
    change = await rich.has(ALICE, "3")
    await rich.db.write(topup.undo, BY, change.transfer)
    await rich.sql("DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox)")
    return rich
