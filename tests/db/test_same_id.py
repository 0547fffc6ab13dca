"""A supplier's id belongs to one of our orders, also when two take it at the same instant."""

import asyncio
import time
from collections.abc import Awaitable
from decimal import Decimal
from typing import cast

from bot.app.kinds import KINDS
from bot.base.errors import TooLate
from bot.base.ids import OrderId, RemoteId, SupplierName
from bot.catalog.watch import WatchSuppliers
from bot.orders.attempts import refused_cost
from bot.orders.collect_evidence import ReadBefore
from bot.orders.decide import Attach
from bot.orders.fence import Fence
from bot.orders.rules.moves import State
from bot.orders.submit import SubmitOrder
from bot.orders.views import OrderView
from bot.outbox.tell import Alerts
from bot.suppliers.port import Accepted, Balance, MayLeave, StatusAnswer, Supplier, at_any_time
from tests.races import all_at_once
from tests.stored_shop import ACC, BY, Books, says

SAME = RemoteId("same")


class Forgetful:
    """A supplier that knows one id only, and answers two who ask at the same instant."""

    name: SupplierName = ACC

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.both = asyncio.Barrier(2)

    async def balance(self) -> Balance:
        return Balance(Decimal(100), "USD")

    async def add(
        self,
        _service: RemoteId,
        _quantity: int,
        _link: str = "",
        _may_leave: MayLeave = at_any_time,
    ) -> Accepted:
        self.asked.set()
        await self.both.wait()
        return Accepted(SAME, "taken")

    async def status(self, _order: RemoteId) -> StatusAnswer:
        await self.both.wait()
        return says("Pending")


def as_supplier(forgetful: Forgetful) -> Supplier:
    return cast("Supplier", forgetful)  # it is asked nothing else here


async def sends_one(books: Books, supplier: Supplier) -> bool:
    known, alerts = {ACC: supplier}, Alerts(books.db)
    watch = WatchSuppliers(known, books.db, alerts, books.clock, "USD", refused_cost)
    read_before = ReadBefore(watch, books.clock)
    fence = Fence(books.clock, time.monotonic)
    return await SubmitOrder(books.db, KINDS, watch, read_before, books.clock, fence)(supplier)


def attach(books: Books, supplier: Supplier, order: OrderId) -> Awaitable[OrderView]:
    return Attach(books.db, KINDS, {ACC: supplier})(BY, order, SAME)


async def test_two_orders_that_get_one_id_at_once_end_as_one_active_and_one_in_doubt(
    rich: Books,
) -> None:
    service = await rich.stocks()
    orders = [await rich.buys(service=service) for _ in range(2)]
    other, forgetful = await rich.another(), Forgetful()
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(sends_one(rich, as_supplier(forgetful)))
        await forgetful.asked.wait()
        rich.wait(minutes=3)  # the lane is free again, though the first still waits
        tasks.create_task(sends_one(other, as_supplier(forgetful)))

    assert {await rich.state(order) for order in orders} == {State.ACTIVE, State.IN_DOUBT}
    assert await rich.faults() == ()


async def test_one_id_attached_to_two_orders_at_once_is_attached_to_one(rich: Books) -> None:
    first = (await rich.in_doubt()).order
    second = (await rich.in_doubt()).order
    other, supplier = await rich.another(), as_supplier(Forgetful())

    async with asyncio.timeout(60):
        outcomes = await all_at_once(
            attach(rich, supplier, first), attach(other, supplier, second)
        )

    assert sum(isinstance(outcome, OrderView) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, TooLate) for outcome in outcomes) == 1
    assert await rich.faults() == ()
