"""The conversation against the two pretend suppliers, as a shop would lead it."""

from decimal import Decimal

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.errors import InDoubt, NotSent, Refused
from bot.suppliers.port import Supplier
from bot.suppliers.progress import Stage
from sandbox.serving import serve
from sandbox.suppliers import AccPlanetWorld, HstockPlusWorld, SupplierWorld
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.reply_faults import garbage_rows
from sandbox.suppliers.services import SandboxService
from sandbox.suppliers.wire_faults import cut_midway, hang, lost_reply
from tests.clock import TurnableClock
from tests.suppliers.conftest import HURRIED, KEY, PATIENT, Build

GMAIL = RemoteId("10042")


@pytest.fixture(params=[AccPlanetWorld, HstockPlusWorld])
def world(request: pytest.FixtureRequest, clock: TurnableClock) -> SupplierWorld:
    world: SupplierWorld = request.param(now=clock.now, key=KEY)
    world.put(
        SandboxService(
            id=10042,
            name="Gmail",
            rate=Decimal("0.50"),
            category="Email Accounts",
            stock=10,
            max=5,
        )
    )
    return world


async def test_an_order_is_placed_and_followed(world: SupplierWorld, build: Build) -> None:
    async with (
        serve(world.app()) as site,
        build(f"{site.url}/api/v2", world.name.lower()) as built,
    ):
        supplier: Supplier = built
        (row,) = (await supplier.list_services()).rows
        assert row.rate == Decimal("0.50")
        assert (await supplier.stock(GMAIL)).units == 10
        placed = await supplier.add(GMAIL, 2)
        said = await supplier.status(placed.order)
        assert said.progress.stage is not Stage.UNKNOWN
        assert (await supplier.balance()).amount == world.balance
        with pytest.raises(Refused) as no:
            await supplier.add(GMAIL, 99)
        assert no.value.said
        with pytest.raises(Refused):
            await supplier.status(RemoteId("404"))


@pytest.mark.parametrize("fault", [lost_reply(), cut_midway(), hang()])
async def test_a_lost_answer_is_in_doubt_and_bought_once(
    world: SupplierWorld, build: Build, fault: Fault
) -> None:
    world.faults.next("add", fault)
    limits = HURRIED if fault.hangs else PATIENT
    name = world.name.lower()

    async with serve(world.app()) as site, build(f"{site.url}/api/v2", name, limits) as built:
        with pytest.raises(InDoubt):
            await built.add(GMAIL, 1)
        assert (world.orders_placed, world.adds_received) == (1, 1)


async def test_a_supplier_that_is_down_is_told_from_one_that_hangs_up(
    world: SupplierWorld, build: Build
) -> None:
    async with (
        serve(world.app()) as site,
        build(f"{site.url}/api/v2", world.name.lower()) as built,
    ):
        await built.balance()
        await site.go_down()
        with pytest.raises(NotSent):
            await built.add(GMAIL, 1)
        await site.come_back()
        await built.add(GMAIL, 1)
        assert world.orders_placed == 1


async def test_garbage_rows_hide_no_honest_one(world: SupplierWorld, build: Build) -> None:
    world.faults.next("services", garbage_rows())

    async with (
        serve(world.app()) as site,
        build(f"{site.url}/api/v2", world.name.lower()) as built,
    ):
        listed = await built.list_services()

    assert listed.rows[0].remote_id == GMAIL
    assert listed.rows[0].problem == ""
    assert listed.unreadable > 0
