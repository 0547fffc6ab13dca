"""What no worker would touch again by itself still comes to an end, or to a person."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.base.ids import CustomerId, OrderId, SupplierName
from bot.db.database import Database
from bot.db.tx import P, T, Transaction
from bot.money.ledger import Wallet
from bot.orders import attempts, orphaned_orders, read, submit
from bot.orders.rules.errors import IllegalMove
from bot.orders.rules.moves import Reason, State
from bot.outbox.notices import SupplierCause
from sandbox.suppliers import reply_faults, wire_faults
from sandbox.suppliers.timelines import completes, never
from sandbox.telegram import BotMessage
from tests.clock import TurnableClock
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.shop import Shop
from tests.stored_shop import usd

FULL = Wallet(free=usd("10"), held=usd("0"))
HELD = Wallet(free=usd("9.64"), held=usd("0.36"))
ONLY_HSTOCKPLUS = (SupplierName("hstockplus"),)


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    async with open_shop(database_url, clock, stocked=True) as opened:
        yield opened


async def _forgets_accplanet(shop: Shop) -> None:
    await shop.kiosk.db.write(orphaned_orders.take_over_orphaned_orders, ONLY_HSTOCKPLUS)
    await shop.works()


async def _sends_again_in_vain(shop: Shop, alice: Human, olga: Human) -> None:
    """In doubt, sent again by Olga, and the supplier cannot be reached for that."""
    shop.accplanet.faults.next("add", wire_faults.lost_reply())
    await alice.buys()
    await shop.works()
    await shop.sites["accplanet"].go_down()
    await olga.taps("Send again")
    await olga.taps("Yes: send again")
    await shop.works()
    assert await shop.state() is State.QUEUED


async def test_a_waiting_order_at_a_forgotten_supplier_is_paid_back(
    shop: Shop, alice: Human
) -> None:
    await alice.buys()
    await _forgets_accplanet(shop)

    assert await shop.state() is State.FAILED
    assert await alice.wallet() == FULL
    alice.sees_last("$0.36", "back")
    assert await shop.proof() == ()


async def test_an_order_under_way_at_a_forgotten_supplier_is_a_persons(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(never())
    await alice.buys()
    await shop.works()
    await _forgets_accplanet(shop)

    assert await shop.state() is State.ATTENTION
    assert (await shop.details()).order.reason is Reason.SUPPLIER_GONE
    assert await alice.wallet() == HELD
    olga.sees("needs a person")
    assert await shop.proof() == ()


@on_sqlite
async def test_an_order_that_sticks_for_a_day_is_told_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(never())
    await alice.buys()
    await shop.works()
    await shop.leaps(10, hours=3)

    assert olga.chat.count("under way for a day") == 1
    assert await alice.wallet() == HELD


@on_sqlite
async def test_a_sending_that_never_ended_is_parked_while_the_bot_runs(
    shop: Shop, alice: Human
) -> None:
    await alice.buys()
    claimed = await shop.kiosk.db.write(submit.claim, SupplierName("accplanet"))
    assert claimed is not None
    assert await shop.kiosk.db.write(attempts.begin, claimed, None)
    await shop.leaps(3, minutes=1)

    assert await shop.state() is State.IN_DOUBT
    assert alice.chat.count("being checked") >= 1
    assert shop.accplanet.adds_received == 0
    assert await alice.wallet() == HELD


@on_sqlite
async def test_an_order_sent_again_in_vain_goes_back_to_the_operator_and_not_to_the_till(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _sends_again_in_vain(shop, alice, olga)
    await shop.leaps(4, minutes=5)

    assert await shop.state() is State.IN_DOUBT
    assert await alice.wallet() == HELD
    assert shop.accplanet.orders_placed == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_a_customer_cannot_take_back_what_may_have_been_bought(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await _sends_again_in_vain(shop, alice, olga)
    shown = [message.text for message in alice.person.messages if "✖" in "".join(_flat(message))]
    assert shown == []
    with pytest.raises(IllegalMove):
        await shop.kiosk.shop.store.db.write(read.cancel, CustomerId(alice.id), OrderId(1))

    assert await alice.wallet() == HELD


def _flat(message: BotMessage) -> list[str]:
    return [label for row in message.labels for label in row]


@on_sqlite
async def test_an_empty_wallet_pauses_sales_until_it_has_grown(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.balance = Decimal("0.05")
    await alice.buys()
    await shop.works()
    assert await alice.wallet() == FULL
    await shop.leaps(4, minutes=6)
    assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == (SupplierCause.WALLET,)

    shop.accplanet.balance = Decimal(50)
    await shop.leaps(1, minutes=6)
    assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == ()
    assert await shop.proof() == ()


@on_sqlite
async def test_an_empty_wallet_that_covers_the_order_pauses_sales_until_it_is_read_again(
    shop: Shop, alice: Human, olga: Human
) -> None:
    said = wire_faults.error_text("Insufficient balance", status=400)
    for _ in range(2):
        shop.accplanet.faults.next("add", said)
        await alice.buys()
        await shop.works()
        assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == (SupplierCause.WALLET,)
        await shop.leaps(1, minutes=6)
        assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == ()
    assert olga.times("does not cover an order") == 1

    await alice.buys()
    await shop.passes(seconds=10)
    assert await shop.state(3) is State.COMPLETED
    await shop.leaps(2, minutes=31)
    assert olga.times("covers orders again") == 1
    assert await shop.proof() == ()


@on_sqlite
async def test_a_service_paused_for_its_charge_is_sold_again_by_a_tap(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.accplanet.plan(completes(2))
    shop.accplanet.faults.next("status", reply_faults.charge_times(10))
    await alice.buys()
    await shop.passes(seconds=5)
    await alice.sends("/start s_1")
    alice.sees_last("Aged account", "⏸ Paused, we expect it back soon")
    assert alice.card.find_button("Buy") is None

    await olga.taps("Sell it again")
    await shop.passes(seconds=2)
    await alice.sends("/start s_1")
    alice.sees_last("Aged account", "In stock")
    assert alice.card.find_button("Buy")


@on_sqlite
async def test_a_price_that_nobody_has_read_for_half_a_day_is_shown_but_not_sold(
    shop: Shop, alice: Human
) -> None:
    for site in ("accplanet", "hstockplus"):
        await shop.sites[site].go_down()
    await shop.leaps(3, hours=4)
    await alice.sends("/start s_1")
    alice.sees_last("Aged account")
    await alice.taps("Buy")
    await alice.sends("3")

    alice.sees_last("Nothing was charged")
    assert await alice.wallet() == FULL


@on_sqlite
async def test_an_answer_that_cannot_be_written_at_once_is_written_later(
    shop: Shop, alice: Human
) -> None:
    """The books are closed at the very moment the supplier has said yes."""
    shop.accplanet.plan(completes(2), ["ann:1", "ben:2", "cid:3"])
    await alice.buys()
    closed = _ClosedAtFirst(shop.kiosk.db)
    submit_order = replace(shop.kiosk.shop.submit_order, db=cast("Database", closed))
    assert await submit_order(shop.kiosk.submit_queues[0].supplier)
    await shop.passes(seconds=4)

    assert closed.refusals == 0
    assert await shop.state() is State.COMPLETED
    alice.sees("ann:1")
    assert await shop.proof() == ()


class _ClosedAtFirst:
    """The real database, in which the writing of an accepted order fails once."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.refusals = 1

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    async def write(self, fn: Transaction[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if fn is attempts.accepted and self.refusals:
            self.refusals -= 1
            message = "database is locked"
            raise DatabaseUnavailable(message)
        return await self._inner.write(fn, *args, **kwargs)
