"""A shop restored from a copy of yesterday: it waits for a person, and does nothing twice."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

import pytest

from bot.app.checking import check
from bot.base.ids import CustomerId, OrderId, SupplierName
from bot.chat.desk.taps import Decide, Decision
from bot.chat.orders.taps import CancelOrder, OpenOrder
from bot.chat.safety.taps import EndSafeMode
from bot.money.ledger import Wallet
from bot.orders import read
from bot.orders.rules.moves import Reason, State
from bot.safety import safe_mode
from bot.safety.copies.restore import GAP
from sandbox.suppliers import wire_faults
from sandbox.suppliers.numbers import SmsPlan, SmsProject, code_after, no_code
from sandbox.suppliers.timelines import completes, never
from tests.clock import TurnableClock
from tests.conversation.aftermath import copied, goes_on_for_days, restored
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.postgresql import PostgreSQL
from tests.stored_shop import usd

OTTO = 98
CLOSED = "Nothing was charged. The shop is closed for a check; please come back later."
ANN, BEN, CID = (["ann:1", "ann:2", "ann:3"], ["ben:1", "ben:2", "ben:3"], ["cid:1", "cid:2"])
WAITED, SENDING, UNDER_WAY, LOST = 2, 3, 1, 4
"""The orders by number: as the copy knows them, and the one that it does not know."""


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database of the same kind."""
    with ExitStack() as stack:
        if database_url.startswith("sqlite"):
            yield f"sqlite+aiosqlite:///{tmp_path / 'new' / 'kiosk.db'}"
        else:
            server: PostgreSQL = request.getfixturevalue("postgresql_server")
            yield stack.enter_context(server.fresh_database())


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    async with open_shop(database_url, clock, stocked=True, admin_ids=f"{OLGA},{OTTO}") as opened:
        yield opened


@pytest.fixture(autouse=True)
async def otto(shop: Shop) -> Human:
    """The other operator."""
    human = person(shop, OTTO, "Otto")
    await human.sends("/start")
    return human


async def lives_through_a_day(shop: Shop, alice: Human, file: Path) -> None:
    """A copy is taken with one order under way, one waiting and one on the wire; all end well."""
    shop.accplanet.plan(never(), ANN)
    await alice.buys()
    await shop.works()
    await shop.sites["accplanet"].refuse_newcomers()
    shop.accplanet.plan(completes(2), BEN)
    await alice.buys()
    await shop.works()
    shop.hstockplus.plan(completes(2), CID)
    await alice.buys_mailboxes("2")
    shop.hstockplus.faults.next("add", wire_faults.hang())
    async with asyncio.timeout(15), asyncio.TaskGroup() as tasks:
        tasks.create_task(shop.works())
        await shop.hstockplus.faults.somebody_hangs()
        await copied(shop, file)
        shop.hstockplus.faults.release()
    await shop.sites["accplanet"].come_back()
    await shop.passes(minutes=2)
    next(iter(shop.accplanet.orders.values())).complete()
    await alice.buys()
    await shop.passes(hours=1)
    assert [await shop.state(one) for one in (1, 2, 3, 4)] == [State.COMPLETED] * 4
    await goes_on_for_days(shop, 1)


async def opens_again(operator: Human) -> None:
    await operator.sends("/desk")
    for label in ("Safe mode", "Open the shop again", "Yes: open the shop"):
        await operator.taps(label)


async def test_a_day_old_copy_waits_for_an_operator_and_sends_nothing_twice(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    await lives_through_a_day(shop, alice, tmp_path / "copy")
    sent = (shop.accplanet.adds_received, shop.hstockplus.adds_received)
    assert sent == (3, 1)
    async with restored(shop, tmp_path / "copy", empty_url):
        # In safe mode: one alert, and nothing moves, over restarts and days.
        as_copied = Wallet(free=usd("10") - usd("1.44"), held=usd("1.44"))
        assert await alice.wallet() == as_copied
        await goes_on_for_days(shop)
        await shop.kiosk.recover()
        await shop.works()
        assert olga.times("restored from a copy of Mar 1, 2026") == 1
        states = [await shop.state(one) for one in (UNDER_WAY, WAITED, SENDING)]
        assert states == [State.ACTIVE, State.QUEUED, State.SUBMITTING]
        assert await alice.wallet() == as_copied

        # Its end, by two taps, once.
        await opens_again(olga)
        olga.sees_last("The shop is open again", "2 orders are in doubt now")
        for one in (WAITED, SENDING):
            assert await shop.state(one) is State.IN_DOUBT
            assert (await shop.dossier(one)).order.reason is Reason.RESTORED
        await shop.passes(seconds=30)
        assert await shop.state(UNDER_WAY) is State.COMPLETED
        assert alice.times("ann:1") == 2  # a delivery may come once more
        await goes_on_for_days(shop)
        assert (shop.accplanet.adds_received, shop.hstockplus.adds_received) == sent
        assert [await shop.state(one) for one in (WAITED, SENDING)] == [State.IN_DOUBT] * 2
        assert [alice.times(f"Order #{one} is being checked.") for one in (2, 3)] == [1, 1]
        assert await alice.wallet() == Wallet(usd("8.56"), usd("1.08"))
        assert await shop.proof() == ()
        acts = await shop.acts_audited()
        assert acts.count((str(OLGA), "end_safe_mode", "shop")) == 1
        assert not shop.trouble()


async def test_in_safe_mode_customers_look_around_and_buy_nothing(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    await shop.sites["accplanet"].refuse_newcomers()
    await alice.buys()
    await shop.works()
    await copied(shop, tmp_path / "copy")
    async with restored(shop, tmp_path / "copy", empty_url):
        await shop.sites["accplanet"].come_back()
        await alice.buys()
        alice.sees_last(CLOSED)
        await alice.sends("/orders")
        assert alice.card.find_button("#1") is not None
        await alice.forges(OpenOrder(order=1).pack())
        alice.sees_last("Order #1", "Waiting to be placed")
        await alice.forges(CancelOrder(order=1).pack())
        assert alice.toast == CLOSED
        await shop.works()
        checked = [line async for verdict, line in check(shop.kiosk) if verdict]
        assert [line.partition(":")[0] for line in checked] == ["safe mode"]

        page = await shop.kiosk.shop.store.db.read(
            read.list_orders, CustomerId(alice.id), 0, only_open=False
        )
        assert page.total == 1
        assert await shop.state() is State.QUEUED
        assert shop.accplanet.adds_received == 0
        assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0.36"))
        assert await shop.proof() == ()


@on_sqlite
async def test_in_safe_mode_operators_correct_credit_and_decide_no_order(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    await copied(shop, tmp_path / "copy")
    async with restored(shop, tmp_path / "copy", empty_url):
        for act in (Decision.WRITE_OFF, Decision.NOT_PLACED, Decision.SEND_AGAIN):
            tap = Decide(order=1, act=act, attempt=1, sure=True)
            await olga.forges(tap.pack())
            olga.sees_last("Nothing was done: the shop is in safe mode.", "Order #1: in doubt")
        await olga.sends(f"/topup {alice.id} 5 lost since the copy")
        assert await alice.wallet() == Wallet(free=usd("14.64"), held=usd("0.36"))

        await opens_again(olga)
        await olga.forges(Decide(order=1, act=Decision.WRITE_OFF, attempt=1, sure=True).pack())
        assert await alice.wallet() == Wallet(free=usd("15"), held=usd("0"))
        assert await shop.proof() == ()


@on_sqlite
async def test_only_one_tap_of_one_operator_ends_it_and_customers_never_do(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    otto = Human(shop, shop.telegram.people[OTTO])
    await copied(shop, tmp_path / "copy")
    async with restored(shop, tmp_path / "copy", empty_url):
        waiting = await shop.kiosk.db.read(safe_mode.look)
        assert waiting is not None
        mark = waiting.restored.mark
        await alice.forges(EndSafeMode(mark=mark, sure=True).pack())
        await olga.forges(EndSafeMode(mark=mark - 1, sure=True).pack())
        olga.sees_last("Nothing was done by this tap")
        assert await shop.kiosk.db.read(safe_mode.look) is not None

        await opens_again(olga)
        await otto.forges(EndSafeMode(mark=mark, sure=True).pack())
        otto.sees_last("Nothing was done by this tap")
        assert [act for _, act, _ in await shop.acts_audited()].count("end_safe_mode") == 1
        await olga.sends("/desk")
        assert olga.card.find_button("Safe mode") is None
        await alice.buys()
        alice.sees_last(f"Order #{GAP + 1}")


@on_sqlite
async def test_an_order_parked_by_the_restore_is_decided_like_any_other(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    await lives_through_a_day(shop, alice, tmp_path / "copy")
    taken = str(shop.hstockplus.last_order.id)
    async with restored(shop, tmp_path / "copy", empty_url):
        await opens_again(olga)
        await olga.sends(f"/order {SENDING}")
        olga.sees_last("may have been sent since then", "outcome unknown")
        await olga.taps("Attach id")
        await olga.sends(taken)
        await olga.taps("Yes: attach this id")
        await shop.passes(seconds=10)
        assert await shop.state(SENDING) is State.COMPLETED
        assert alice.times("cid:1") == 2
        assert shop.hstockplus.adds_received == 1
        assert await shop.proof() == ()


@on_sqlite
async def test_sent_again_by_an_operator_it_is_never_refunded_by_a_machine(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    """The first may have arrived since the copy, so a clear no to the second says too little."""
    await lives_through_a_day(shop, alice, tmp_path / "copy")
    async with restored(shop, tmp_path / "copy", empty_url):
        await opens_again(olga)
        shop.accplanet.services["10042"].gone = True
        await olga.sends(f"/order {WAITED}")
        await olga.taps("Send again")
        await olga.taps("Yes: send again")
        await shop.works()
        await goes_on_for_days(shop, 1)

        assert shop.accplanet.adds_received == 4
        assert await shop.state(WAITED) is State.IN_DOUBT
        assert (await alice.wallet()).held == usd("1.08")
        assert await shop.proof() == ()


@on_sqlite
async def test_a_wish_for_credit_answered_since_the_copy_is_asked_again(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    await alice.sends("/wallet")
    await alice.taps("Top up")
    await alice.sends("5")
    await shop.works()
    await copied(shop, tmp_path / "copy")
    await olga.taps("Approve")
    assert (await alice.wallet()).free == usd("15")
    async with restored(shop, tmp_path / "copy", empty_url):
        assert (await alice.wallet()).free == usd("10")
        await opens_again(olga)
        await shop.works()
        tap = olga.button("Approve")
        await olga.taps("Approve")
        await olga.forges(tap)
        assert (await alice.wallet()).free == usd("15")
        assert await shop.proof() == ()


@on_sqlite
async def test_an_order_that_the_copy_does_not_know_is_nobodys(
    shop: Shop, alice: Human, olga: Human, tmp_path: Path, empty_url: str
) -> None:
    await copied(shop, tmp_path / "copy")
    shop.accplanet.plan(completes(2), ANN)
    await alice.goes_to_confirm()
    confirm, card = alice.button("Confirm"), alice.card.message_id
    await alice.taps("Confirm")
    await shop.passes(seconds=10)
    async with restored(shop, tmp_path / "copy", empty_url):
        await opens_again(olga)
        await alice.forges(OpenOrder(order=1).pack())
        alice.sees_last("We cannot find that")
        await alice.buys("Fresh account", "1")
        await alice.forges(confirm, card)  # the old button stands for a quote that is lost
        await shop.works()

        assert shop.accplanet.adds_received == 2
        mine = CustomerId(alice.id)
        page = await shop.kiosk.db.read(read.list_orders, mine, 0, only_open=False)
        assert [one.id for one in page.rows] == [OrderId(GAP + 1)]
        assert await shop.proof() == ()


CODE_COMES = (code_after(15), State.COMPLETED, "9.40")
NO_CODE_COMES = (no_code(), State.CANCELED, "10")


@on_sqlite
@pytest.mark.parametrize("seen", [CODE_COMES, NO_CODE_COMES])
async def test_a_number_that_ran_out_since_the_copy_is_looked_at_before_its_money_moves(
    shop: Shop, alice: Human, tmp_path: Path, empty_url: str, seen: tuple[SmsPlan, State, str]
) -> None:
    plan, ends_in, free = seen
    project = SmsProject(
        project_id="65f1", name="Chat", price=Decimal("0.5"), country_id="us", country_title="US"
    )
    shop.hstockplus.projects = [project]
    shop.hstockplus.plan_sms(plan)
    await shop.kiosk.shop.refresh.numbers(shop.kiosk.shop.suppliers[SupplierName("hstockplus")])
    await alice.sends("/numbers")
    for label in ("Chat", "US", "Confirm"):
        await alice.taps(label)
    await shop.works()
    await copied(shop, tmp_path / "copy")
    await shop.passes(minutes=30)
    assert await shop.state() is ends_in
    await goes_on_for_days(shop, 1)
    async with restored(shop, tmp_path / "copy", empty_url):
        await goes_on_for_days(shop, 1)
        assert await shop.state() is State.ACTIVE
        await opens_again(Human(shop, shop.telegram.people[OLGA]))
        await shop.passes(minutes=3)

        assert await shop.state() is ends_in
        assert await alice.wallet() == Wallet(usd(free), usd("0"))
        assert alice.times("123456") == (2 if ends_in is State.COMPLETED else 0)
        assert await shop.proof() == ()
