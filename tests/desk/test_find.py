"""Customers and orders are found by whatever an operator has in hand."""

from __future__ import annotations

import pytest

from bot.base.ids import CustomerId
from bot.desk.find import MOST, find
from bot.people import customers
from bot.people.customers import Person
from tests.stored_shop import ALICE, BOB, Books, says

UNIT = "anna@mail.example:secret"
ANNA = CustomerId(600)


@pytest.fixture
async def shop(rich: Books) -> Books:
    """Order 1 is Alice's and has delivered; order 2 waits."""
    await rich.meets(BOB)
    await rich.db.write(customers.note_seen, Person(ANNA, "Анна 100%", "anna_k", "ru"), "ru")
    await rich.hears(await rich.has_active(), says("Completed", UNIT))
    await rich.buys()
    return rich


async def finds(shop: Books, typed: str) -> tuple[list[int], list[int]]:
    """The orders and the customers."""
    found = await shop.db.read(find, typed)
    return [one.id for one in found.orders], [one.id for one in found.customers]


@pytest.mark.parametrize("typed", [UNIT, "anna@mail.example", "#1", "1", "١"])
async def test_an_order_is_found(shop: Books, typed: str) -> None:
    assert (await finds(shop, typed))[0] == [1]


async def test_an_order_is_found_by_the_suppliers_number(shop: Books) -> None:
    [(remote,)] = await shop.sql("SELECT remote_order FROM orders WHERE id = 1")
    assert (await finds(shop, remote))[0] == [1]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        (str(BOB), BOB),
        (f"name{BOB}", BOB),
        (f"@user{BOB}", BOB),
        ("АННА", ANNA),
        ("анна", ANNA),
        ("anna_K", ANNA),
        ("100%", ANNA),
    ],
)
async def test_a_customer_is_found(shop: Books, typed: str, who: CustomerId) -> None:
    assert (await finds(shop, typed))[1] == [who]


@pytest.mark.parametrize("typed", ["", "  ", "99", "secret", "%", "\\", "x" * 9_999, "9" * 400])
async def test_what_is_nobodys_finds_nothing(shop: Books, typed: str) -> None:
    orders, people = await finds(shop, typed)
    assert orders == []
    assert people in ([], [ANNA]), "a percent sign is a letter of a name"


async def test_many_of_a_name_are_cut(shop: Books) -> None:
    for number in range(700, 720):
        await shop.meets(CustomerId(number))
    orders, people = await finds(shop, "name7")
    assert (orders, len(people)) == ([], MOST)
    assert ALICE not in people
