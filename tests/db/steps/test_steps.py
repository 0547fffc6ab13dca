"""Steps of the migrations come in order, never change once released, and agree with the code."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.db import migrations
from bot.db.migrations import list_revisions, migrate, newest
from bot.db.migrations.checks import replace_check, replace_unique
from bot.db.migrations.rules import Rule, put_rule
from bot.orders.rules.moves import MOVES, State
from tests.books import bare, connected
from tests.db.steps.earlier import LEFT
from tests.db.steps.shape import drop_rules, rules_of, tables_of

VERSIONS = Path(migrations.__file__).parent / "versions"
RELEASED = {
    "0001": "cbc084251e11951c",
    "0002": "98ca3f94d0de98e6",
    "0003": "4dda089b63e710e7",
    "0004": "dae3cace9cde1c84",
    "0005": "cc36650c9b8669e9",
    "0006": "c3f4207715b65750",
    "0007": "115d7e0181988379",
}
"""What every released step said when it was released: the beginning of its files' sum."""
PAIRS = {(old, new) for old in State for new in State if old is not new}


def said_by(step: str) -> str:
    files = sorted(VERSIONS.glob(f"v{step}*.*"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def test_steps_are_numbered_in_their_order_without_a_gap() -> None:
    assert list(list_revisions()) == [f"{nth:04}" for nth in range(1, len(list_revisions()) + 1)]


def test_a_released_step_never_changes() -> None:
    assert {step: said_by(step)[:16] for step in RELEASED} == RELEASED


def test_every_step_but_the_newest_is_released() -> None:
    assert set(list_revisions()) - {newest()} <= set(RELEASED)


def test_of_every_released_step_there_is_a_filled_database() -> None:
    assert set(RELEASED) == set(LEFT)


@pytest.mark.parametrize("step", list_revisions())
def test_a_step_speaks_both_dialects(step: str) -> None:
    assert {file.suffix for file in VERSIONS.glob(f"v{step}_*")} <= {".sql"}
    assert len(list(VERSIONS.glob(f"v{step}_*.sql"))) in {0, 2}


class _Undone(Exception):
    """What was tried is not to stay."""


async def undone(url: str, attempt: Callable[[Connection], None]) -> None:
    """Try something in a filled database of today's shape, and leave it as it was."""

    def tried(connection: Connection) -> None:
        migrate(connection)
        attempt(connection)
        raise _Undone

    async with connected(url) as database:
        with pytest.raises(_Undone):
            await database.write(bare(tried))


def refusal_of(connection: Connection, statement: str) -> str:
    """What the database says to a statement, empty when it lets it pass; nothing stays."""
    savepoint = connection.begin_nested()
    try:
        assert connection.exec_driver_sql(statement).rowcount > 0
    except DBAPIError as refusal:
        return str(refusal.orig)
    else:
        return ""
    finally:
        savepoint.rollback()


async def test_the_database_lets_an_order_move_exactly_where_the_code_does(
    left_url: str,
) -> None:
    def attempt(connection: Connection) -> None:
        drop_rules(connection, but="orders_move_legally")
        said = {pair: refusal_of(connection, _move(*pair)) for pair in PAIRS}

        legal = {(old, new) for old, onward in MOVES.items() for new in onward}
        assert {pair for pair, refusal in said.items() if not refusal} == legal
        assert all("an order cannot move there" in said[pair] for pair in PAIRS - legal)

    await undone(left_url, attempt)


def _move(old: State, new: State) -> str:
    paid = "captured = total, released = 0"
    return f"UPDATE orders SET state = '{new}', {paid} WHERE state = '{old}'"  # noqa: S608 - our own words


async def test_a_step_puts_one_rule_in_the_place_of_another(left_url: str) -> None:
    def attempt(connection: Connection) -> None:
        before = rules_of(connection)
        says = "there is no way back"
        put_rule(
            connection,
            Rule("orders_move_legally", "UPDATE", "orders", "NEW.state = 'queued'", says),
        )
        put_rule(connection, Rule("goods_stay", "DELETE", "goods", "OLD.batch > 0", "goods stay"))
        after = rules_of(connection)

        assert set(after) - set(before) == {"goods_stay"}
        assert {one for one in before if before[one] != after[one]} == {"orders_move_legally"}
        assert says in refusal_of(connection, _move(State.IN_DOUBT, State.QUEUED))
        assert refusal_of(connection, _move(State.COMPLETED, State.ACTIVE)) == ""
        assert "goods stay" in refusal_of(connection, "DELETE FROM goods")

    await undone(left_url, attempt)


OLD_RULES = (
    Rule("orders_start_queued", "INSERT", "orders", "NEW.state <> 'queued'",
         "an order starts queued"),
    Rule("transfers_stay", "UPDATE", "transfers", "1 = 1", "a transfer is never changed"),
    Rule("orders_are_kept", "DELETE", "orders", "1 = 1", "an order is never deleted"),
)  # fmt: skip


async def test_a_rule_is_written_to_the_letter_as_released_steps_wrote_it(
    left_url: str,
) -> None:
    def attempt(connection: Connection) -> None:
        before = rules_of(connection)
        for rule in OLD_RULES:
            put_rule(connection, rule)
        assert rules_of(connection) == before

    await undone(left_url, attempt)


PARTS = "captured >= 0 AND released >= 0 AND refunded >= 0 AND refunded <= captured"


async def test_a_step_lets_a_check_say_something_else(left_url: str) -> None:
    def attempt(connection: Connection) -> None:
        before, rules = tables_of(connection), rules_of(connection)
        name = "ck_orders_no_negative_parts"
        with pytest.raises(ValueError, match="rows of orders do not fit"):
            replace_check(connection, "orders", name, f"{PARTS} AND part = 0")
        replace_check(connection, "orders", name, f"{PARTS} AND part > 0")

        assert name in refusal_of(connection, "UPDATE orders SET part = 0")
        assert refusal_of(connection, "UPDATE orders SET part = part + 7") == ""
        replace_check(connection, "orders", name, PARTS)
        assert refusal_of(connection, "UPDATE orders SET part = part - 7") == ""
        assert (tables_of(connection), rules_of(connection)) == (before, rules)

    await undone(left_url, attempt)


@pytest.mark.parametrize("left_url", ["sqlite"], indirect=True)
async def test_a_check_that_is_not_there_is_not_replaced(left_url: str) -> None:
    def attempt(connection: Connection) -> None:
        with pytest.raises(LookupError, match="orders has no line with ck_orders_new"):
            replace_check(connection, "orders", "ck_orders_new", PARTS)

    await undone(left_url, attempt)


async def test_a_step_lets_a_unique_hold_for_other_columns(left_url: str) -> None:
    def attempt(connection: Connection) -> None:
        names = ("uq_orders_supplier_kind_remote_order", "uq_orders_anew")
        same = "UPDATE orders SET remote_order = 'same', kind = 'number', supplier = 'one'"
        assert "remote_order" in refusal_of(connection, same)
        replace_unique(connection, "orders", names, ("supplier", "remote_order", "id"))

        assert refusal_of(connection, same) == ""
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"

    await undone(left_url, attempt)


@pytest.mark.parametrize("left_url", ["sqlite"], indirect=True)
async def test_a_unique_that_is_not_there_is_not_replaced(left_url: str) -> None:
    def attempt(connection: Connection) -> None:
        with pytest.raises(LookupError, match="orders has no line with uq_orders_new"):
            replace_unique(connection, "orders", ("uq_orders_new", "other"), ("supplier",))

    await undone(left_url, attempt)
