"""One order of the operator's own finds out what a supplier's rate is for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.orders.rules.moves import State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.replicas import doubled, reach, two_processes
from tests.conversation.services import account
from tests.conversation.shop import Shop

LEAST = 10
Works = Callable[[], Coroutine[None, None, None]]
GOODS = [f"box{n}:pw" for n in range(LEAST)]


@pytest.fixture
async def fresh(shop: Shop, olga: Human) -> AsyncIterator[Shop]:
    """HstockPlus lists mailboxes in a category whose basis nobody has said."""
    mail = account(
        90, "Fresh mail", "5.00", category="Fresh Mail", subcategory="", rate_per=1000, min=LEAST
    )
    shop.hstockplus.put(mail)
    shop.hstockplus.plan(completes(5), GOODS)
    await shop.refreshes()
    yield shop
    assert await shop.proof() == ()


async def to_category(olga: Human) -> None:
    """From the desk to the category whose basis nobody has said."""
    await olga.sends("/desk")
    await olga.taps("Bases")
    await olga.taps("hstockplus")
    await olga.taps("Fresh Mail")


async def to_card(olga: Human) -> None:
    """From there to the card that says what the order will cost."""
    await to_category(olga)
    await olga.taps("🧪 Find out with one order")
    await olga.taps("Fresh mail × 10")


async def places(olga: Human) -> None:
    """The card, and both taps."""
    await to_card(olga)
    await olga.taps("🧪 Place one order · up to $50.00")
    await olga.taps("🧪 Place one order · up to $50.00")


async def test_one_order_finds_the_basis_and_another_tap_uses_it(
    fresh: Shop, olga: Human, alice: Human
) -> None:
    await olga.sends("/basis")
    olga.sees_last("hstockplus", "⚠️ 1 service has no basis and is not sold.")
    await to_card(olga)
    olga.sees_last(
        "One order: Fresh mail × 10",
        "real money of yours there: $50.00 if the rate is for 1, about $0.05 if it is for 1,000.",
    )
    await olga.taps("🧪 Place one order")
    assert fresh.hstockplus.adds_received == 0
    await olga.taps("🧪 Place one order")
    olga.sees_last("🕐 The order is being placed.")
    await fresh.works()
    await fresh.passes(seconds=20)

    assert fresh.hstockplus.adds_received == 1
    olga.sees("box0:pw", "✅ The rate is for 1,000.", "Rate 5, charged: 0.05 USD", "100 → 99.95")
    assert (await olga.wallet()).free.micros == 0
    await alice.sends("/start")
    await alice.taps("Catalog")
    assert alice.card.find_button("Fresh Mail") is None

    await olga.taps("✅ Use this basis for Fresh Mail")
    olga.sees(
        "This changes 1 service.", "On sale of these: 0 now, 1 then.", "× 10: not sold → $0.06"
    )
    await olga.taps("✅ Use this basis")
    olga.sees("✅ Set. It counts for prices that are asked from now on.")
    await alice.taps("Home")
    await alice.taps("Catalog")
    await alice.taps("Fresh Mail")
    await alice.taps("Fresh mail")
    alice.sees_last("Fresh mail", "per 1,000")
    acts = [act[1] for act in await fresh.acts_audited()]
    assert acts.count("calibrate") == acts.count("set basis") == 1
    assert not fresh.trouble()


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        (reply_faults.changed(charge=None), "The supplier does not say what it charged."),
        (reply_faults.currency("EUR"), "in another currency"),
        (reply_faults.charge_times(10), "moved by another amount than the supplier says"),
        (reply_faults.changed(charge="0.00"), "says that it charged nothing"),
    ],
    ids=["no charge", "other currency", "another charge", "no money"],
)
async def test_an_answer_that_lies_proves_nothing(
    fresh: Shop, olga: Human, lie: Fault, said: str
) -> None:
    fresh.hstockplus.faults.always("status", lie)
    await places(olga)
    await fresh.works()
    await fresh.passes(minutes=11)
    olga.sees("⚠️ Not clear.", said, "Try again when nothing else is ordered there.")
    assert olga.card.find_button("✅ Use this basis") is None
    assert fresh.hstockplus.adds_received == 1


async def test_other_orders_at_the_same_time_make_it_unclear(
    fresh: Shop, olga: Human, alice: Human
) -> None:
    fresh.hstockplus.plan(completes(5), ["mailbox:1"])
    await places(olga)
    await alice.buys_mailboxes("1")
    await fresh.works()
    await fresh.passes(seconds=20)
    olga.sees("⚠️ Not clear.", "Other orders moved your balance there at the same time.")


async def test_a_charge_that_no_basis_explains_is_said_with_its_numbers(
    fresh: Shop, olga: Human
) -> None:
    fresh.hstockplus.services["90"].rate_per = 7
    await places(olga)
    await fresh.works()
    await fresh.passes(seconds=20)
    olga.sees("⚠️ None fits: rate 5, quantity 10, charged 7.14")


async def test_a_lost_answer_is_parked_and_judged_once_its_id_is_known(
    fresh: Shop, olga: Human
) -> None:
    fresh.hstockplus.faults.next("add", wire_faults.lost_reply())
    await places(olga)
    await fresh.works()
    await fresh.passes(seconds=60)
    assert fresh.hstockplus.adds_received == 1
    assert await fresh.state() is State.IN_DOUBT
    olga.sees("🧪 Placed by an operator")
    remote = fresh.hstockplus.last_order.id
    await olga.sends("/order 1")
    await olga.taps("Attach id")
    await olga.sends(str(remote))
    await olga.taps("Yes: attach this id")
    await fresh.works()
    await fresh.passes(seconds=20)
    olga.sees("✅ The rate is for 1,000.")
    assert fresh.hstockplus.adds_received == 1


async def test_a_refusal_costs_nothing_and_says_so(fresh: Shop, olga: Human) -> None:
    fresh.hstockplus.faults.next("add", wire_faults.error_text("Not available"))
    await places(olga)
    await fresh.works()
    await fresh.passes(seconds=5)
    assert await fresh.state() is State.FAILED
    olga.sees("⚠️ Not clear.", "The order was not placed, and nothing was spent.")
    olga.sees_nothing_of("$0.00 is back")


async def test_a_second_tap_on_two_processes_places_one_order(fresh: Shop, olga: Human) -> None:
    await to_card(olga)
    await olga.taps("🧪 Place one order")
    async with two_processes(fresh) as processes:
        tap = olga.person.taps("🧪 Place one order")
        fresh.telegram.updates.confirm(tap)
        again = olga.person.taps_raw(tap["callback_query"]["data"], olga.card.message_id)
        fresh.telegram.updates.confirm(again)
        await reach(doubled(processes, [tap, again]))
    await fresh.works()
    await fresh.passes(seconds=20)
    assert await olga.count_orders() == 1
    assert fresh.hstockplus.adds_received == 1


async def test_a_restart_at_any_moment_ends_in_one_finding(fresh: Shop, olga: Human) -> None:
    await places(olga)
    await fresh.restarts()
    await fresh.works()
    await fresh.passes(seconds=3)
    await fresh.restarts()
    await fresh.passes(seconds=40)
    await fresh.restarts()
    await fresh.passes(seconds=10)
    assert olga.times("✅ The rate is for 1,000.") == 1
    assert fresh.hstockplus.adds_received == 1


async def test_an_old_card_places_nothing_more(fresh: Shop, olga: Human) -> None:
    await to_card(olga)
    await olga.taps("🧪 Place one order")
    old = olga.button("🧪 Place one order")
    await olga.taps("🧪 Place one order")
    await fresh.works()
    await fresh.passes(seconds=20)
    await olga.forges(old)
    await fresh.works()
    assert await olga.count_orders() == 1
    olga.sees_last("Nothing was ordered")
    fresh.hstockplus.services["90"].rate = Decimal("6.00")
    fresh.clock.turn(timedelta(minutes=2))
    await to_card(olga)
    olga.sees_last("$60.00 if the rate is for 1")


async def test_only_an_owner_may_place_one(fresh: Shop, olga: Human, alice: Human) -> None:
    await olga.sends(f"/role {alice.id} support")
    await olga.taps("Yes, change the role")
    await to_card(olga)
    await olga.taps("🧪 Place one order")
    place = olga.button("🧪 Place one order")
    await alice.sends("/start")
    await alice.forges(place)
    await fresh.works()
    assert fresh.hstockplus.adds_received == 0


async def _dies_during(shop: Shop, action: str, works: Works) -> None:
    """The process is killed while the supplier keeps it waiting, and another one begins."""
    shop.hstockplus.faults.next(action, wire_faults.hang())
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        working = tasks.create_task(works())
        await shop.hstockplus.faults.somebody_hangs()
        working.cancel()
        shop.crew.die()
    shop.hstockplus.faults.clear()
    await shop.restarts()


async def test_killed_while_it_is_sent_it_is_parked_and_decided_about(
    fresh: Shop, olga: Human
) -> None:
    await places(olga)
    await _dies_during(fresh, "add", fresh.works)
    await fresh.works()
    await fresh.leaps(3, minutes=5)
    assert await fresh.state() is State.IN_DOUBT
    assert fresh.hstockplus.adds_received == 1
    await to_category(olga)
    await olga.taps("🧪 Find out with one order")
    olga.sees_last("🔎 Nobody knows yet what became of the order")
    await olga.taps("📦 Order #1")
    await olga.taps("Not placed")
    olga.sees_last("The order ends, and nothing is found out.")
    olga.sees_nothing_of("$0.00 goes back", "Likely not placed")
    await olga.taps("Yes")
    await fresh.works()
    await fresh.passes(seconds=60)
    olga.sees("⚠️ Not clear.", "The order was not placed")
    assert fresh.hstockplus.adds_received == 1
    assert not fresh.trouble()


async def test_killed_while_the_balance_is_read_after_it_is_concluded_once(
    fresh: Shop, olga: Human
) -> None:
    await places(olga)
    await fresh.works()
    await _dies_during(fresh, "balance", lambda: fresh.passes(seconds=5))
    await fresh.passes(minutes=2)
    assert olga.times("✅ The rate is for 1,000.") == 1
    assert fresh.hstockplus.adds_received == 1


async def test_a_service_on_a_link_asks_for_the_link_and_then_orders(
    fresh: Shop, olga: Human
) -> None:
    await olga.sends("/basis")
    await olga.taps("hstockplus")
    await olga.taps("Instagram · for 1,000")
    await olga.taps("🧪 Find out with one order")
    await olga.taps("Followers × 100")
    await olga.taps("🧪 Place one order · up to $50.00")
    await olga.taps("🧪 Place one order · up to $50.00")
    olga.sees_last("Send the link that it is for.")
    await olga.sends("http://not-it")
    olga.sees_last("Send the link that it is for.")
    assert await olga.count_orders() == 0
    fresh.hstockplus.plan(completes(5))
    await olga.sends("https://instagram.com/olga")
    await fresh.works()
    await fresh.passes(seconds=30)
    assert fresh.hstockplus.adds_received == 1
    olga.sees("✅ The rate is for 1,000.")


async def test_a_typed_basis_is_shown_before_it_is_set_and_can_be_left_again(
    fresh: Shop, olga: Human, alice: Human
) -> None:
    await to_category(olga)
    await olga.taps("✏️ Another number…")
    for wrong in ("0", "-5", "1.5", "1e9", "10000000", "many"):
        await olga.sends(wrong)
        olga.sees_last("neither a whole number up to 1,000,000 nor “flat”")
    await olga.sends("５００")
    olga.sees_last("Fresh Mail: the rate is for 500", "On sale of these: 0 now, 1 then.")
    await olga.taps("✅ Use this basis")
    await olga.taps("Fresh Mail")
    olga.sees_last("The rate is for 500.", "This was set here.")
    await olga.taps("↩ As the settings say")
    olga.sees_last("On sale of these: 1 now, 0 then.", "$0.12 → not sold")
    await olga.taps("✅ Use this basis")
    await olga.sends("/basis")
    olga.sees_last("⚠️ 1 service has no basis and is not sold.")


async def test_an_open_price_keeps_its_total_when_the_basis_changes(
    fresh: Shop, olga: Human, alice: Human
) -> None:
    await alice.sends("/start")
    for label in ("Catalog", "Email Accounts", "Mailbox", "Buy"):
        await alice.taps(label)
    await alice.sends("3")
    alice.sees_last("$1.08")
    await olga.sends("/basis")
    await olga.taps("hstockplus")
    await olga.taps("Email Accounts · for 1")
    await olga.taps("for 1,000")
    await olga.taps("✅ Use this basis")
    await alice.taps("Pay $1.08")
    assert (await fresh.details()).order.total.micros == 1_080_000
