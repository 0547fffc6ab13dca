"""What /metrics says of the books: orders, money, lateness, and how long deliveries take."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.app.health import health_app
from bot.orders.rules.moves import State
from bot.orders.tables import orders
from sandbox.serving import serve
from sandbox.suppliers.numbers import codes_after
from sandbox.suppliers.timelines import completes, grows, never
from sandbox.telegram.faults import RetryAfter
from tests.architecture.tree import ROOT
from tests.conversation.human import ALICE, Human
from tests.conversation.numbers.renting import PROJECTS, goes_to_confirm, reads_numbers, rents
from tests.conversation.opening import on_sqlite
from tests.conversation.pages import metrics_at, metrics_of
from tests.conversation.shop import Shop
from tests.conversation.stuck import stuck_books

_METRIC = re.compile(r"^\| `(kiosk_[a-z_]+)` \|([^|]*)\|", re.MULTILINE)
_WORD = re.compile(r"`([a-z]+)`")
ACC = {"supplier": "accplanet"}


def since(shop: Shop, moment: datetime) -> float:
    return (shop.clock.now() - moment).total_seconds()


async def due_at(shop: Shop, state: State) -> datetime:
    """When an order in this state is looked at next."""
    query = select(func.min(orders.c.due_at)).where(
        orders.c.state == state, orders.c.kind != "number"
    )
    moment: datetime = await shop.kiosk.db.read(
        lambda connection: connection.execute(query).scalar_one()
    )
    return moment


async def sells_numbers(shop: Shop) -> None:
    shop.hstockplus.projects = list(PROJECTS)
    await reads_numbers(shop)


async def test_orders_and_the_money_they_hold_are_read_from_the_books(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.default_timeline = completes(5)
    await alice.buys_unseen()
    page = await metrics_of(shop.kiosk)
    assert page.value("kiosk_orders", state="queued", **ACC) == 1
    assert page.value("kiosk_held", currency="USD") == 0.36

    await shop.works()
    page = await metrics_of(shop.kiosk)
    assert page.value("kiosk_orders", state="active", **ACC) == 1
    assert page.value("kiosk_orders") == 1

    await shop.passes(seconds=20)
    page = await metrics_of(shop.kiosk)
    assert page.value("kiosk_orders", state="completed", **ACC) == 1
    assert page.value("kiosk_orders") == 1
    assert page.value("kiosk_held") == 0


@on_sqlite
async def test_what_nobody_takes_grows_late_in_each_queue(shop: Shop, alice: Human) -> None:
    await sells_numbers(shop)
    shop.accplanet.default_timeline = never()
    await rents(alice)
    await alice.buys_unseen()
    await shop.works()
    await alice.buys_unseen()
    polled_at = await due_at(shop, State.ACTIVE)
    shop.clock.turn(timedelta(seconds=40))

    page = await metrics_of(shop.kiosk)
    assert page.value("kiosk_submit_late_seconds", **ACC) == 40
    assert page.value("kiosk_poll_late_seconds", **ACC) == since(shop, polled_at)
    assert page.value("kiosk_number_late_seconds", supplier="hstockplus") == 36
    assert page.value("kiosk_submit_late_seconds", supplier="hstockplus") == 0
    assert page.value("kiosk_outbox_late_seconds") == 0


@on_sqlite
async def test_a_message_that_cannot_go_out_grows_late(shop: Shop, alice: Human) -> None:
    shop.accplanet.default_timeline = completes(2)
    shop.telegram.faults.keep("sendMessage", RetryAfter(600), chat_id=ALICE)
    await alice.buys_unseen()
    await shop.passes(seconds=10)
    delivered_at = shop.clock.now() - timedelta(seconds=8)
    shop.clock.turn(timedelta(seconds=90))

    page = await metrics_of(shop.kiosk)
    late = page.value("kiosk_outbox_late_seconds")
    assert 90 < late <= since(shop, delivered_at)
    assert page.value("kiosk_delivery_seconds_count") == 0


async def test_the_first_goods_in_the_chat_end_the_time_since_confirm(
    shop: Shop, alice: Human
) -> None:
    shop.accplanet.plan(grows(10), ["ann:1", "ben:2", "cid:3"])
    await alice.buys_unseen()
    confirmed_at = shop.clock.now()
    while not alice.times("ann:1"):
        await shop.passes(seconds=1)
    took_s = since(shop, confirmed_at)
    await shop.passes(seconds=60)

    page = await metrics_of(shop.kiosk)
    assert alice.times("cid:3") == 1
    assert page.value("kiosk_delivery_seconds_count", **ACC) == 1
    assert page.value("kiosk_delivery_seconds_sum", **ACC) == took_s >= 10
    assert page.value("kiosk_code_seconds_count") == 0


@on_sqlite
async def test_the_first_code_in_the_chat_ends_the_time_since_the_rent(
    shop: Shop, alice: Human
) -> None:
    await sells_numbers(shop)
    shop.hstockplus.plan_sms(codes_after((15, "424242"), (30, "555555")))
    await goes_to_confirm(alice)
    await alice.taps("Pay")
    await shop.comes_to(timedelta(seconds=3))
    rented_at = shop.clock.now()
    while not alice.times("Code: 424242"):
        await shop.passes(seconds=1)
    took_s = since(shop, rented_at)
    await shop.passes(seconds=60)

    page = await metrics_of(shop.kiosk)
    assert alice.times("Code: 555555") == 1
    assert page.value("kiosk_code_seconds_count", supplier="hstockplus") == 1
    assert page.value("kiosk_code_seconds_sum", supplier="hstockplus") == took_s >= 15
    assert page.value("kiosk_delivery_seconds_sum", supplier="hstockplus") == took_s + 3


@on_sqlite
async def test_the_readmes_table_has_every_metric_with_its_labels(
    shop: Shop, alice: Human
) -> None:
    await sells_numbers(shop)
    shop.hstockplus.plan_sms(codes_after((15, "424242")))
    await rents(alice)
    await shop.passes(seconds=20)

    page = await metrics_of(shop.kiosk)
    table = _METRIC.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert page.labels == {name: set(_WORD.findall(labels)) for name, labels in table}


@on_sqlite
async def test_several_who_scrape_cost_the_books_one_reading(shop: Shop, alice: Human) -> None:
    async with serve(health_app(shop.kiosk)) as site:
        await metrics_at(site)
        await alice.buys_unseen()
        shop.clock.turn(timedelta(seconds=9))
        assert (await metrics_at(site)).value("kiosk_orders") == 0
        shop.clock.turn(timedelta(seconds=1))
        assert (await metrics_at(site)).value("kiosk_orders") == 1


async def test_books_that_do_not_answer_leave_out_what_stands_in_them_and_nothing_else(
    shop: Shop, alice: Human
) -> None:
    assert (await metrics_of(shop.kiosk)).shows("kiosk_orders")
    async with stuck_books(shop):
        page = await metrics_of(shop.kiosk)

    assert not page.shows("kiosk_orders")
    assert not page.shows("kiosk_held")
    assert page.shows("kiosk_update_seconds_count")
    assert (await metrics_of(shop.kiosk)).shows("kiosk_orders")
