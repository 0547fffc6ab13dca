"""What a step says about the database's own rules, once for both dialects."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Rule:
    """What the database itself refuses: a trigger.

    Args:
        name: the trigger's, and on PostgreSQL its function's as well.
        verb: INSERT, UPDATE or DELETE.
        table: where.
        when: a condition on NEW and OLD, in SQL that both databases read alike.
        says: the refusal, without a quotation mark.
    """

    name: str
    verb: str
    table: str
    when: str
    says: str


def put_rule(connection: Connection, rule: Rule) -> None:
    """Let a rule hold from now on, in the place of the one that had its name on this table.

    Steps that are released call this, so what it writes for a rule must never change.
    """
    connection.exec_driver_sql(_drop(connection, rule))
    write = _for_sqlite if connection.dialect.name == "sqlite" else _for_postgresql
    for statement in write(rule):
        connection.exec_driver_sql(statement)


def _drop(connection: Connection, rule: Rule) -> str:
    of_table = "" if connection.dialect.name == "sqlite" else f" ON {rule.table}"
    return f"DROP TRIGGER IF EXISTS {rule.name}{of_table}"


def _for_sqlite(rule: Rule) -> tuple[str, ...]:
    return (
        f"CREATE TRIGGER {rule.name} BEFORE {rule.verb} ON {rule.table} WHEN {rule.when}"
        f" BEGIN SELECT RAISE(ABORT, '{rule.says}'); END",
    )


def _for_postgresql(rule: Rule) -> tuple[str, ...]:
    back = "OLD" if rule.verb == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {rule.when} THEN RAISE EXCEPTION '{rule.says}' USING ERRCODE = 'check_violation';"
        f" END IF; RETURN {back}; END $$",
        f"CREATE TRIGGER {rule.name} BEFORE {rule.verb} ON {rule.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {rule.name}()",
    )
