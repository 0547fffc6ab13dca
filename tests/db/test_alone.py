"""A statement alone is committed by itself, and leaves its connection as it was."""

import pytest

from bot.base.errors import DatabaseUnavailable
from bot.db.tx import Tx
from bot.db.updates import Taken, TakenUpdates, take_first
from tests.stored_shop import Books


def _is_in_transaction(tx: Tx) -> bool:
    tx.connection.exec_driver_sql("SELECT 1")  # a transaction begins with its first statement
    raw = tx.connection.connection.driver_connection
    assert raw is not None
    if tx.dialect.name == "sqlite":
        return bool(raw.in_transaction)
    return bool(raw.is_in_transaction())


def _takes_and_fails(tx: Tx, number: int) -> None:
    assert take_first(tx, number)
    message = "after the statement"
    raise LookupError(message)


async def _taken(books: Books) -> list[tuple[int]]:
    return await books.sql("SELECT id FROM updates ORDER BY id")


async def test_it_is_committed(books: Books) -> None:
    assert await books.db.write_once(take_first, 7)

    assert await _taken(books) == [(7,)]
    assert not await books.db.write_once(take_first, 7)


async def test_what_follows_on_its_connection_is_done_whole_or_not_at_all(books: Books) -> None:
    for number in range(1, 20):  # whichever connection the next one gets
        await books.db.write_once(take_first, number)

    with pytest.raises(LookupError):
        await books.db.write(_takes_and_fails, 100)

    assert (100,) not in await _taken(books)
    assert await books.db.write(_is_in_transaction)


async def test_a_question_that_is_asked_at_every_tap_sees_what_others_wrote(books: Books) -> None:
    def count(tx: Tx) -> int:
        return int(tx.connection.exec_driver_sql("SELECT count(*) FROM updates").scalar_one())

    other = await books.another()
    assert await books.db.recall(count) == 0

    assert await books.db.write_once(take_first, 1)
    assert await books.db.recall(count) == 1
    assert await other.db.recall(count) == 1


async def test_on_a_server_neither_begins_a_transaction(books: Books) -> None:
    is_file = books.url.startswith("sqlite")

    assert await books.db.recall(_is_in_transaction) is is_file
    assert await books.db.write_once(_is_in_transaction) is is_file


async def test_it_is_refused_like_any_other_write(books: Books) -> None:
    books.db.refuse_writes("another version")

    with pytest.raises(DatabaseUnavailable, match="another version"):
        await books.db.write_once(take_first, 7)


async def test_an_update_is_taken_once_and_known_as_done_afterwards(books: Books) -> None:
    taken = TakenUpdates(books.db)
    books.db.replicas = 2

    assert await taken.take(7) is Taken.OURS
    taken.finish(7)
    await taken.step()
    assert await taken.take(7) is Taken.DONE
