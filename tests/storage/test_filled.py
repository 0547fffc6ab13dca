"""The shop that steps of the migrations are tried on has everything in it."""

import pytest

from bot.domain.order import State
from bot.domain.rental import RentalState
from tests.storage.driver import Books
from tests.storage.filled import fill


@pytest.mark.parametrize("books_url", ["sqlite"], indirect=True)
async def test_a_filled_shop_has_orders_numbers_and_messages_in_every_state(books: Books) -> None:
    await fill(books)

    found = {
        table: {row[0] for row in await books.sql(f"SELECT state FROM {table}")}  # noqa: S608 - our own words
        for table in ("orders", "rentals", "outbox")
    }
    assert found == {
        "orders": set(State),
        "rentals": set(RentalState),
        "outbox": {"pending", "sent", "unreachable", "dropped"},
    }
    assert await books.faults() == ()
