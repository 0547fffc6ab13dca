"""An order that its supplier refuses becomes another one's, once, at the price that was seen."""

from typing import Any

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.suppliers import refusals, reply_faults, wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.timelines import completes
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.shop import Shop
from tests.conversation.standins.tying import is_tied
from tests.stored_shop import usd

THREE = ["ann:1", "ben:2", "cid:3"]
FULL, PAID = Wallet(usd("10"), usd("0")), Wallet(usd("9.64"), usd("0"))
HELD = Wallet(usd("9.64"), usd("0.36"))
REFUSALS = {
    "no stock": wire_faults.error_text("Insufficient stock. Available: 0."),
    "unknown service": wire_faults.error_text(refusals.SERVICE_NOT_FOUND, 404),
    "empty wallet": wire_faults.error_text(refusals.NO_FUNDS_ACCPLANET),
    "bad key": wire_faults.error_text(refusals.INVALID_KEY, 401),
    "another no": wire_faults.error_text(refusals.NOT_AVAILABLE),
}
DOUBTS = {
    "a lost answer": wire_faults.lost_reply(),
    "an error page": wire_faults.html_page(502),
    "a server error": wire_faults.server_error(),
    "no id": reply_faults.accepted_without_id(),
    "an id and an error": reply_faults.id_and_error(),
    "cut off": wire_faults.truncated_json(),
    "empty": wire_faults.empty_body(),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
async def test_a_refused_order_is_bought_from_the_other_supplier_at_the_price_that_was_seen(
    shop: Shop, alice: Human, olga: Human, refusal: Fault
) -> None:
    await is_tied(shop, olga)
    shop.accplanet.faults.always("add", refusal)
    shop.hstockplus.plan(completes(3), THREE)

    await alice.buys()
    await shop.passes(seconds=8)

    assert await shop.state() is State.COMPLETED
    assert (shop.accplanet.orders_placed, shop.hstockplus.orders_placed) == (0, 1)
    alice.sees("Aged account", *THREE)
    alice.sees_nothing_of("hstockplus", "Old mail account", "refused")
    assert await alice.wallet() == PAID
    details = await shop.details()
    assert (details.supplier, details.cost) == ("hstockplus", usd("0.27"))
    assert await shop.proof() == ()
    await olga.sends("/order 1")
    olga.sees_last("handed from accplanet to hstockplus", "Cost: $0.27 · Margin: $0.09")


@on_sqlite
@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
async def test_without_a_stand_in_a_refused_order_gives_the_money_back(
    shop: Shop, alice: Human, olga: Human, refusal: Fault
) -> None:
    shop.accplanet.faults.always("add", refusal)

    await alice.buys()
    await shop.works()

    assert await shop.state() is State.FAILED
    assert await alice.wallet() == FULL
    assert shop.hstockplus.orders_placed == 0


@on_sqlite
@pytest.mark.parametrize("doubt", DOUBTS.values(), ids=DOUBTS)
async def test_a_doubt_never_moves(shop: Shop, alice: Human, olga: Human, doubt: Fault) -> None:
    await is_tied(shop, olga)
    shop.accplanet.faults.always("add", doubt)

    await alice.buys()
    await shop.passes(minutes=20)

    assert await shop.state() is State.IN_DOUBT
    assert shop.hstockplus.adds_received == 0
    assert await alice.wallet() == HELD
    assert (await shop.details()).supplier == "accplanet"


async def test_when_both_refuse_the_money_goes_back_and_each_was_asked_once(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    for world in shop.suppliers:
        world.faults.always("add", REFUSALS["no stock"])

    await alice.buys()
    await shop.passes(minutes=2)

    assert await shop.state() is State.FAILED
    assert await alice.wallet() == FULL
    assert [world.adds_received for world in shop.suppliers] == [1, 1]
    assert await shop.proof() == ()


@on_sqlite
@pytest.mark.parametrize("lost", DOUBTS.values(), ids=DOUBTS)
async def test_a_doubt_at_the_stand_in_stays_there(
    shop: Shop, alice: Human, olga: Human, lost: Fault
) -> None:
    await is_tied(shop, olga)
    shop.accplanet.faults.always("add", REFUSALS["no stock"])
    shop.hstockplus.faults.always("add", lost)

    await alice.buys()
    await shop.passes(minutes=20)

    assert await shop.state() is State.IN_DOUBT
    assert [world.adds_received for world in shop.suppliers] == [1, 1]
    assert await alice.wallet() == HELD


@on_sqlite
@pytest.mark.parametrize(
    ("rate", "more"),
    [
        ("0.12", {}),
        ("0.50", {}),
        ("0.09", {"stock": 2}),
        ("0.09", {"min": 5}),
        ("0.09", {"max": 2}),
    ],
    ids=["costs what is paid", "costs more", "too few left", "sells more at once", "sells fewer"],
)
async def test_what_does_not_fit_is_not_used(
    shop: Shop, alice: Human, olga: Human, rate: str, more: dict[str, Any]
) -> None:
    await is_tied(shop, olga, rate, **more)
    shop.accplanet.faults.always("add", REFUSALS["no stock"])

    await alice.buys()
    await shop.works()

    assert await shop.state() is State.FAILED
    assert shop.hstockplus.adds_received == 0
    assert await alice.wallet() == FULL


async def test_a_dearer_stand_in_below_the_price_is_used_and_the_shop_earns_less(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga, "0.11")
    shop.accplanet.faults.always("add", REFUSALS["no stock"])
    shop.hstockplus.plan(completes(3), THREE)

    await alice.buys()
    await shop.passes(seconds=8)

    assert await alice.wallet() == PAID
    await olga.sends("/desk")
    olga.sees_last("Revenue: $0.36 · Cost: $0.33 · Margin: $0.03")


async def test_what_waits_at_a_supplier_that_is_paused_is_handed_on(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await is_tied(shop, olga)
    await shop.sites["accplanet"].go_down()
    await alice.buys()
    await shop.works()
    assert await shop.state() is State.QUEUED
    await shop.sites["accplanet"].come_back()
    shop.accplanet.faults.always("balance", wire_faults.error_text(refusals.INVALID_KEY, 401))
    shop.hstockplus.plan(completes(3), THREE)

    await shop.passes(minutes=2)

    assert await shop.state() is State.COMPLETED
    assert (shop.accplanet.adds_received, shop.hstockplus.orders_placed) == (0, 1)
    assert await alice.wallet() == PAID
