"""What is stored last is what is shown last, however many ask for the shelf at once."""

import asyncio
from dataclasses import replace
from typing import Any, cast

from bot.catalog import store
from bot.db.database import Database
from tests.clock import TurnableClock
from tests.small_shop import open_small_shop
from tests.stored_shop import listed

_MOMENT_S = 0.3


class SlowReader:
    """A database whose first reader of the catalogue is held up with what it has read."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.has_read, self.goes_on = asyncio.Event(), asyncio.Event()

    async def read(self, fn: Any, *args: Any) -> Any:
        found = await self.database.read(fn, *args)
        if fn is store.load and not self.has_read.is_set():
            self.has_read.set()
            await self.goes_on.wait()
        return found


async def test_one_that_read_earlier_does_not_put_its_shelf_up_later(
    books_url: str, clock: TurnableClock
) -> None:
    async with open_small_shop(books_url, clock) as shop:
        await shop.sells(listed("r1"))
        [service] = [one.id for one in shop.shop.shelf.now.services()]
        slow = SlowReader(shop.books.db)
        load = replace(shop.shop.load_shelf, db=cast("Database", slow))
        await shop.books.db.write(store.set_paused, service, paused=True)

        async with asyncio.TaskGroup() as group, asyncio.timeout(60):
            group.create_task(load())
            await slow.has_read.wait()
            await shop.books.db.write(store.set_paused, service, paused=False)
            later = group.create_task(load())
            await asyncio.wait({later}, timeout=_MOMENT_S)
            slow.goes_on.set()

        assert shop.shop.shelf.version == await shop.books.db.read(store.version)
        assert shop.shop.shelf.now.find_offer(service) is not None


async def test_what_is_read_anew_while_a_shelf_is_built_stays_on_it(
    books_url: str, clock: TurnableClock
) -> None:
    async with open_small_shop(books_url, clock) as shop:
        await shop.sells(listed("r1"))
        [service] = shop.shop.shelf.now.services()
        slow = SlowReader(shop.books.db)
        load = replace(shop.shop.load_shelf, db=cast("Database", slow))
        await shop.books.db.write(store.bump_version)

        async with asyncio.TaskGroup() as group, asyncio.timeout(60):
            group.create_task(load())
            await slow.has_read.wait()
            shelf, fewer = shop.shop.shelf, replace(service.listed, stock=2)
            shelf.now = shelf.now.with_service(replace(service, listed=fewer))
            slow.goes_on.set()

        kept = shop.shop.shelf.now.find_service(service.id)
        assert kept is not None
        assert kept.listed.stock == 2
