"""The database itself refuses what must never be, whoever writes the SQL."""

import pytest
from sqlalchemy.exc import DBAPIError

from bot.orders.rules.moves import FINISHED, MOVES, State
from tests.stored_shop import Books

HOLD = "hold:1"


@pytest.fixture
async def bought(rich: Books) -> Books:
    """Alice has $9 and an order that holds $1; nothing was sold yet."""
    await rich.buys()
    await rich.sql(
        "INSERT INTO accounts (account, kind) VALUES ('sales', 'shop'), ('world:manual', 'world')"
        " ON CONFLICT DO NOTHING"
    )
    return rich


async def refuses(books: Books, statement: str, said: str) -> None:
    with pytest.raises(DBAPIError, match=said):
        await books.sql(statement)
    assert await books.faults() == ()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE transfers SET amount = 1", "never changed"),
        ("UPDATE transfers SET reason = 'x'", "never changed"),
        ("DELETE FROM transfers", "never deleted"),
        ("DELETE FROM accounts", "never deleted"),
        ("UPDATE accounts SET balance = balance + 1", "only by a transfer"),
        ("UPDATE accounts SET balance = 0, last_transfer = last_transfer + 1", "only by a tr"),
        ("UPDATE accounts SET last_transfer = 0", "only by a transfer"),
        ("UPDATE accounts SET kind = 'world' WHERE kind = 'customer'", "only by a transfer"),
        ("UPDATE accounts SET account = 'x' WHERE kind = 'hold'", "only by a transfer"),
        ("INSERT INTO accounts (account, kind, balance) VALUES ('customer:9', 'customer', 5)",
         "starts empty"),
        ("INSERT INTO accounts (account, kind) VALUES ('x', 'bank')", "known_kind"),
        ("DELETE FROM orders", "never deleted"),
        ("UPDATE orders SET total = total + 1", "terms"),
        ("UPDATE orders SET quantity = 2", "terms"),
        ("UPDATE orders SET customer = 502", "terms|FOREIGN KEY"),
        ("UPDATE orders SET quote = 77", "terms"),
        ("UPDATE orders SET captured = -1", "no_negative_parts"),
        ("UPDATE orders SET state = 'failed', released = total", "holds no money"),
        ("UPDATE orders SET state = 'completed', captured = total", "cannot move|holds no"),
        ("UPDATE orders SET state = 'lost'", "cannot move"),
        ("UPDATE outbox SET state = 'lost'", "known_state"),
        ("UPDATE quotes SET total = 0", "sensible"),
        ("UPDATE quotes SET cost = total + 1", "sensible"),
        ("UPDATE quotes SET quantity = 0", "sensible"),
    ],
)  # fmt: skip
async def test_a_forbidden_statement_is_refused(bought: Books, statement: str, said: str) -> None:
    await refuses(bought, statement, said)


@pytest.mark.parametrize(
    ("debit", "credit", "amount", "said"),
    [
        ("customer:501", "world:manual", 9_000_001, "never_negative"),
        ("hold:1", "sales", 1_000_001, "never_negative"),
        ("customer:501", "world:manual", 0, "positive"),
        ("world:manual", "customer:501", -5, "positive"),
        ("customer:501", "customer:501", 5, "two_ends"),
        ("world:manual", "customer:777", 5, "FOREIGN KEY|foreign key"),
    ],
)
async def test_a_forbidden_transfer_is_refused(
    bought: Books, debit: str, credit: str, amount: int, said: str
) -> None:
    await refuses(
        bought,
        "INSERT INTO transfers (debit, credit, amount, kind, idem_key, created_at)"  # noqa: S608 - our own words
        f" VALUES ('{debit}', '{credit}', {amount}, 'adjust', 'k', 0)",
        said,
    )


@pytest.mark.parametrize(
    ("key", "reverses"), [("hold:1", "NULL"), ("other", "1"), ("another", "99")]
)
async def test_a_key_and_a_reversal_are_used_once(bought: Books, key: str, reverses: str) -> None:
    columns = "(debit, credit, amount, kind, idem_key, reverses, created_at)"
    values = "('world:manual', 'customer:501', 5, 'reverse', '{}', {}, 0)"
    await bought.sql(
        f"INSERT INTO transfers {columns} VALUES {values.format('first', '1')}"  # noqa: S608 - our own words
    )

    with pytest.raises(DBAPIError):
        await bought.sql(
            f"INSERT INTO transfers {columns} VALUES {values.format(key, reverses)}"  # noqa: S608 - our own words
        )


async def test_a_balance_follows_its_transfers_by_itself(bought: Books) -> None:
    await bought.sql(
        "INSERT INTO transfers (debit, credit, amount, kind, idem_key, created_at)"
        " VALUES ('world:manual', 'customer:501', 5, 'adjust', 'k', 0)"
    )

    assert await bought.sql("SELECT balance FROM accounts WHERE account = 'customer:501'") == [
        (9_000_005,)
    ]


@pytest.mark.parametrize("state", [state for state in State if state is not State.QUEUED])
async def test_an_order_starts_queued(bought: Books, state: State) -> None:
    quote = await bought.quote()
    columns = (
        "customer, service, supplier, remote_service, service_name, kind, quantity, total, cost,"
        " created_at, queued_at"
    )
    copied = (
        f"INSERT INTO orders (quote, state, captured, {columns})"  # noqa: S608 - our own words
        f" SELECT {quote}, '{state}', total, {columns} FROM orders"
    )
    await refuses(bought, copied, "starts queued")


async def test_an_order_leaves_only_while_its_money_is_held(bought: Books) -> None:
    await bought.sql("INSERT INTO accounts (account, kind) VALUES ('world:x', 'world')")
    await bought.sql(
        "INSERT INTO transfers (debit, credit, amount, kind, idem_key, created_at)"
        " VALUES ('hold:1', 'world:x', 1, 'adjust', 'k', 0)"
    )

    with pytest.raises(DBAPIError, match="only while its total is held"):
        await bought.sql("UPDATE orders SET state = 'submitting'")


@pytest.mark.parametrize("state", [one for one in State if one not in MOVES[State.QUEUED]])
async def test_a_queued_order_goes_nowhere_but_along_the_moves(
    bought: Books, state: State
) -> None:
    if state is not State.QUEUED:
        paid = ", released = total" if state in FINISHED else ""
        statement = f"UPDATE orders SET state = '{state}'{paid}"  # noqa: S608 - our own words
        await refuses(bought, statement, "cannot move|holds no money")


async def test_a_remote_id_is_ours_once_at_each_supplier(bought: Books) -> None:
    await bought.buys()

    with pytest.raises(DBAPIError, match=r"remote_order|duplicate"):
        await bought.sql("UPDATE orders SET remote_order = 'same'")
    await bought.sql("UPDATE orders SET kind = 'number' WHERE id = 1")
    await bought.sql("UPDATE orders SET remote_order = 'same'")
