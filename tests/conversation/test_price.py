"""Between the price on the card and the money: what may change, and what is then for sale."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import Reason, State
from bot.outbox.notices import SupplierCause
from sandbox.suppliers import wire_faults
from tests.clock import TurnableClock
from tests.conversation.human import ALICE, OLGA, Human, person
from tests.conversation.opening import on_sqlite, open_shop, sqlite_at
from tests.conversation.services import account
from tests.conversation.shop import Shop
from tests.stored_shop import usd

UNTOUCHED = Wallet(free=usd("10"), held=usd("0"))


async def _to_mailboxes(alice: Human) -> None:
    await alice.sends("/start")
    for label in ("Catalog", "Email Accounts", "Mailbox", "Buy"):
        await alice.taps(label)
    await alice.sends("3")


async def _to_accounts(alice: Human) -> None:
    await alice.goes_to_confirm()


Way = tuple[Callable[[Human], Awaitable[None]], str, str]
WALKS = pytest.mark.parametrize(
    "way",
    [(_to_accounts, "accplanet", "10042"), (_to_mailboxes, "hstockplus", "77")],
    ids=["accplanet", "hstockplus"],
)


def _grows_old(shop: Shop) -> None:
    """The shelf is a minute old, and no timetable has come by."""
    shop.clock.turn(timedelta(seconds=61))


@WALKS
async def test_a_dearer_price_is_shown_and_nothing_is_charged_before_it_is_confirmed(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    before = world.services[service].rate
    world.services[service].rate = before * 2
    _grows_old(shop)
    await alice.taps("Confirm")
    await shop.works()
    alice.sees_last("⚠️ Nothing was charged. The price changed from", "Please check your order")
    assert await alice.wallet() == UNTOUCHED
    assert world.adds_received == 0

    await alice.taps("Confirm")
    await shop.works()
    paid = usd("0.72") if at == "accplanet" else usd("2.16")
    assert await alice.wallet() == Wallet(free=usd("10") - paid, held=paid)
    assert world.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@WALKS
async def test_a_cheaper_price_changes_nothing_about_the_quote(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    world.services[service].rate /= 2
    _grows_old(shop)
    await alice.taps("Confirm")
    await shop.works()
    paid = usd("0.36") if at == "accplanet" else usd("1.08")
    assert await alice.wallet() == Wallet(free=usd("10") - paid, held=paid)
    assert await shop.proof() == ()


@on_sqlite
async def test_a_young_shelf_is_believed_where_one_service_cannot_be_asked_for(
    shop: Shop, alice: Human
) -> None:
    await _to_mailboxes(alice)
    readings = len(shop.hstockplus.received_of("services"))
    shop.clock.turn(timedelta(seconds=50))
    await alice.taps("Confirm")
    assert len(shop.hstockplus.received_of("services")) == readings
    assert len(shop.hstockplus.received_of("inventory")) == 1
    assert await shop.state() is State.QUEUED


@on_sqlite
@WALKS
async def test_what_has_sold_out_meanwhile_is_not_charged(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    world.services[service].stock = 0
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. This has just sold out")
    assert await alice.wallet() == UNTOUCHED
    assert await shop.proof() == ()


@on_sqlite
@WALKS
async def test_when_fewer_are_left_a_smaller_quantity_is_offered(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    world.services[service].stock = 2
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. Only 2 are left", "from 1 to 2")
    assert await alice.wallet() == UNTOUCHED
    await alice.sends("2")
    await alice.taps("Confirm")
    await shop.works()
    assert world.adds_received == 1
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
@WALKS
async def test_what_the_supplier_no_longer_has_is_not_charged(
    shop: Shop, alice: Human, way: Way
) -> None:
    walks, at, service = way
    await walks(alice)
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    del world.services[service]
    _grows_old(shop)
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. This is not for sale any more")
    assert await alice.wallet() == UNTOUCHED
    await shop.restarts()
    await alice.sends("/catalog")
    assert not any("Email Accounts" in one for row in alice.card.labels for one in row) or (
        at == "accplanet"
    )
    assert await shop.proof() == ()


@on_sqlite
async def test_a_larger_minimum_is_said_and_nothing_is_charged(shop: Shop, alice: Human) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.services["10042"].min = 5
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. That is too few.", "from 5 to 100")
    assert await alice.wallet() == UNTOUCHED


@on_sqlite
@pytest.mark.parametrize("since", [timedelta(minutes=10), timedelta(days=6)], ids=str)
async def test_an_expired_quote_is_not_charged_and_is_asked_for_again_with_one_tap(
    shop: Shop, alice: Human, since: timedelta
) -> None:
    await alice.goes_to_confirm()
    await shop.comes_to(since)
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. This price has expired.", "Aged account")
    assert await alice.wallet() == UNTOUCHED
    await alice.taps("Show today's price")
    alice.sees_last("Aged account", "How many?")


@on_sqlite
@WALKS
async def test_a_refused_key_pauses_the_supplier_until_it_is_taken_again(
    shop: Shop, alice: Human, olga: Human, way: Way
) -> None:
    walks, at, _ = way
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    await walks(alice)
    await alice.taps("Confirm")
    world.key, key = "another", world.key
    await shop.works()
    assert await shop.state() is State.FAILED
    assert (await shop.dossier()).order.reason is Reason.SUPPLIER_UNAVAILABLE
    assert alice.card.text.startswith("💳 $")
    alice.sees_last("is back in your balance.")
    assert await alice.wallet() == UNTOUCHED

    await walks(alice)
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. This is not for sale right now")
    await shop.leaps(5, minutes=5)
    assert olga.times(f"🔴 {at} refuses our key.") == 1
    assert world.adds_received == 0

    world.key = key
    await shop.leaps(1, minutes=5)
    assert olga.times(f"🟢 {at} takes our key again.") == 1
    await walks(alice)
    await alice.taps("Confirm")
    await shop.passes(seconds=10)
    assert await shop.state(2) is State.COMPLETED
    alice.sees_nothing_of("Invalid", at)
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_key_that_is_refused_at_confirm_charges_nothing_and_alerts_at_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.key = "another"
    await alice.taps("Confirm")
    await shop.works()
    alice.sees_last("Nothing was charged. This is not for sale right now")
    assert olga.times("🔴 accplanet refuses our key.") == 1
    assert await alice.wallet() == UNTOUCHED


@on_sqlite
@WALKS
async def test_an_empty_wallet_of_the_operator_pays_the_customer_back_and_pauses_the_supplier(
    shop: Shop, alice: Human, olga: Human, way: Way
) -> None:
    walks, at, _ = way
    world = {"accplanet": shop.accplanet, "hstockplus": shop.hstockplus}[at]
    await walks(alice)
    world.balance = Decimal("0.01")
    await alice.taps("Confirm")
    await shop.works()
    assert await shop.state() is State.FAILED
    alice.sees_last("is back in your balance.")
    alice.sees_nothing_of("nsufficient", "recharge")
    assert await alice.wallet() == UNTOUCHED
    assert olga.times(f"🔴 Our balance at {at} does not cover an order.") == 1

    await walks(alice)
    await alice.taps("Confirm")
    alice.sees_last("Nothing was charged. This is not for sale right now")
    world.balance = Decimal(50)
    await shop.leaps(1, minutes=5)
    assert olga.times(f"🟢 Our balance at {at} covers orders again.") == 1
    await walks(alice)
    await alice.taps("Confirm")
    await shop.passes(seconds=10)
    assert await shop.state(2) is State.COMPLETED
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_supplier_that_counts_in_another_currency_is_paused(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    shop.accplanet.currency = "EUR"
    await shop.leaps(1, minutes=5)
    await alice.taps("Confirm")
    await shop.leaps(2, minutes=5)
    alice.sees_last("Nothing was charged. This is not for sale right now")
    assert olga.times("🔴 accplanet counts in another currency than this shop.") == 1

    shop.accplanet.currency = "USD"
    await shop.leaps(1, minutes=5)
    assert olga.times("🟢 accplanet counts in the shop's currency again.") == 1
    await alice.buys()
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED


@on_sqlite
async def test_a_currency_that_comes_and_goes_is_told_of_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for _ in range(4):
        shop.accplanet.currency = "EUR"
        await shop.leaps(1, minutes=5)
        assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == (
            SupplierCause.CURRENCY,
        )
        shop.accplanet.currency = "USD"
        await shop.leaps(1, minutes=5)
        assert (await shop.kiosk.shop.desk.report_suppliers())[0].pauses == ()
    assert olga.times("counts in another currency than this shop") == 1
    assert olga.times("counts in the shop's currency again") == 1

    shop.accplanet.currency = "EUR"
    await shop.leaps(6, minutes=11)
    assert olga.times("counts in another currency than this shop") == 2


@on_sqlite
async def test_a_rate_that_nobody_has_explained_is_not_for_sale_and_the_desk_says_so(
    shop: Shop, alice: Human, olga: Human
) -> None:
    shop.hstockplus.put(account(80, "Riddle", "0.70", category="Riddles"))
    await shop.leaps(1, minutes=3)
    await alice.sends("/catalog")
    assert not any("Riddles" in label for row in alice.card.labels for label in row)
    await olga.sends("/suppliers")
    olga.sees_last("1: nobody has said what the rate is for", "#80 Riddle: 1 cost 0.7 or 0.0007")


@on_sqlite
async def test_comments_that_nobody_could_write_are_hidden_with_the_reason(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.sends("/catalog")
    await alice.taps("Instagram")
    assert not any("Comments" in label for row in alice.card.labels for label in row)
    alice.sees_nothing_of("Custom words")
    await olga.sends("/suppliers")
    olga.sees_last("1: a type that needs more than a link")


async def _opened(shop: Shop) -> tuple[Human, Human]:
    olga, alice = person(shop, OLGA, "Olga"), person(shop, ALICE, "Alice")
    await olga.sends("/start")
    await alice.sends("/start")
    return olga, alice


@on_sqlite
async def test_social_services_are_not_shown_while_they_are_switched_off(
    tmp_path: Path, clock: TurnableClock, database_url: str
) -> None:
    async with open_shop(sqlite_at(tmp_path), clock, sell_social="false") as shop:
        olga, alice = await _opened(shop)
        await alice.sends("/catalog")
        assert not any("Instagram" in label for row in alice.card.labels for label in row)
        await olga.sends("/suppliers")
        olga.sees_last("1: social network services are switched off")


async def test_what_would_be_sold_at_a_loss_is_not_for_sale(
    tmp_path: Path, clock: TurnableClock, database_url: str
) -> None:
    async with open_shop(sqlite_at(tmp_path), clock, markup_percent="-5") as shop:
        olga, alice = await _opened(shop)
        await alice.sends("/catalog")
        assert not any("Social" in label for row in alice.card.labels for label in row)
        await olga.sends("/suppliers")
        olga.sees_last("3: would be sold at a loss")


@on_sqlite
async def test_a_supplier_that_cannot_be_asked_at_confirm_is_no_obstacle_to_the_quote(
    shop: Shop, alice: Human
) -> None:
    await alice.goes_to_confirm()
    for action in ("services", "inventory"):
        shop.accplanet.faults.next(action, wire_faults.server_error(503))
    await alice.taps("Confirm")
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED
    assert await alice.wallet() == Wallet(free=usd("9.64"), held=usd("0"))
    assert await shop.proof() == ()
