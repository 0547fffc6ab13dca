"""Answers about numbers that cannot be read: operators hear of it, and the clock pays back."""

import pytest

from bot.orders.rules.moves import Reason, State
from sandbox.suppliers import wire_faults
from sandbox.suppliers.faults import Fault
from sandbox.suppliers.numbers import code_after, stays_active
from tests.conversation.human import Human
from tests.conversation.opening import on_sqlite
from tests.conversation.rentals.counter import Counter, state_of
from tests.conversation.shop import Shop

pytestmark = on_sqlite
BEGUN = "🔴 The answers of hstockplus about rented numbers cannot be read."
OVER = "🟢 The answers of hstockplus about rented numbers can be read again."


@pytest.mark.parametrize("fault", [wire_faults.truncated_json(), wire_faults.not_an_object(7)])
async def test_operators_hear_within_three_minutes_and_the_code_comes_all_the_same(
    counter: Counter, shop: Shop, olga: Human, fault: Fault
) -> None:
    shop.hstockplus.faults.always("sms_status", fault)
    order = await counter.rents(code_after(240), quantity=2)
    await counter.ticks(step_s=6, minutes=3)
    assert olga.times(BEGUN) == 1
    assert olga.times("does not answer") == 0
    _, said = (await shop.details(order)).answers[-1]
    assert said.startswith("cannot be read: ")

    shop.hstockplus.faults.clear()
    await counter.ticks(step_s=6, minutes=2)
    assert olga.times(OVER) == 1
    assert [one.code for one in await counter.codes(order)] == ["123456"]
    assert await state_of(shop, order) == (State.COMPLETED, None)


async def test_a_garbled_answer_now_and_then_is_nobodys_business(
    counter: Counter, shop: Shop, olga: Human
) -> None:
    shop.hstockplus.faults.next("sms_status", wire_faults.truncated_json(), times=8)
    await counter.rents(stays_active())
    await counter.ticks(step_s=6, minutes=3)
    olga.sees_nothing_of(BEGUN, OVER)


async def test_however_many_numbers_and_however_long_operators_hear_once_an_hour(
    counter: Counter, shop: Shop, olga: Human
) -> None:
    shop.hstockplus.faults.always("sms_status", wire_faults.truncated_json())
    for nth in range(1, 4):
        orders = [await counter.rents(stays_active()) for _ in range(3)]
        await counter.ticks(step_s=30, minutes=25)
        for order in orders:
            assert await state_of(shop, order) == (State.CANCELED, Reason.NO_CODE)
        assert olga.times(BEGUN) == (2 if nth == 3 else 1)
    await counter.has("10")
    olga.sees_nothing_of(OVER)
