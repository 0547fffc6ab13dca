"""Numbers as a kind of order: one order each, rented instead of added, then looked at."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.app.kinds import KINDS
from bot.base.errors import NotYours
from bot.base.ids import CategoryId, OrderId, RemoteId, ServiceId
from bot.base.money import Money
from bot.base.quantity import BadQuantity
from bot.base.topics import numbers_topic, poll_topic
from bot.catalog.pricing import Pricing
from bot.catalog.rules import Service
from bot.db.tx import Tx
from bot.orders import attempts
from bot.orders.kinds import Submission
from bot.orders.views import RentalState
from bot.suppliers.errors import Refused
from bot.suppliers.port import Accepted, Rented, at_any_time
from bot.suppliers.words import Kind, NumberId
from tests.numbers.renting import CHAT, number_row, phone_of, rents, sells_numbers
from tests.stored_shop import ACC, ALICE, BOB, HSTOCK, Books, usd
from tests.suppliers.fake import FakeSupplier

NUMBERS = KINDS[Kind.NUMBER]
PRICING = Pricing(Decimal(10), Money(10_000))
NOW = datetime(2026, 3, 1, tzinfo=UTC)
ELSEWHERE = NumberId(CHAT.project, "pe")


def service(rate: str) -> Service:
    row = replace(number_row(), rate=Decimal(rate))
    return Service(ServiceId(1), HSTOCK, row, Kind.NUMBER, 1, CategoryId(1), NOW)


def sent(phone: str = "") -> Submission:
    remote = RemoteId(CHAT.remote_id)
    return Submission(OrderId(1), HSTOCK, remote, 1, "", Kind.NUMBER, 0, NOW, phone=phone)


def test_each_number_is_an_order_of_its_own_rounded_alone() -> None:
    assert NUMBERS.parts(7) == 7
    assert NUMBERS.total(PRICING, service("0.0111"), 7) == usd("0.14")  # 7 times 0.01221, up
    assert NUMBERS.cost(service("0.00000055"), 1, 7) == Money(7)


def test_a_phone_is_rented_again_alone() -> None:
    assert NUMBERS.reuse(1, OrderId(3)) == 3
    assert NUMBERS.reuse(5, None) is None
    with pytest.raises(BadQuantity) as refusal:
        NUMBERS.reuse(2, OrderId(3))
    assert (refusal.value.least, refusal.value.most) == (1, 1)


async def test_a_number_is_rented_and_asked_about_as_a_number(supplier: FakeSupplier) -> None:
    supplier.sells(number_row())

    first = await NUMBERS.submit(supplier, sent(), at_any_time)
    assert isinstance(first, Rented)
    await NUMBERS.submit(supplier, sent(first.phone), at_any_time)
    await NUMBERS.ask(supplier, first.order)

    assert supplier.asked == [
        ("rent", CHAT, ""),
        ("rent", CHAT, first.phone),
        ("number_status", first.order),
    ]
    with pytest.raises(Refused):
        await NUMBERS.ask(supplier, RemoteId("a stranger"))


@pytest.mark.parametrize(
    ("answer", "phone"),
    [
        (Rented(RemoteId("n1"), "taken", "+15550001", "us"), "+15550001"),
        (Accepted(RemoteId("n1"), "taken"), ""),
    ],
)
async def test_a_number_that_came_is_looked_at_and_left_alone_by_the_poller_of_orders(
    rich: Books, answer: Accepted, phone: str
) -> None:
    [sold] = await sells_numbers(rich)
    order = await rich.buys(service=sold)
    begun, woken = await rich.sends(HSTOCK), set[str]()

    def takes(tx: Tx) -> None:
        attempts.accepted(tx, begun, answer)
        woken.update(tx.woken)

    await rich.db.write(takes)

    assert numbers_topic(HSTOCK) in woken
    assert poll_topic(HSTOCK) not in woken
    assert await rich.sql("SELECT due_at FROM orders") == [(None,)]
    rental = (await rich.order(order)).rental
    assert rental is not None
    assert (rental.phone, rental.state) == (phone, RentalState.WAITING)


async def test_until_a_number_has_come_its_order_has_none(rich: Books) -> None:
    [sold] = await sells_numbers(rich)

    assert (await rich.order(await rich.buys(service=sold))).rental is None


# The phone of an earlier order


async def test_a_customers_own_number_may_be_rented_again(rich: Books) -> None:
    [had] = await rents(rich)
    [sold] = await sells_numbers(rich)

    await rich.db.read(NUMBERS.check_reuse, ALICE, had, sold.id)
    assert await rich.db.read(NUMBERS.phone, had) == phone_of(had)
    assert await rich.db.read(NUMBERS.phone, None) == ""


async def test_nobody_elses_number_is_rented_again(rich: Books) -> None:
    [had] = await rents(rich)
    [sold] = await sells_numbers(rich)

    with pytest.raises(NotYours):
        await rich.db.read(NUMBERS.check_reuse, BOB, had, sold.id)
    with pytest.raises(NotYours):
        await rich.db.read(NUMBERS.check_reuse, ALICE, OrderId(99), sold.id)


async def test_a_number_is_rented_again_at_its_own_supplier_and_country_only(rich: Books) -> None:
    [had] = await rents(rich)
    [_, other_country] = await sells_numbers(rich, number_row(), number_row(ELSEWHERE, "Peru"))
    [other_supplier] = await sells_numbers(rich, supplier=ACC)
    no_number = await rich.stocks(supplier=HSTOCK)

    for one in (other_country, other_supplier, no_number):
        with pytest.raises(NotYours):
            await rich.db.read(NUMBERS.check_reuse, ALICE, had, one.id)


async def test_a_number_whose_phone_is_not_known_is_not_rented_again(rich: Books) -> None:
    [had] = await rents(rich)
    [sold] = await sells_numbers(rich)
    await rich.sql("UPDATE rentals SET phone = ''")

    with pytest.raises(NotYours):
        await rich.db.read(NUMBERS.check_reuse, ALICE, had, sold.id)
