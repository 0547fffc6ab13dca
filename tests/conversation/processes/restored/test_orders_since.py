"""What the copy does not know: orders, requests and numbers of the day since."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.base.ids import CustomerId, OrderId, SupplierName
from bot.chat.orders.taps import OpenOrder
from bot.money.ledger import Wallet
from bot.orders import read
from bot.orders.rules.moves import State
from bot.safety.copies.restore import GAP
from sandbox.suppliers.numbers import SmsPlan, SmsProject, code_after, no_code
from sandbox.suppliers.timelines import completes
from tests.conversation.aftermath import copied, goes_on_for_days, restored
from tests.conversation.human import OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.processes.restored.yesterday import (
    ANN,
    SENDING,
    WAITED,
    lives_through_a_day,
    opens_again,
)
from tests.conversation.shop import Shop
from tests.stored_shop import usd


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
    confirm, card = alice.button("Pay"), alice.card.message_id
    await alice.taps("Pay")
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
        assert [row.id for row in page.rows] == [OrderId(GAP + 1)]
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
    for label in ("Chat", "United States", "Pay"):
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
