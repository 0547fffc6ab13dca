"""A number lives as long as it would, whatever the clock was for a moment."""

from datetime import timedelta

import pytest

from bot.numbers import poll, settle
from bot.numbers.rows import load_rental
from bot.numbers.rules import LATE_FOR, USUAL_LIFE
from bot.orders.views import RentalState
from tests.numbers.renting import rents
from tests.stored_shop import ALICE, HSTOCK, Books
from tests.suppliers.fake_orders import number_says

JUMPS = pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(hours=1)])


@JUMPS
async def test_a_number_that_a_clock_ahead_has_rented_waits_as_long_as_any(
    rich: Books, ahead: timedelta
) -> None:
    rich.clock.turn(ahead)
    [order] = await rents(rich)
    await rich.db.write(poll.claim, HSTOCK, 1)
    rich.clock.turn(-ahead)

    assert [one.order for one in await rich.db.write(poll.claim, HSTOCK, 5)] == [order]

    number = await rich.db.read(load_rental, ALICE, order)
    assert (number.rented_at, number.expires_at) == (rich.now, rich.now + USUAL_LIFE)


@JUMPS
async def test_a_number_that_a_clock_ahead_has_ended_is_looked_at_for_a_late_code(
    rich: Books, ahead: timedelta
) -> None:
    [order] = await rents(rich)
    rich.clock.turn(ahead)
    assert await rich.db.write(settle.end_overdue) == 1
    rich.clock.turn(-ahead)

    [due] = await rich.db.write(poll.claim, HSTOCK, 5)
    rich.clock.turn(LATE_FOR - timedelta(seconds=1))
    assert await rich.db.write(settle.settle, due, number_says("waiting"), ()) is (
        RentalState.EXPIRED
    )
    rich.wait(seconds=1)
    assert await rich.db.write(settle.end_overdue) == 1
    assert (await rich.db.read(load_rental, ALICE, order)).state is RentalState.CLOSED
