"""The money rules as triggers, said in both dialects; a migration puts them into the database."""

from __future__ import annotations

from typing import Final

from bot.domain.order import FINISHED, MOVES

_MOVES: Final = ", ".join(
    sorted(f"'{old}>{new}'" for old, onward in MOVES.items() for new in onward)
)
_FINISHED: Final = ", ".join(sorted(f"'{state}'" for state in FINISHED))

_BACKED = """EXISTS (
    SELECT 1 FROM transfers t
    WHERE t.id = NEW.last_transfer AND NEW.last_transfer > OLD.last_transfer
      AND NEW.balance = OLD.balance
        + CASE WHEN t.credit = NEW.account THEN t.amount ELSE 0 END
        - CASE WHEN t.debit = NEW.account THEN t.amount ELSE 0 END)"""

_HELD = """EXISTS (
    SELECT 1 FROM accounts a WHERE a.account = 'hold:' || NEW.id AND a.balance <> 0)"""

_UNHELD = """NOT EXISTS (
    SELECT 1 FROM accounts a WHERE a.account = 'hold:' || NEW.id AND a.balance = NEW.total)"""

_SAFE_MODE = "EXISTS (SELECT 1 FROM facts f WHERE f.name = 'safe_mode')"

_REFUSALS: Final = (
    ("transfers_stay", "UPDATE", "transfers", "1 = 1", "a transfer is never changed"),
    ("transfers_are_kept", "DELETE", "transfers", "1 = 1", "a transfer is never deleted"),
    ("accounts_are_kept", "DELETE", "accounts", "1 = 1", "an account is never deleted"),
    (
        "balances_follow_transfers",
        "UPDATE",
        "accounts",
        f"NEW.account <> OLD.account OR NEW.kind <> OLD.kind"
        f" OR ((NEW.balance <> OLD.balance OR NEW.last_transfer <> OLD.last_transfer)"
        f" AND NOT {_BACKED})",
        "a balance changes only by a transfer",
    ),
    (
        "balances_start_at_zero",
        "INSERT",
        "accounts",
        "NEW.balance <> 0 OR NEW.last_transfer <> 0",
        "an account starts empty",
    ),
    (
        "orders_move_legally",
        "UPDATE",
        "orders",
        f"NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({_MOVES})",
        "an order cannot move there",
    ),
    (
        "orders_end_paid_out",
        "UPDATE",
        "orders",
        f"NEW.state IN ({_FINISHED}) AND {_HELD}",
        "an ended order holds no money",
    ),
    (
        "orders_keep_their_terms",
        "UPDATE",
        "orders",
        "NEW.customer <> OLD.customer OR NEW.total <> OLD.total OR NEW.quote <> OLD.quote"
        " OR NEW.quantity <> OLD.quantity",
        "the terms of an order never change",
    ),
    ("orders_start_queued", "INSERT", "orders", "NEW.state <> 'queued'", "an order starts queued"),
    ("orders_are_kept", "DELETE", "orders", "1 = 1", "an order is never deleted"),
    (
        "orders_wait_in_safe_mode",
        "UPDATE",
        "orders",
        f"NEW.state <> OLD.state AND NEW.state IN ('submitting', {_FINISHED}) AND {_SAFE_MODE}",
        "nothing is sent or settled in safe mode",
    ),
    (
        "money_waits_in_safe_mode",
        "INSERT",
        "transfers",
        f"NEW.kind IN ('hold', 'capture', 'release') AND {_SAFE_MODE}",
        "nothing is held, captured or released in safe mode",
    ),
    (
        "orders_leave_only_with_money",
        "UPDATE",
        "orders",
        f"NEW.state = 'submitting' AND OLD.state <> 'submitting' AND {_UNHELD}",
        "an order leaves only while its total is held",
    ),
)

_APPLY = (
    "UPDATE accounts SET balance = balance - NEW.amount, last_transfer = NEW.id"
    " WHERE account = NEW.debit",
    "UPDATE accounts SET balance = balance + NEW.amount, last_transfer = NEW.id"
    " WHERE account = NEW.credit",
)


def sqlite_rules() -> list[str]:
    """One CREATE TRIGGER a rule, for SQLite."""
    refusals = [
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{said}'); END"
        for name, verb, table, when, said in _REFUSALS
    ]
    apply = "; ".join(_APPLY)
    return [
        *refusals,
        f"CREATE TRIGGER transfers_apply AFTER INSERT ON transfers BEGIN {apply}; END",
    ]


def postgresql_rules() -> list[str]:
    """A function and a trigger a rule, for PostgreSQL."""
    statements: list[str] = []
    for name, verb, table, when, said in _REFUSALS:
        back = "OLD" if verb == "DELETE" else "NEW"
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation';"
            f" END IF; RETURN {back}; END $$",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    apply = "; ".join(_APPLY)
    return [
        *statements,
        f"CREATE FUNCTION transfers_apply() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {apply};"
        " RETURN NEW; END $$",
        "CREATE TRIGGER transfers_apply AFTER INSERT ON transfers"
        " FOR EACH ROW EXECUTE FUNCTION transfers_apply()",
    ]
