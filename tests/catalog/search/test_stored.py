"""What customers looked for is kept for a while, for each of them alone."""

from __future__ import annotations

from datetime import timedelta

from bot.catalog.search.stored import find_query, store_search
from bot.safety.purge import Purge
from tests.stored_shop import ALICE, BOB, Books


async def test_the_last_twenty_searches_of_each_customer_are_kept(books: Books) -> None:
    await books.meets(ALICE, BOB)
    theirs = await books.db.write(store_search, BOB, "gmail")
    made = [await books.db.write(store_search, ALICE, f"query {nth} 谷歌") for nth in range(25)]

    kept = [await books.db.read(find_query, ALICE, search) for search in made]
    assert kept == [None] * 5 + [f"query {nth} 谷歌" for nth in range(5, 25)]
    assert await books.db.read(find_query, BOB, theirs) == "gmail"
    assert await books.db.read(find_query, ALICE, theirs) is None


async def test_the_same_words_again_are_the_same_search(books: Books) -> None:
    await books.meets(ALICE)
    first = await books.db.write(store_search, ALICE, "gmail")

    assert await books.db.write(store_search, ALICE, "gmail") == first
    assert await books.db.write(store_search, ALICE, "steam") != first
    assert await books.db.write(store_search, ALICE, "gmail") != first


async def test_what_was_typed_is_sealed(books: Books) -> None:
    await books.meets(ALICE)
    await books.db.write(store_search, ALICE, "my password is hunter2")

    [(kept,)] = await books.sql("SELECT query FROM searches")
    assert "hunter2" not in kept


async def test_searches_are_forgotten_after_a_month(books: Books) -> None:
    await books.meets(ALICE)
    old = await books.db.write(store_search, ALICE, "gmail")
    books.wait(days=29)
    await Purge(books.db, timedelta(days=365))()
    assert await books.db.read(find_query, ALICE, old) == "gmail"
    new = await books.db.write(store_search, ALICE, "steam")

    books.wait(days=2)
    await Purge(books.db, timedelta(days=365))()
    assert await books.db.read(find_query, ALICE, old) is None
    assert await books.db.read(find_query, ALICE, new) == "steam"
