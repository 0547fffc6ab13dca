"""What operators decide about parked orders: each decision works once, whoever decides too."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.chat.desk.taps import (
    AttachId,
    Decide,
    Decision,
    OpenHistory,
    OpenOrderDetails,
    OpenUser,
    ResumeSupplier,
    SetBan,
    TypeDelivered,
    TypeRemoteId,
)
from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.timelines import completed_with_fewer, completes, never, trouble
from tests.clock import TurnableClock
from tests.conversation.human import OLGA, Human, person
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.stored_shop import usd

OTTO = 98
THREE = ["ann:1", "ben:2", "cid:3"]
FULL = Wallet(free=usd("10"), held=usd("0"))
HELD = Wallet(free=usd("9.64"), held=usd("0.36"))
PAID = Wallet(free=usd("9.64"), held=usd("0"))


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


async def _in_doubt(shop: Shop, alice: Human) -> None:
    """The supplier took the order and nobody heard of it."""
    shop.accplanet.plan(completes(2), THREE)
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    assert await shop.state() is State.IN_DOUBT


async def _decided(shop: Shop) -> list[tuple[str, str]]:
    """Who did what to the order."""
    acts = await shop.acts_audited()
    return [(actor, act) for actor, act, subject in acts if subject == "order:1"]


@pytest.mark.parametrize(
    "wanted",
    [
        ("Not placed: refund", "Yes: not placed, refund", "not_placed", Reason.NOT_PLACED),
        ("Write off", "Yes: write off", "written_off", Reason.WRITTEN_OFF),
    ],
)
async def test_giving_the_money_back_takes_two_taps_and_works_once(
    shop: Shop, alice: Human, olga: Human, wanted: tuple[str, str, str, Reason]
) -> None:
    first, second, act, reason = wanted
    await _in_doubt(shop, alice)
    await olga.taps(first)
    olga.sees_last("$0.36 goes back to the customer's credit")
    assert await shop.state() is State.IN_DOUBT

    tap = olga.button(second)
    await olga.taps(second)
    await olga.forges(tap)
    await shop.works()
    olga.sees_last("Nothing was done by this tap", "Order #1: failed")
    assert await shop.state() is State.FAILED
    assert (await shop.dossier()).order.reason is reason
    assert await alice.wallet() == FULL
    assert alice.card.text.startswith("💳 $0.36 is back in your balance.")
    assert alice.times("is back in your balance.") == 1
    assert await _decided(shop) == [(str(OLGA), act)]
    await shop.leaps(3, hours=1)
    assert shop.accplanet.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_sending_again_is_done_in_an_operators_name_and_delivers_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _in_doubt(shop, alice)
    await olga.taps("Send again")
    olga.sees_last("the supplier takes $0.30 twice", "is paid once")
    shop.accplanet.plan(completes(2), THREE)
    tap = olga.button("Yes: send again")
    await olga.taps("Yes: send again")
    olga.sees_last("✅ Done: it will be sent again. The money stays held.")
    await olga.forges(tap)
    await shop.passes(seconds=6)

    assert shop.accplanet.adds_received == 2
    assert await shop.state() is State.COMPLETED
    assert [one.by for one in (await shop.dossier()).attempts] == ["", str(OLGA)]
    assert alice.times("ann:1") == 1
    assert await alice.wallet() == PAID
    assert await _decided(shop) == [(str(OLGA), "send_again")]
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_repetition_that_cannot_leave_waits_and_keeps_the_operators_name(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _in_doubt(shop, alice)
    await shop.sites["accplanet"].refuse_newcomers()
    await olga.taps("Send again")
    await olga.taps("Yes: send again")
    await shop.leaps(3, minutes=1)
    assert await shop.state() is State.QUEUED
    assert shop.accplanet.adds_received == 1

    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, minutes=1)
    assert shop.accplanet.adds_received == 2
    assert await shop.state() is State.COMPLETED
    assert (await shop.dossier()).attempts[-1].by == str(OLGA)
    assert await shop.proof() == ()


@on_sqlite
async def test_a_tap_that_waited_until_the_next_doubt_decides_nothing(
    shop: Shop, alice: Human, olga: Human, otto: Human
) -> None:
    await _in_doubt(shop, alice)
    await otto.taps("Send again")
    waiting = otto.button("Yes: send again")
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await olga.taps("Send again")
    await olga.taps("Yes: send again")
    await shop.works()
    assert await shop.state() is State.IN_DOUBT

    await otto.forges(waiting)
    otto.sees_last("Nothing was done by this tap", "Order #1: in doubt")
    await shop.leaps(3, hours=1)
    assert shop.accplanet.adds_received == 2
    assert await alice.wallet() == HELD
    assert await shop.proof() == ()


@on_sqlite
async def test_the_right_id_brings_the_goods(shop: Shop, alice: Human, olga: Human) -> None:
    await _in_doubt(shop, alice)
    await olga.taps("Attach id")
    await olga.sends(str(shop.accplanet.last_order.id))
    olga.sees_last("stays held until that order ends")
    assert await shop.state() is State.IN_DOUBT
    tap = olga.button("Yes: attach this id")
    await olga.taps("Yes: attach this id")
    await olga.forges(tap)
    await shop.passes(seconds=5)

    assert await shop.state() is State.COMPLETED
    alice.sees(*THREE)
    assert await alice.wallet() == PAID
    assert shop.accplanet.adds_received == 1
    assert await _decided(shop) == [(str(OLGA), "attach")]
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_an_id_of_the_other_supplier_is_a_number(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.hstockplus.plan(completes(2), THREE)
    shop.hstockplus.faults.next("add", wire_faults.lost_reply())
    await alice.buys_mailboxes()
    await shop.works()
    await olga.taps("Attach id")
    await olga.sends(f"#{shop.hstockplus.last_order.id}")
    await olga.taps("Yes: attach this id")
    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    alice.sees(*THREE)
    assert await shop.proof() == ()


@on_sqlite
async def test_an_id_that_nobody_knows_is_not_attached(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _in_doubt(shop, alice)
    await olga.taps("Attach id")
    await olga.sends("what is this?")
    olga.sees_last("That cannot be an order number")
    await olga.sends("665f1a2b3c4d5e6f7fffffff")
    await olga.taps("Yes: attach this id")
    olga.sees_last("Nothing was done: the supplier does not know this number.", "in doubt")
    assert await shop.state() is State.IN_DOUBT
    assert await _decided(shop) == []
    assert await alice.wallet() == HELD


@on_sqlite
async def test_an_id_of_another_order_of_ours_is_not_attached(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _in_doubt(shop, alice)
    shop.accplanet.plan(never())
    await alice.buys()
    await shop.works()
    await olga.taps("Attach id")
    await olga.sends(str((await shop.dossier(2)).remote_order))
    await olga.taps("Yes: attach this id")
    olga.sees_last("Nothing was done: another order has this number already.")
    assert await shop.state() is State.IN_DOUBT
    assert await shop.proof() == ()


@on_sqlite
async def test_an_id_waits_until_the_supplier_can_be_asked(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _in_doubt(shop, alice)
    await olga.taps("Attach id")
    await olga.sends(str(shop.accplanet.last_order.id))
    tap = olga.button("Yes: attach this id")
    await shop.sites["accplanet"].go_down()
    await olga.taps("Yes: attach this id")
    olga.sees_last("Nothing was done: the supplier cannot be asked now.")
    assert await shop.state() is State.IN_DOUBT

    await shop.sites["accplanet"].come_back()
    await olga.forges(tap)
    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()


@pytest.mark.parametrize(
    "wanted",
    [
        ("Not placed: refund", "Not placed: refund"),
        ("Send again", "Send again"),
        ("Write off", "Send again"),
    ],
)
async def test_of_two_operators_at_the_same_time_one_decides(
    shop: Shop, alice: Human, olga: Human, otto: Human, wanted: tuple[str, str]
) -> None:
    hers, his = wanted
    await _in_doubt(shop, alice)
    shop.accplanet.plan(completes(2), THREE)
    await olga.taps(hers)
    await otto.taps(his)
    olga.person.taps("Yes: ")
    otto.person.taps("Yes: ")
    await shop.hears()
    await shop.leaps(5, seconds=2)

    cards = [olga.card.text, otto.card.text]
    assert sum("✅ Done" in card for card in cards) == 1
    assert sum("Nothing was done by this tap" in card for card in cards) == 1
    assert len(await _decided(shop)) == 1
    is_again = await _decided(shop) in ([(str(OLGA), "send_again")], [(str(OTTO), "send_again")])
    assert shop.accplanet.adds_received == (2 if is_again else 1)
    assert await alice.wallet() == (PAID if is_again else FULL)
    assert await shop.proof() == ()


@on_sqlite
async def test_a_card_from_before_the_decision_shows_what_was_decided(
    shop: Shop, alice: Human, olga: Human, otto: Human
) -> None:
    await _in_doubt(shop, alice)
    await olga.taps("Write off")
    await olga.taps("Yes: write off")
    await otto.taps("Not placed: refund")
    otto.sees_last("Nothing was done by this tap", "Order #1: failed", "wrote it off")
    assert not any("Yes" in label for row in otto.card.labels for label in row)


async def _in_attention(shop: Shop, alice: Human) -> None:
    """Two of three came, and the supplier calls it done."""
    shop.accplanet.plan(completed_with_fewer(2), THREE)
    await alice.buys()
    await shop.leaps(8, seconds=20)
    assert await shop.state() is State.ATTENTION


@pytest.mark.parametrize(
    "wanted",
    [
        ("Complete", State.COMPLETED, PAID, "✅ $0.36 was paid."),
        ("Cancel: refund all", State.CANCELED, FULL, "💳 $0.36 is back in your balance."),
    ],
)
async def test_an_order_in_attention_is_ended_as_the_operator_says(
    shop: Shop, alice: Human, olga: Human, wanted: tuple[str, State, Wallet, str]
) -> None:
    label, ends_in, wallet, says = wanted
    await _in_attention(shop, alice)
    await olga.taps(label)
    tap = olga.button("Yes: ")
    await olga.taps("Yes: ")
    await olga.forges(tap)
    await shop.works()
    assert await shop.state() is ends_in
    assert alice.card.text.startswith(says)
    assert await alice.wallet() == wallet
    assert len(await _decided(shop)) == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_an_order_in_attention_is_partly_paid_as_the_operator_counts(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _in_attention(shop, alice)
    await olga.taps("Partial")
    await olga.sends("3")
    olga.sees_last("It has to be a whole number from 1 to 2.")
    await olga.sends("١")
    olga.sees_last("1 of 3 delivered: $0.12 is paid and $0.24 goes back")
    await olga.taps("Yes: partial")
    await shop.works()
    assert await shop.state() is State.PARTIAL
    alice.sees_last("💳 $0.24 is back in your balance; $0.12 was paid.", "1 of 3 delivered")
    assert await alice.wallet() == Wallet(free=usd("9.88"), held=usd("0"))
    assert await _decided(shop) == [(str(OLGA), "end 1")]
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_asking_on_brings_what_came_late(shop: Shop, alice: Human, olga: Human) -> None:
    await _in_attention(shop, alice)
    shop.accplanet.last_order.complete()
    await olga.taps("Keep asking")
    await olga.taps("Yes: keep asking")
    await shop.passes(seconds=5)
    assert await shop.state() is State.COMPLETED
    alice.sees("cid:3")
    assert alice.times("ann:1") == 1
    assert await _decided(shop) == [(str(OLGA), "keep_polling")]
    assert await shop.proof() == ()


@on_sqlite
async def test_asking_on_in_vain_calls_the_person_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(trouble())
    await alice.buys()
    await shop.passes(seconds=8)
    await olga.taps("Keep asking")
    await olga.taps("Yes: keep asking")
    await shop.passes(seconds=5)
    assert await shop.state() is State.ATTENTION
    assert olga.card.text.startswith("⚠️ An order needs a person.")
    assert await alice.wallet() == HELD
    assert await shop.proof() == ()


Parking = Callable[[Shop, Human], Awaitable[None]]


@on_sqlite
@pytest.mark.parametrize("parked", [_in_doubt, _in_attention])
async def test_forged_taps_of_a_customer_decide_nothing_and_show_nothing(
    shop: Shop, alice: Human, olga: Human, parked: Parking
) -> None:
    await parked(shop, alice)
    before = await shop.state()
    decisions = [
        Decide(order=1, act=act, attempt=1, delivered=1, sure=sure)
        for act in Decision
        for sure in (False, True)
    ]
    remote = str(shop.accplanet.last_order.id)
    others = (
        AttachId(order=1, remote=remote, attempt=1),
        TypeRemoteId(order=1),
        TypeDelivered(order=1),
        OpenOrderDetails(order=1),
        OpenHistory(order=1),
        OpenUser(customer=OLGA),
        SetBan(customer=OLGA, banned=True, sure=True),
        ResumeSupplier(place=0, ending="accplanet", sure=True),
    )
    for tap in (*decisions, *others):
        await alice.forges(tap.pack())
        alice.sees_last("Welcome to Kiosk!")
    for command in ("/order 1", "/suppliers", "/user 99", "/desk", f"/topup {alice.id} 100"):
        await alice.sends(command)
    await shop.works()

    assert await shop.state() is before
    assert await alice.wallet() == HELD
    assert await _decided(shop) == []
    alice.sees_nothing_of("accplanet", "Evidence", "Expected cost", "Attach id", "Desk")
    assert await shop.proof() == ()
    assert not shop.trouble()
