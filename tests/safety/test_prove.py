"""The proof finds every way in which the books can be wrong, and is silent about right ones."""

from collections.abc import Iterator

import pytest

from tests.books import bare
from tests.db.steps.shape import drop_rules
from tests.postgresql import PostgreSQL
from tests.stored_shop import Books, says


@pytest.fixture
def postgresql_books_url(postgresql_server: PostgreSQL, opened_postgresql: str) -> Iterator[str]:
    """A database of its own, since its rules are switched off here."""
    postgresql_server.reset(opened_postgresql)
    with postgresql_server.fresh_database(opened_postgresql) as url:
        yield url


@pytest.fixture
async def lively(rich: Books) -> Books:
    """One order completed, one partly, one canceled, one open."""
    for answer in (says("Completed", "a", "b"), says("Partial", "c"), says("Canceled")):
        await rich.hears(await rich.has_active(quantity=2, total="2"), answer)
    await rich.buys(total="1")
    return rich


async def tampered(books: Books, *statements: str) -> str:
    """What the proof says after somebody switched the rules off and changed rows."""
    await books.db.write(bare(drop_rules))
    for statement in statements:
        await books.sql(statement)
    return "\n".join(await books.faults())


async def test_right_books_are_proved_silently(lively: Books) -> None:
    assert await lively.faults() == ()


async def test_empty_books_are_right(books: Books) -> None:
    assert await books.faults() == ()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE accounts SET balance = balance + 1 WHERE account = 'customer:501'",
         "all accounts together hold 0.000001"),
        ("UPDATE accounts SET balance = balance + 1 WHERE account = 'customer:501'",
         "customer:501 shows"),
        ("UPDATE transfers SET amount = amount + 1 WHERE kind = 'topup'", "its journal says"),
        ("DELETE FROM transfers WHERE kind = 'capture'", "order 1 ended with"),
        ("DELETE FROM transfers WHERE kind = 'release'", "order 3 ended with"),
        ("UPDATE orders SET captured = 0, released = total WHERE id = 1", "order 1 ended with"),
        ("UPDATE orders SET total = total + 1 WHERE id = 4", "order 4 is open and holds 1"),
        ("UPDATE accounts SET balance = 0 WHERE account = 'hold:4'",
         "order 4 is open and holds 0"),
        ("UPDATE accounts SET kind = 'world', balance = -1 WHERE account = 'customer:501'",
         "customer:501 shows -0.000001"),
        ("UPDATE orders SET state = 'active' WHERE id = 1", "order 1 is open and holds 0"),
    ],
)  # fmt: skip
async def test_tampering_is_found(lively: Books, statement: str, found: str) -> None:
    assert found in await tampered(lively, statement)


async def test_an_order_without_its_hold_account_is_found(lively: Books) -> None:
    words = await tampered(
        lively,
        "DELETE FROM transfers WHERE credit = 'hold:4'",
        "DELETE FROM accounts WHERE account = 'hold:4'",
    )

    assert "order 4 is open and holds 0" in words
