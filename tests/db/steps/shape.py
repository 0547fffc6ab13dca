"""What a database is made of, looked at from outside: tables with all they have, triggers."""

from typing import Any

from sqlalchemy import Connection, Inspector, inspect

Shape = dict[str, Any]
_RULES = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT t.tgname, t.tgrelid::regclass::text,"
        " pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid)"
        " FROM pg_trigger t WHERE NOT t.tgisinternal"
    ),
}


def tables_of(connection: Connection) -> Shape:
    """Every table but Alembic's own, by name."""
    looked = inspect(connection)
    names = [name for name in looked.get_table_names() if name != "alembic_version"]
    return {name: _table(connection, looked, name) for name in sorted(names)}


def rules_of(connection: Connection) -> dict[str, tuple[str, str]]:
    """Every trigger by its name: its table, and all that it does."""
    found = connection.exec_driver_sql(_RULES[connection.dialect.name])
    return {str(name): (str(table), str(said)) for name, table, said in found}


def drop_rules(connection: Connection, but: str = "") -> None:
    """Take away every trigger, or every one but that."""
    for name, (table, _) in rules_of(connection).items():
        if name != but:
            of_table = "" if connection.dialect.name == "sqlite" else f" ON {table}"
            connection.exec_driver_sql(f"DROP TRIGGER {name}{of_table}")


def _table(connection: Connection, looked: Inspector, name: str) -> Shape:
    columns = looked.get_columns(name)
    return {
        "columns": {column["name"]: (repr(column["type"]), *_more(column)) for column in columns},
        "key": looked.get_pk_constraint(name),
        "indexes": _by_name(looked.get_indexes(name)),
        "unique": _by_name(looked.get_unique_constraints(name)),
        "checks": _by_name(looked.get_check_constraints(name)),
        "references": _by_name(looked.get_foreign_keys(name)),
        "kind": _kind(connection, name),
    }


def _more(column: Any) -> tuple[Any, ...]:
    return column["nullable"], column["default"], column.get("identity")


def _by_name(found: Any) -> dict[str, Any]:
    return {str(one["name"]): one | {"dialect_options": _options(one)} for one in found}


def _options(one: Any) -> dict[str, str]:
    return {name: str(said) for name, said in one.get("dialect_options", {}).items()}


def _kind(connection: Connection, name: str) -> tuple[bool, bool] | None:
    """On SQLite: whether it is STRICT, and whether its ids are never used twice."""
    if connection.dialect.name != "sqlite":
        return None
    (strict,) = connection.exec_driver_sql(
        "SELECT strict FROM pragma_table_list WHERE name = ?", (name,)
    ).one()
    (said,) = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
    ).one()
    return bool(strict), "AUTOINCREMENT" in said
