"""A supplier that is silent for long: its sales pause by themselves, and go on by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.money.ledger import Wallet
from bot.orders.rules.moves import State
from sandbox.telegram.onlooker import CannotDo
from tests.clock import TurnableClock
from tests.conversation.crew import QUICK
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite, open_shop
from tests.conversation.replicas import two_processes
from tests.conversation.shop import Shop
from tests.stored_shop import usd

PAUSED = "⏸ accplanet has not answered for so long"
RESUMED = "🟢 The sales of accplanet are no longer paused"


@pytest.fixture
async def shop(database_url: str, clock: TurnableClock) -> AsyncIterator[Shop]:
    """A shop that spares a supplier after five failures in a row, as in real life."""
    wire = replace(QUICK, failures_to_open=5)
    async with open_shop(database_url, clock, wire=wire, stocked=True) as opened:
        yield opened


async def falls_silent(shop: Shop, minutes: int = 22) -> None:
    await shop.sites["accplanet"].go_down()
    await shop.leaps(minutes // 2, minutes=2)


async def answers_again(shop: Shop) -> None:
    await shop.sites["accplanet"].come_back()
    await shop.leaps(4, minutes=2)


async def test_sales_pause_after_a_while_and_go_on_told_once_each(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await alice.goes_to_confirm()
    await falls_silent(shop, minutes=10)
    olga.sees_nothing_of(PAUSED)
    await shop.leaps(10, minutes=2)
    assert olga.times(PAUSED) == 1
    with pytest.raises(CannotDo, match="no button 'Buy'"):
        await alice.goes_to_confirm()
    alice.sees_last("⏸ Paused, we expect it back soon")
    await olga.sends("/switch")
    olga.sees_last("⏸ accplanet: paused by itself (the supplier does not answer)")

    await answers_again(shop)
    assert olga.times(RESUMED) == 1
    assert olga.times(PAUSED) == 1
    await alice.buys()
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_a_card_open_before_the_outage_is_stopped_and_an_order_waits_as_before(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await falls_silent(shop, minutes=10)
    await alice.buys()
    await shop.works()
    assert await shop.state() is State.QUEUED
    await alice.goes_to_confirm(quantity="2")
    await shop.leaps(5, minutes=1)
    await shop.leaps(4, seconds=50)
    assert olga.times(PAUSED) == 1
    await alice.taps("Pay")
    alice.sees_last("Nothing was charged. This is not for sale right now")
    assert await alice.count_orders() == 1
    await answers_again(shop)
    assert await shop.proof() == ()
    assert not shop.trouble()


@on_sqlite
async def test_what_was_switched_off_by_hand_stays_off_when_the_supplier_is_back(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await falls_silent(shop)
    await olga.sends("/switch off accplanet Closed by hand")
    olga.sees_last("It is paused for another reason too: the supplier does not answer")
    await answers_again(shop)
    await olga.sends("/switch")
    olga.sees_last("⏸ accplanet: switched off by hand")
    await alice.sends("/catalog")
    await alice.finds_account("Aged account")
    alice.sees_last("⏸ Closed by hand")
    await olga.sends("/switch on accplanet")
    await alice.goes_to_confirm()
    alice.sees_last("Please check your order")


@on_sqlite
async def test_no_hand_ends_the_pause_of_a_supplier_that_is_silent(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await olga.sends("/switch off accplanet")
    await falls_silent(shop)
    await olga.sends("/switch on accplanet")
    olga.sees_last("It stays paused for now: the supplier does not answer. It goes on by itself.")
    await olga.sends("/suppliers")
    assert olga.card.find_button("Resume accplanet") is None
    with pytest.raises(CannotDo, match="no button 'Buy'"):
        await alice.goes_to_confirm()
    await answers_again(shop)
    await alice.goes_to_confirm()
    alice.sees_last("Please check your order")
    assert olga.times(PAUSED) == 1


@on_sqlite
async def test_the_suppliers_page_resumes_what_was_switched_off_by_hand(
    shop: Shop, olga: Human
) -> None:
    await olga.sends("/switch off accplanet Back at noon")
    await olga.sends("/suppliers")
    olga.sees_last("⏸ New sales are paused: switched off by hand")
    await olga.taps("Resume accplanet")
    await olga.taps("▶ Resume")
    await olga.sends("/switch off accplanet")
    olga.sees_last("Customers read: ⏸ Paused, we expect it back soon")


@on_sqlite
async def test_a_supplier_that_comes_and_goes_and_a_clock_that_jumps_make_no_storm(
    shop: Shop, alice: Human, olga: Human
) -> None:
    for _ in range(12):
        await shop.sites["accplanet"].go_down()
        await shop.leaps(2, seconds=70)
        await shop.sites["accplanet"].come_back()
        await shop.leaps(1, seconds=50)
    assert olga.times(PAUSED) <= 1
    await shop.leaps(4, minutes=2)
    told = olga.times(PAUSED), olga.times(RESUMED)
    assert told in {(0, 0), (1, 1)}
    await shop.sites["accplanet"].go_down()
    await shop.leaps(3, minutes=1)
    for jump in (timedelta(hours=9), timedelta(hours=-9), timedelta(hours=9)):
        shop.clock.turn(jump)
        await shop.leaps(2, seconds=30)
    await answers_again(shop)
    await shop.leaps(3, minutes=2)
    assert olga.times(PAUSED) == olga.times(RESUMED) <= 2
    await alice.buys()
    await shop.passes(seconds=10)
    assert await shop.state() is State.COMPLETED
    assert (await alice.wallet()).held == Wallet(usd("0"), usd("0")).held


@pytest.mark.processes
async def test_what_one_process_sees_down_another_does_not_resume(
    shop: Shop, alice: Human, olga: Human
) -> None:
    await falls_silent(shop)
    assert olga.times(PAUSED) == 1
    async with two_processes(shop) as (_, second):
        await second.shop.watch.look_at_health()
        await olga.sends("/switch")
        olga.sees_last("⏸ accplanet: paused by itself")
    assert olga.times(RESUMED) == 0
