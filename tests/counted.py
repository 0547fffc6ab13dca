"""The statements that a transaction sends: each is a turn to the database and back."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from sqlalchemy import event

from bot.db.tx import Tx

P = ParamSpec("P")


def statements_of(
    tx: Tx, fn: Callable[Concatenate[Tx, P], object], *args: P.args, **kwargs: P.kwargs
) -> list[str]:
    """Run `fn(tx, ...)`; the first word of each statement that it sent, in their order."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement.split(maxsplit=1)[0])

    event.listen(tx.connection, "before_cursor_execute", note)
    try:
        fn(tx, *args, **kwargs)
    finally:
        event.remove(tx.connection, "before_cursor_execute", note)
    return sent
