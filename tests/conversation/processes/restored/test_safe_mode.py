"""A shop restored from a copy of yesterday waits for a person, and does nothing twice."""

from pathlib import Path

from bot.app.checking import check
from bot.base.ids import CustomerId
from bot.chat.desk.taps import Decide, Decision
from bot.chat.orders.taps import CancelOrder, OpenOrder
from bot.chat.safety.taps import EndSafeMode
from bot.money.ledger import Wallet
from bot.orders import read
from bot.orders.rules.moves import Reason, State
from bot.safety import safe_mode
from bot.safety.copies.restore import GAP
from sandbox.suppliers import wire_faults
from tests.conversation.aftermath import copied, goes_on_for_days, restored
from tests.conversation.human import OLGA, OTTO, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.processes.restored.yesterday import (
    SENDING,
    UNDER_WAY,
    WAITED,
    lives_through_a_day,
    opens_again,
)
from tests.conversation.shop import Shop
from tests.stored_shop import usd

CLOSED = "Nothing was charged. The shop is closed for a check; please come back later."


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
            assert (await shop.details(one)).order.reason is Reason.RESTORED
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


@on_sqlite
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
        waiting = await shop.kiosk.db.read(safe_mode.find_end)
        assert waiting is not None
        mark = waiting.restored.mark
        await alice.forges(EndSafeMode(mark=mark, sure=True).pack())
        await olga.forges(EndSafeMode(mark=mark - 1, sure=True).pack())
        olga.sees_last("Nothing was done by this tap")
        assert await shop.kiosk.db.read(safe_mode.find_end) is not None

        await opens_again(olga)
        await otto.forges(EndSafeMode(mark=mark, sure=True).pack())
        otto.sees_last("Nothing was done by this tap")
        assert [act for _, act, _ in await shop.acts_audited()].count("end_safe_mode") == 1
        await olga.sends("/desk")
        assert olga.card.find_button("Safe mode") is None
        await alice.buys()
        alice.sees_last(f"Order #{GAP + 1}")
