"""A supplier that is away, or shows a catalogue nobody can believe: the shop stays open."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.base.ids import SupplierName
from bot.catalog.standing import resume_supplier
from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.catalogue import big_catalogue
from sandbox.suppliers.faults import ANY, Fault
from sandbox.suppliers.timelines import completes, never
from tests.clock import TurnableClock
from tests.conversation.crew import QUICK
from tests.conversation.human import AS_OLGA, Human
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.stored_shop import usd

pytestmark = on_sqlite
THREE = ["ann:1", "ben:2", "cid:3"]


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    """A shop that spares a supplier after five failures in a row, as in real life."""
    wire = replace(QUICK, failures_to_open=5)
    async with open_shop(database_url, clock, wire=wire, stocked=True) as opened:
        yield opened


async def _is_browsable(alice: Human) -> None:
    await alice.sends("/catalog")
    await alice.finds_account("Aged account")
    alice.sees_last("Aged account", "$0.12")


async def test_during_an_outage_of_hours_the_shelf_stays_open_and_the_fall_is_told_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await shop.sites["accplanet"].go_down()
    await shop.leaps(10, minutes=6)
    await shop.leaps(4, hours=1)
    await _is_browsable(alice)
    assert olga.times("🔴 accplanet does not answer.") == 1
    olga.sees_nothing_of("🟢 accplanet", "🔴 hstockplus")
    await olga.sends("/suppliers")
    olga.sees_last("🔴 Stopped answering 5 hours ago", "🟢 Answers")
    olga.sees_nothing_of("acc-key-canary")

    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, minutes=2)
    assert olga.times("🟢 accplanet answers again.") == 1
    assert olga.times("🔴 accplanet does not answer.") == 1
    assert not shop.trouble()


async def test_a_supplier_that_takes_no_orders_for_minutes_is_told_of_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.faults.always("add", wire_faults.throttle("60"))
    await alice.buys()
    await shop.works()
    await shop.passes(minutes=4)
    olga.sees_nothing_of("asks us to wait")
    await shop.leaps(14, minutes=1)
    assert await shop.state() is State.FAILED
    assert await alice.wallet() == Wallet(usd("10"), usd("0"))
    assert olga.times("🔴 accplanet has taken no orders for several minutes") == 1

    shop.accplanet.faults.clear()
    await alice.buys()
    await shop.works()
    await shop.leaps(2, minutes=1)
    assert await shop.state(2) is State.COMPLETED
    assert olga.times("🟢 accplanet takes orders again.") == 1
    assert not shop.trouble()


async def test_orders_under_way_survive_an_outage_of_hours(shop: Shop, alice: Human) -> None:
    shop.accplanet.plan(completes(30), THREE)
    await alice.buys()
    await shop.works()
    await shop.sites["accplanet"].go_down()
    await shop.leaps(10, minutes=1)
    await shop.leaps(4, hours=1)
    assert await shop.state() is State.ACTIVE

    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, minutes=5)
    assert await shop.state() is State.COMPLETED
    for goods in THREE:
        assert alice.times(goods) == 1
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()


async def test_a_purchase_during_an_outage_waits_and_the_other_supplier_goes_on(
    shop: Shop, alice: Human
) -> None:
    await shop.sites["accplanet"].go_down()
    await shop.leaps(5, minutes=2)
    await alice.buys()
    await shop.works()
    alice.sees_last("🔒 Your money is safe: $0.36 is set aside", "Order #1 is waiting")
    await alice.buys_mailboxes("1")
    await shop.passes(seconds=8)
    assert await shop.state(2) is State.COMPLETED

    await shop.sites["accplanet"].come_back()
    await shop.leaps(8, minutes=1)
    assert await shop.state(1) is State.COMPLETED
    assert shop.accplanet.adds_received == 1
    assert await alice.wallet() == Wallet(free=usd("9.28"), held=usd("0"))
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_a_supplier_that_only_talks_nonsense_is_an_outage_too(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for fault in (
        wire_faults.server_error(502),
        wire_faults.html_page(),
        wire_faults.dropped_before(),
    ):
        shop.accplanet.faults.always(ANY, fault)
        await shop.leaps(6, minutes=2)
    await _is_browsable(alice)
    assert olga.times("🔴 accplanet does not answer.") == 1
    shop.accplanet.faults.clear()
    await shop.leaps(4, minutes=2)
    assert olga.times("🟢 accplanet answers again.") == 1
    await alice.buys()
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (reply_faults.empty_catalogue(), "Services listed: 23 → 0"),
        (reply_faults.shrunken_catalogue(2), "Services listed: 23 → 2"),
    ],
    ids=["empty", "much smaller"],
)
async def test_a_catalogue_that_has_shrunk_to_next_to_nothing_is_kept_aside(
    shop: Shop, alice: Human, olga: Human, fault: Fault, words: str
) -> None:
    for service in big_catalogue(20):
        shop.accplanet.put(replace(service, category="Many", subcategory=""))
    await shop.leaps(1, minutes=3)
    shop.accplanet.faults.always("services", fault)
    await shop.leaps(3, minutes=3)
    await _is_browsable(alice)
    assert olga.times("⚠️ The catalogue of accplanet has become much smaller.") == 1
    olga.sees(words)

    shop.accplanet.faults.clear()
    await shop.leaps(2, minutes=3)
    assert olga.times("🟢 The catalogue of accplanet is whole again.") == 1


async def test_rows_of_nonsense_hide_themselves_and_nothing_else(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.faults.always("services", reply_faults.garbage_rows())
    await shop.leaps(2, minutes=3)
    await _is_browsable(alice)
    await olga.sends("/suppliers")
    olga.sees_last("the supplier's row cannot be read")
    shop.accplanet.plan(completes(2), THREE)
    await alice.buys()
    await shop.passes(seconds=8)
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()
    assert not shop.trouble()


async def test_the_shelf_is_there_after_a_start_without_any_supplier(
    shop: Shop, alice: Human
) -> None:
    for name in ("accplanet", "hstockplus"):
        await shop.sites[name].go_down()
    await shop.restarts()
    await shop.opens()
    await _is_browsable(alice)
    assert not shop.trouble()


UNREADABLE = [
    wire_faults.server_error(),
    wire_faults.html_page(),
    wire_faults.error_text("Invalid API key", 401),
]


@pytest.mark.parametrize("fault", UNREADABLE, ids=["500", "a page", "401"])
@pytest.mark.parametrize("action", ["services", "sms_projects"])
async def test_a_catalogue_that_cannot_be_read_is_told_once_while_the_supplier_answers_otherwise(
    shop: Shop, olga: Human, action: str, fault: Fault
) -> None:
    shop.hstockplus.faults.always(action, fault)
    await shop.passes(minutes=8)
    olga.sees_nothing_of("🔴")
    await shop.leaps(9, minutes=10)
    await shop.leaps(8, hours=1)
    assert olga.times("🔴 The catalogue of hstockplus cannot be read.") == 1
    assert olga.times("🔴") == 1

    shop.hstockplus.faults.clear()
    await shop.leaps(2, minutes=5)
    assert olga.times("🟢 The catalogue of hstockplus can be read again.") == 1


@pytest.mark.parametrize("action", ["status", "inventory", "add"])
async def test_a_key_that_only_one_action_refuses_is_told_once(
    shop: Shop, alice: Human, olga: Human, action: str
) -> None:
    shop.accplanet.plan(never())
    await alice.buys_unseen()
    await shop.works()
    shop.accplanet.faults.always(action, wire_faults.error_text("Invalid API key", 401))
    for _ in range(12):
        if action != "status":
            await alice.buys_unseen()
            await shop.works()
        await shop.leaps(2, minutes=5)
    assert olga.times("🔴 accplanet refuses our key.") == 1
    olga.sees_nothing_of("takes our key again")

    shop.accplanet.faults.clear()
    await shop.leaps(14, minutes=5)
    assert olga.times("🟢 accplanet takes our key again.") == 1


async def test_who_sells_on_by_hand_is_told_when_the_key_is_refused_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.faults.always("add", wire_faults.error_text("Invalid API key", 401))
    for told in (1, 2):
        await alice.buys_unseen()
        await shop.works()
        assert olga.times("🔴 accplanet refuses our key.") == told
        assert await shop.kiosk.db.write(resume_supplier, AS_OLGA, SupplierName("accplanet"))
