"""Numbers of the stored shop in a test's words: put on sale, and rented."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.base.ids import CustomerId, OrderId, RemoteId, SupplierName
from bot.catalog import store
from bot.catalog.rules import Service
from bot.orders import attempts
from bot.suppliers.port import Catalog, Rented
from bot.suppliers.words import CatalogRow, Code, Kind, NumberId
from tests.stored_shop import ALICE, HSTOCK, Books, listed

CHAT: Final = NumberId("65f1", "us")
CODE: Final = Code("123456", "Your code is 123456")


def number_row(wanted: NumberId = CHAT, country: str = "United States") -> CatalogRow:
    """A row of a catalogue of numbers."""
    return listed(wanted.remote_id, name="Chat", category="SMS", subcategory=country, stock=None)


async def sells_numbers(
    books: Books, *rows: CatalogRow, supplier: SupplierName = HSTOCK
) -> list[Service]:
    """These are on sale and no others, the usual one where none is named."""
    wanted = rows or (number_row(),)
    await books.db.write(store.store, supplier, Catalog(wanted, numbers=True))
    known = [await books.service(row.remote_id, supplier) for row in wanted]
    return [replace(one, kind=Kind.NUMBER) for one in known]


async def rents(
    books: Books, quantity: int = 1, customer: CustomerId = ALICE
) -> tuple[OrderId, ...]:
    """Numbers that somebody confirmed and the supplier gave."""
    [service] = await sells_numbers(books)
    quote = await books.quote(customer, str(quantity), quantity, service)
    placed = await books.confirms(quote, customer)
    for order in placed.orders:
        answer = Rented(RemoteId(f"n{order}"), "taken", phone_of(order), CHAT.country)
        assert await books.db.write(attempts.accepted, await books.sends(HSTOCK), answer)
    return placed.orders


def phone_of(order: OrderId) -> str:
    """The phone of a number that was rented so."""
    return f"+1555{order:07}"
