"""Ends, phones and counts that cannot be right, and codes that come too late."""

from datetime import timedelta

import pytest

from bot.base.ids import RemoteId
from bot.numbers.rows import load_rental
from bot.orders.rules.moves import State
from bot.orders.views import RentalState
from bot.suppliers.words import Code
from sandbox.suppliers import wire_faults
from sandbox.suppliers.numbers import code_after, late_code, no_code, stays_active
from tests.conversation.human import AS_OLGA, Human
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import Counter, state_of
from tests.conversation.shop import Shop

CODE = Code("123456", "Your verification code is 123456")
PRICE = "0.60"
"""Half a dollar with twenty percent on it."""


@on_sqlite
@pytest.mark.parametrize(
    "said", ["2023-01-01T12:00:00.000Z", "9999-12-31T00:00:00Z", "soon", "", 0, None, [], "1e400"]
)
async def test_an_absurd_end_is_twenty_minutes(counter: Counter, said: object) -> None:
    order = await counter.rents(stays_active().with_expiry(said))
    rental = await counter.store.db.read(load_rental, counter.customer.id, order)
    assert rental.expires_at - rental.rented_at == timedelta(minutes=20)


@on_sqlite
async def test_a_missing_end_is_twenty_minutes(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(stays_active().without_expiry())
    await shop.leaps(1, minutes=20)
    await shop.leaps(8, seconds=15)
    assert (await state_of(shop, order))[0] is State.CANCELED
    await counter.has("10")


@on_sqlite
async def test_a_phone_without_its_country_code_is_shown_as_it_came(counter: Counter) -> None:
    order = await counter.rents(no_code().with_phone("5550100001"))
    rental = await counter.store.db.read(load_rental, counter.customer.id, order)
    assert (rental.phone, rental.country) == ("5550100001", "United States")


@on_sqlite
@pytest.mark.parametrize("given", [0, 2])
async def test_no_number_or_two_leave_the_order_in_doubt(
    counter: Counter, shop: Shop, given: int
) -> None:
    shop.hstockplus.give_numbers(given)
    order = await counter.rents()

    assert (await state_of(shop, order))[0] is State.IN_DOUBT
    await shop.leaps(3, hours=1)
    assert len(shop.hstockplus.received_of("add_sms")) == 1
    await counter.has("9.40", PRICE)


@on_sqlite
async def test_an_operator_attaches_the_number_of_an_order_in_doubt(
    counter: Counter, shop: Shop
) -> None:
    shop.hstockplus.faults.next("add_sms", wire_faults.hang().after_acting())
    order = await counter.rents(code_after(15))
    assert (await state_of(shop, order))[0] is State.IN_DOUBT
    remote = RemoteId(str(shop.hstockplus.last_number.id))
    await shop.kiosk.shop.desk.attach(AS_OLGA, order, remote)
    await counter.ticks(seconds=25)

    assert await counter.codes(order) == (CODE,)
    rental = await counter.store.db.read(load_rental, counter.customer.id, order)
    assert rental.phone == shop.hstockplus.last_number.phone
    await counter.has("9.40")


@on_sqlite
async def test_a_late_code_is_delivered_free_and_told_to_operators(
    counter: Counter, shop: Shop, olga: Human
) -> None:
    order = await counter.rents(late_code(180))
    await shop.leaps(1, minutes=20)
    await counter.ticks(seconds=70)
    await counter.has("10")
    await shop.leaps(10, seconds=20)

    assert await counter.codes(order) == (CODE,)
    assert (await state_of(shop, order))[0] is State.CANCELED
    assert ("clock", "late_code", f"order:{order}") in await shop.acts_audited()
    await shop.leaps(2, minutes=10)
    assert await counter.rental(order) is RentalState.CLOSED
    await counter.has("10")
