"""The shop that steps of the migrations are tried on has everything in it."""

import pytest

from bot.orders.rules.moves import State
from bot.orders.views import RentalState
from tests.db.steps.filled import fill
from tests.stored_shop import Books


@pytest.mark.long
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
