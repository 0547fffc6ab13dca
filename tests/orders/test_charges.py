"""A first charge that is off is told, and stops sales of its service but not the order."""

from decimal import Decimal

import pytest

from bot.catalog import store
from bot.orders import order_details as records
from bot.orders.rules.moves import State
from bot.outbox.notices import (
    ChargeAlert,
)
from tests.orders.active import told
from tests.stored_shop import BY, OLGA, Books, listed, says


@pytest.mark.parametrize(
    ("answer", "pauses"),
    [
        (says("In progress", charge="0.9"), False),
        (says("In progress", charge="0.945"), False),
        (says("In progress", charge="0.9451"), True),
        (says("In progress", charge="900"), True),
        (says("In progress", charge="0.9", currency="EUR"), True),
        (says("In progress", charge="0.9", currency=None), False),
        (says("In progress", charge="1e17"), True),
        (says("Pending", charge="0"), False),
        (says("In progress"), False),
        (says("Partial", "a", charge="0.3"), False),
        (says("Canceled", charge="0"), False),
        (says("Completed", "a", charge="9"), True),
    ],
)
async def test_a_first_charge_that_is_off_pauses_the_service_but_not_the_order(
    rich: Books, answer: object, pauses: bool
) -> None:
    due = await rich.has_active()

    await rich.hears(due, answer)  # type: ignore[arg-type] # StatusAnswer, said by says()

    assert [service.paused for service in (await rich.db.read(store.load)).services] == [pauses]
    assert ("a-charge" in await rich.told(OLGA)) is pauses
    assert await rich.state(due.order) is not State.ATTENTION


async def test_only_the_first_charge_is_compared(rich: Books) -> None:
    due = await rich.has_active()
    await rich.hears(due, says("Pending", charge="0"))
    await rich.hears(due, says("In progress", charge="0.9"))
    await rich.hears(due, says("In progress", charge="5"))

    assert not (await rich.db.read(store.load)).services[0].paused
    details = await rich.db.read(records.find_details, due.order)
    assert details is not None
    assert (details.charge, details.charge_currency) == (Decimal(5), "USD")


async def test_a_resumed_service_is_paused_and_told_again_at_the_next_wrong_charge(
    rich: Books,
) -> None:
    due, second = await rich.has_active(), await rich.has_active()
    service = (await rich.db.read(store.load)).services[0].id
    await rich.hears(due, says("In progress", charge="5"))

    assert [await rich.db.write(store.resume_service, BY, service) for _ in range(2)] == [
        True,
        False,
    ]
    await rich.hears(second, says("In progress", charge="5"))

    assert (await rich.told(OLGA)).count("a-charge") == 2
    assert (await rich.db.read(store.load)).services[0].paused


@pytest.mark.parametrize(
    ("charge", "currency", "told_charge"),
    [("5.00", "USD", "5 USD"), ("100", None, "100 USD"), ("0.9", "EUR", "0.9 EUR")],
)
async def test_a_charge_that_is_off_is_told_with_both_amounts(
    rich: Books, charge: str, currency: str | None, told_charge: str
) -> None:
    due = await rich.has_active()

    await rich.hears(due, says("In progress", charge=charge, currency=currency))

    assert await told(rich, OLGA) == [ChargeAlert(due.order, told_charge, "0.9 USD")]
    details = await rich.db.read(records.find_details, due.order)
    assert details is not None
    assert details.charge_currency == (currency or "")


async def test_a_currency_is_the_same_in_small_letters(rich: Books) -> None:
    due = await rich.has_active()

    await rich.hears(due, says("In progress", charge="0.9", currency="usd"))

    assert await told(rich, OLGA) == []


@pytest.mark.parametrize(("status", "off"), [("Pending", False), ("In progress", True)])
async def test_a_zero_is_no_charge_only_while_the_order_waits(
    rich: Books, status: str, off: bool
) -> None:
    due = await rich.has_active()

    await rich.hears(due, says(status, charge="0"))

    assert bool(await told(rich, OLGA)) is off


async def test_a_wrong_charge_pauses_its_own_service_and_every_process_sees_it(
    rich: Books,
) -> None:
    other, own = await rich.stocks(listed("other")), await rich.stocks(listed("own"))
    await rich.buys(service=own)
    await rich.accepts(await rich.sends())
    version = await rich.db.read(store.version)

    await rich.hears(await rich.polls_one(), says("In progress", charge="5"))

    paused = {service.id: service.paused for service in (await rich.db.read(store.load)).services}
    assert paused == {own.id: True, other.id: False}
    assert await rich.db.read(store.version) > version
