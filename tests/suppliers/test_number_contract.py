"""What the port says of numbers, held by the supplier in memory and by the real one alike."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.errors import InDoubt, Malformed, NotSent, Refused, Throttled
from bot.suppliers.port import Balance, Supplier
from bot.suppliers.words import Code, NumberId
from tests.clock import TurnableClock
from tests.suppliers.sides import TELEGRAM, Side, about

pytestmark = pytest.mark.parametrize("side", ["in memory", "hstockplus"], indirect=True)

STRANGER = RemoteId("404")
CALLS: dict[str, Callable[[Supplier], Awaitable[object]]] = {
    "rent": lambda supplier: supplier.rent(TELEGRAM),
    "number_status": lambda supplier: supplier.number_status(STRANGER),
    "number_code": lambda supplier: supplier.number_code(STRANGER),
}


async def test_a_number_is_listed_by_country_and_rented_at_no_cost_yet(
    side: Side, clock: TurnableClock
) -> None:
    side.rents_telegram()
    side.has_money("1")

    [row] = (await side.supplier.list_numbers(TELEGRAM.country)).rows
    rented = await side.supplier.rent(TELEGRAM)
    said = await side.supplier.number_status(rented.order)

    assert (row.remote_id, row.rate) == (TELEGRAM.remote_id, Decimal("0.30"))
    assert (await side.supplier.list_numbers("zz")).rows == ()
    assert rented.phone.startswith("+")
    assert rented.country == "ke"
    assert (said.status, said.phone, said.code) == ("active", rented.phone, "")
    assert said.expires_at == clock.now() + timedelta(minutes=20)
    assert await side.supplier.number_code(rented.order) is None
    assert await side.supplier.balance() == Balance(Decimal(1), "USD")


async def test_the_newest_code_is_told_in_short_and_in_full_and_costs_once(side: Side) -> None:
    side.rents_telegram()
    side.has_money("1")
    order = (await side.supplier.rent(TELEGRAM)).order

    for code in ("111", "222"):
        side.texts(order, code)
        said = await side.supplier.number_status(order)
        assert (said.status, said.code, said.charge) == ("code_received", code, Decimal("0.30"))
        full = Code(code, f"Your verification code is {code}")
        assert await side.supplier.number_code(order) == full
    assert await side.supplier.balance() == Balance(Decimal("0.70"), "USD")


@pytest.mark.parametrize("status", ["canceled", "expired"])
async def test_a_number_without_a_code_ends_at_no_cost(side: Side, status: str) -> None:
    side.rents_telegram()
    order = (await side.supplier.rent(TELEGRAM)).order

    side.ends(order, status)

    said = await side.supplier.number_status(order)
    assert (said.status, said.code, said.charge) == (status, "", Decimal(0))
    assert await side.supplier.number_code(order) is None


async def test_a_phone_is_rented_again_by_whoever_had_it(side: Side) -> None:
    side.rents_telegram()
    first = await side.supplier.rent(TELEGRAM)

    again = await side.supplier.rent(TELEGRAM, first.phone)

    assert (again.phone, again.order == first.order) == (first.phone, False)
    with pytest.raises(Refused):
        await side.supplier.rent(TELEGRAM, "+999")


async def test_a_number_that_cannot_be_had_is_refused(side: Side) -> None:
    side.rents_telegram()
    with pytest.raises(Refused):
        await side.supplier.rent(NumberId("other", "ke"))
    for call in (side.supplier.number_status, side.supplier.number_code):
        with pytest.raises(Refused, match="Order not found"):
            await call(STRANGER)

    side.has_money("0.29")
    with pytest.raises(Refused) as no:
        await side.supplier.rent(TELEGRAM)
    assert about(no.value) == "the wallet"


@pytest.mark.parametrize("verb", CALLS)
async def test_numbers_fail_in_the_words_of_orders(side: Side, verb: str) -> None:
    side.rents_telegram()
    lost = InDoubt if verb == "rent" else Malformed
    side.loses_the_answer(verb)
    side.asks_to_wait(verb, 7)

    for failure in (lost, Throttled):
        with pytest.raises(failure):
            await CALLS[verb](side.supplier)
    side.takes_no_key()
    with pytest.raises(Refused) as no:
        await CALLS[verb](side.supplier)
    assert about(no.value) == "the key"
    await side.goes_down()
    with pytest.raises(NotSent):
        await CALLS[verb](side.supplier)
