"""From the number to its code or the refund: in time, whatever happens meanwhile."""

from datetime import timedelta

import pytest

from bot.orders.rules.moves import Reason, State
from bot.orders.views import RentalState
from bot.suppliers.words import Code
from sandbox.suppliers import wire_faults
from sandbox.suppliers.numbers import (
    SmsPlan,
    canceled_by_supplier,
    code_after,
    code_at_expiry,
    codes_after,
    expired,
    no_code,
    stays_active,
)
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import Counter, state_of
from tests.conversation.shop import Shop

CODE = Code("123456", "Your verification code is 123456")
PRICE = "0.60"
"""Half a dollar with twenty percent on it."""


@on_sqlite
async def test_a_code_after_a_while_is_delivered_and_paid(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(code_after(15))
    await counter.has("9.40", PRICE)
    assert await counter.rental(order) is RentalState.WAITING
    await counter.ticks(seconds=21)

    assert await counter.codes(order) == (CODE,)
    assert await state_of(shop, order) == (State.COMPLETED, None)
    await counter.has("9.40")
    await shop.leaps(3, minutes=10)
    assert await counter.rental(order) is RentalState.CLOSED
    assert len(await counter.codes(order)) == 1


@on_sqlite
async def test_several_codes_are_delivered_once_each_and_paid_once(counter: Counter) -> None:
    order = await counter.rents(codes_after((15, "1"), (60, "2"), (300, "3")))
    await counter.ticks(step_s=6, minutes=6)

    assert [code.code for code in await counter.codes(order)] == ["1", "2", "3"]
    await counter.has("9.40")


@pytest.mark.parametrize("plan", [no_code(), stays_active()])
async def test_no_code_is_refunded_within_two_minutes_of_the_end(
    counter: Counter, shop: Shop, plan: SmsPlan
) -> None:
    order = await counter.rents(plan)
    await shop.passes(minutes=19)
    await counter.has("9.40", PRICE)
    await counter.ticks(step_s=5, minutes=3)

    assert await state_of(shop, order) == (State.CANCELED, Reason.NO_CODE)
    finished = (await shop.details(order)).order.finished_at
    assert finished is not None
    assert finished <= await counter.end(order) + timedelta(minutes=2)
    await counter.has("10")


@on_sqlite
async def test_no_code_is_refunded_in_time_while_the_supplier_is_down(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(no_code())
    shop.hstockplus.faults.always("sms_status", wire_faults.server_error())
    await shop.leaps(1, minutes=20)
    await counter.has("9.40", PRICE)
    for _ in range(8):
        await shop.leaps(1, seconds=15)

    assert await state_of(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


async def test_no_code_is_refunded_in_time_over_a_restart(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(no_code())
    shop.clock.turn(timedelta(minutes=21, seconds=30))
    await shop.restarts()
    await shop.leaps(2, seconds=15)

    assert await state_of(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


async def test_a_code_that_came_while_nobody_ran_is_delivered(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_after(30))
    shop.clock.turn(timedelta(minutes=3))
    await shop.restarts()
    await shop.works()

    assert await counter.codes(order) == (CODE,)
    await counter.has("9.40")


@on_sqlite
async def test_a_code_that_came_in_time_is_paid_however_long_nobody_ran(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_after(30))
    shop.clock.turn(timedelta(minutes=45))
    await shop.restarts()
    await shop.leaps(1, seconds=1)

    assert await counter.codes(order) == (CODE,)
    assert await state_of(shop, order) == (State.COMPLETED, None)
    await counter.has("9.40")


@on_sqlite
async def test_no_code_is_refunded_soon_after_nobody_ran_even_while_the_supplier_is_down(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(no_code())
    shop.hstockplus.faults.always("sms_status", wire_faults.server_error())
    shop.clock.turn(timedelta(minutes=45))
    await shop.restarts()
    await shop.leaps(10, seconds=5)

    assert await state_of(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


@on_sqlite
async def test_a_number_that_expires_early_is_refunded(counter: Counter, shop: Shop) -> None:
    order = await counter.rents(expired(60))
    await counter.ticks(step_s=5, minutes=2, seconds=15)

    assert await state_of(shop, order) == (State.CANCELED, Reason.NO_CODE)
    await counter.has("10")


@on_sqlite
async def test_a_number_that_the_supplier_calls_off_is_refunded_at_once(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(canceled_by_supplier(60))
    await counter.ticks(seconds=66)

    assert await state_of(shop, order) == (State.CANCELED, Reason.NO_CODE)
    assert await counter.rental(order) is RentalState.CANCELED
    await counter.has("10")


@on_sqlite
async def test_a_code_in_the_look_that_finds_the_end_is_delivered_and_paid(
    counter: Counter, shop: Shop
) -> None:
    order = await counter.rents(code_at_expiry())
    await shop.leaps(1, minutes=20)

    assert await counter.codes(order) == (CODE,)
    await counter.has("9.40")
