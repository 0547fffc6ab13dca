"""One order of the operator's own finds out what a supplier's rate is for."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.orders.rules.moves import State
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.prices.trying import places, to_card
from tests.conversation.shop import Shop


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
@on_sqlite
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


@on_sqlite
async def test_a_charge_that_no_basis_explains_is_said_with_its_numbers(
    fresh: Shop, olga: Human
) -> None:
    fresh.hstockplus.services["90"].rate_per = 7
    await places(olga)
    await fresh.works()
    await fresh.passes(seconds=20)
    olga.sees("⚠️ None fits: rate 5, quantity 10, charged 7.14")


async def test_a_refusal_costs_nothing_and_says_so(fresh: Shop, olga: Human) -> None:
    fresh.hstockplus.faults.next("add", wire_faults.error_text("Not available"))
    await places(olga)
    await fresh.works()
    await fresh.passes(seconds=5)
    assert await fresh.state() is State.FAILED
    olga.sees("⚠️ Not clear.", "The order was not placed, and nothing was spent.")
    olga.sees_nothing_of("$0.00 is back")


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


@on_sqlite
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
