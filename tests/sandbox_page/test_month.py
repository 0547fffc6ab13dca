"""The month that the demo has behind it: believable, over, proved, and no business of its laws."""

import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.app.kinds import PARTS
from bot.db.database import Database, open_database
from bot.db.tx import Tx, TxSettings
from bot.desk.dashboard import read_period
from bot.desk.stats.read import Span
from bot.ops.seal import Seal, read_keys
from bot.orders.claims.rows import count_open
from bot.orders.rules.moves import FINISHED
from bot.orders.tables import goods, orders
from bot.outbox.tables import outbox
from bot.people.operators import list_operators
from bot.people.tables import customers
from bot.safety.prove import prove
from sandbox.clock import wall_clock
from sandbox.command_line import run_until_done
from sandbox.demo import Demo
from sandbox.month.fill import WallClock, fill_month
from sandbox.month.people import REGULARS
from sandbox.month.plan import plan_month
from sandbox.page.books import Books
from sandbox.suppliers.goods import fit_goods
from sandbox.world import ALICE, ServedWorld, demo_world, serve_world
from tests.sandbox_page.test_demo import CHILD


@pytest.fixture
async def filled(tmp_path: Path) -> AsyncIterator[tuple[ServedWorld, Path]]:
    """A shop with its month, in a world that has just begun."""
    world, file = demo_world(), tmp_path / "data" / "kiosk.db"
    fit_goods(world.suppliers)
    async with serve_world(world, database=file) as served:
        await fill_month(served, file, tmp_path / "goods.key")
        yield served, file


@pytest.fixture
async def books(filled: tuple[ServedWorld, Path], tmp_path: Path) -> AsyncIterator[Database]:
    """The same as the bot opens it."""
    _, file = filled
    db = await open_database(f"sqlite+aiosqlite:///{file}", WallClock())
    seal = Seal.with_keys(read_keys(tmp_path / "goods.key"))
    db.settings = TxSettings(seal, list_operators, parts=PARTS)
    yield db
    await db.close()


async def test_the_month_is_over_and_its_books_prove(
    filled: tuple[ServedWorld, Path], books: Database
) -> None:
    assert await books.read(prove) == ()
    await books.read(_looks_as_it_should)
    served, file = filled
    page = Books(file, served.began).read()
    assert page is not None
    assert (page.counts["orders"], page.counts["sum_micros"]) == (0, 0)
    assert not page.allowed
    assert ALICE not in page.people
    assert all(world.orders_placed == 0 for world in served.world.suppliers)


def _looks_as_it_should(tx: Tx) -> None:
    counted = select(orders.c.state, func.count().label("orders")).group_by(orders.c.state)
    states = {row.state: int(row.orders) for row in tx.execute(counted)}
    assert set(states) <= FINISHED
    assert 250 < sum(states.values()) < 400
    assert tx.execute(select(func.count()).select_from(customers)).scalar_one() == len(REGULARS)
    assert count_open(tx) == 1
    today = tx.now.date().toordinal()
    week = read_period(tx, Span(today - 6, today))
    assert week.revenue > week.cost > tx.settings.price_step
    sealed = tx.execute(select(goods.c.sealed).limit(1)).scalar_one()
    assert "user_" not in tx.settings.unseal(sealed)  # goods in the shape of what was bought
    waiting = select(func.count()).select_from(outbox).where(outbox.c.state == "pending")
    assert tx.execute(waiting).scalar_one() == 0


def test_a_shop_that_was_kept_gets_no_second_month(tmp_path: Path) -> None:
    counted = []
    for _ in range(2):
        demo = Demo((*CHILD, "dies"), tmp_path, port=0, has_past=True, tell=lambda _: None)
        run_until_done(demo.run(), demo.taken)
        with sqlite3.connect(demo.database) as database:
            counted += database.execute("SELECT count(*) FROM orders").fetchone()
    assert counted[0] == counted[1] > 250


def test_every_demo_tells_the_same_story() -> None:
    now = wall_clock()
    first, second = ([*plan_month(now)] for _ in range(2))
    assert [(one.at, one.customer, one.ware) for one in first] == [
        (one.at, one.customer, one.ware) for one in second
    ]
    assert max(one.at for one in first) < now - timedelta(minutes=59)
