"""The port's word, held by the supplier in memory and by the real one over HTTP alike."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.base.ids import RemoteId
from bot.suppliers.errors import InDoubt, Malformed, NotSent, Refused, Throttled
from bot.suppliers.port import Balance, Stock, Supplier
from bot.suppliers.progress import Progress, Stage
from tests.suppliers.sides import MAIL, Side, about

STRANGER = RemoteId("404")


def in_work(status: str = "In progress", stage: Stage = Stage.WORKING) -> Progress:
    """An order of three of which nothing has come."""
    return Progress(status, stage, Decimal("1.50"), "USD", 3, remains_said=True)


Call = Callable[[Supplier], Awaitable[object]]
ORDERS: dict[str, Call] = {"add": lambda supplier: supplier.add(MAIL, 1)}
READINGS: dict[str, Call] = {
    "balance": lambda supplier: supplier.balance(),
    "status": lambda supplier: supplier.status(STRANGER),
    "stock": lambda supplier: supplier.stock(MAIL),
    "list_services": lambda supplier: supplier.list_services(),
}


async def test_a_service_is_listed_found_and_counted(side: Side) -> None:
    side.sells_mail(stock=7)

    [row] = (await side.supplier.list_services()).rows

    assert (row.remote_id, row.name, row.rate) == (MAIL, "Mailbox", Decimal("0.50"))
    assert (row.least, row.most, row.stock, row.problem) == (1, 20, 7, "")
    assert await side.supplier.find_service(MAIL) == row
    assert await side.supplier.stock(MAIL) == Stock(7, available=True)


async def test_a_service_that_is_not_there_is_none_and_has_no_stock(side: Side) -> None:
    side.sells_mail(stock=0)

    assert await side.supplier.stock(MAIL) == Stock(0, available=False)
    assert await side.supplier.find_service(STRANGER) is None
    for asked in (side.supplier.stock(STRANGER), side.supplier.add(STRANGER, 1)):
        with pytest.raises(Refused) as no:
            await asked
        assert about(no.value) == "nothing special"


async def test_an_order_is_accepted_paid_taken_from_the_stock_and_known_by_its_id(
    side: Side,
) -> None:
    side.sells_mail(stock=10)
    side.has_money("4")

    placed = await side.supplier.add(MAIL, 3, "https://example.com/me")

    assert placed.order in placed.said
    assert (await side.supplier.status(placed.order)).progress == in_work()
    assert await side.supplier.balance() == Balance(Decimal("2.50"), "USD")
    assert (await side.supplier.stock(MAIL)).units == 7
    assert (await side.supplier.add(MAIL, 1)).order != placed.order


async def test_an_order_beyond_the_stock_is_refused_as_that(side: Side) -> None:
    side.sells_mail(stock=2)

    with pytest.raises(Refused) as no:
        await side.supplier.add(MAIL, 3)

    assert about(no.value) == "the stock"


async def test_an_order_beyond_the_wallet_is_refused_as_that_and_one_within_it_is_not(
    side: Side,
) -> None:
    side.sells_mail()
    side.has_money("1")

    with pytest.raises(Refused) as no:
        await side.supplier.add(MAIL, 3)

    assert about(no.value) == "the wallet"
    assert (await side.supplier.add(MAIL, 2)).order


async def test_any_other_no_is_about_nothing_special(side: Side) -> None:
    side.sells_mail(least=5)

    with pytest.raises(Refused, match="Minimum") as no:
        await side.supplier.add(MAIL, 4)

    assert about(no.value) == "nothing special"


@pytest.mark.parametrize("call", [*ORDERS.values(), *READINGS.values()])
async def test_a_wrong_key_is_refused_as_that_by_every_verb(side: Side, call: Call) -> None:
    side.sells_mail()
    side.takes_no_key()

    with pytest.raises(Refused) as no:
        await call(side.supplier)

    assert about(no.value) == "the key"


@pytest.mark.parametrize("call", [*ORDERS.values(), *READINGS.values()])
async def test_to_a_supplier_that_is_down_nothing_is_sent(side: Side, call: Call) -> None:
    side.sells_mail()
    await side.goes_down()

    with pytest.raises(NotSent):
        await call(side.supplier)


@pytest.mark.parametrize("verb", [*ORDERS, *READINGS])
async def test_patience_is_asked_for_in_seconds(side: Side, verb: str) -> None:
    side.sells_mail()
    side.asks_to_wait(verb, 7)

    with pytest.raises(Throttled) as busy:
        await (ORDERS | READINGS)[verb](side.supplier)

    assert busy.value.retry_after == timedelta(seconds=7)


async def test_an_order_without_a_usable_answer_is_in_doubt(side: Side) -> None:
    side.sells_mail()
    side.loses_the_answer("add")
    side.talks_nonsense("add")

    for _ in range(2):
        with pytest.raises(InDoubt):
            await side.supplier.add(MAIL, 1)


@pytest.mark.parametrize("verb", READINGS)
async def test_a_reading_without_a_usable_answer_is_malformed(side: Side, verb: str) -> None:
    side.sells_mail()
    side.loses_the_answer(verb)
    side.talks_nonsense(verb)

    for _ in range(2):
        with pytest.raises(Malformed):
            await READINGS[verb](side.supplier)


async def test_an_order_nobody_placed_is_refused_as_not_found(side: Side) -> None:
    with pytest.raises(Refused, match="Order not found"):
        await side.supplier.status(STRANGER)


Act = Callable[[Side, RemoteId], None]
STANDS: dict[str, tuple[Act, Progress, str]] = {
    "completed": (
        lambda side, order: side.delivers(order, "ann:1", "ben:2", "cid:3"),
        replace(in_work("Completed", Stage.DONE), remains=0, accounts=("ann:1", "ben:2", "cid:3")),
        "8.50",
    ),
    "partial": (
        lambda side, order: side.stops(order, "ann:1"),
        replace(
            in_work("Partial", Stage.PARTIAL),
            remains=2,
            charge=Decimal("0.50"),
            accounts=("ann:1",),
        ),
        "9.50",
    ),
    "canceled": (
        lambda side, order: side.calls_off(order),
        replace(in_work("Canceled", Stage.CANCELED), charge=Decimal(0)),
        "10.00",
    ),
    "pending": (
        lambda side, order: side.says(order, "Pending"),
        in_work("Pending", Stage.WAITING),
        "8.50",
    ),
    "failed": (
        lambda side, order: side.says(order, "Failed"),
        in_work("Failed", Stage.TROUBLE),
        "8.50",
    ),
    "anything": (
        lambda side, order: side.says(order, "Sunbathing"),
        in_work("Sunbathing", Stage.UNKNOWN),
        "8.50",
    ),
}


@pytest.mark.parametrize("stands", STANDS)
async def test_an_order_is_told_with_its_goods_and_what_it_costs(side: Side, stands: str) -> None:
    act, progress, left = STANDS[stands]
    side.sells_mail()
    side.has_money("10")
    placed = await side.supplier.add(MAIL, 3)

    act(side, placed.order)
    answer = await side.supplier.status(placed.order)

    assert answer.progress == progress
    assert progress.status in answer.said
    assert "ann" not in answer.said
    assert await side.supplier.balance() == Balance(Decimal(left), "USD")
