"""One transaction while it runs: its connection, its moment, and the settings that it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import starmap
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Dialect,
    Executable,
    Select,
    Table,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.base.acts import Permission
from bot.base.clock import SKEW
from bot.base.errors import ShopClosed
from bot.base.ids import AlertChat, CustomerId
from bot.base.money import CENT, Money
from bot.db.meta import SAFE_MODE, facts

R = TypeVar("R")
P = ParamSpec("P")
T = TypeVar("T")

IN_SAFE_MODE: Final = exists().where(facts.c.name == SAFE_MODE)
"""Whether the shop is in safe mode, as a column of any other question."""
_ASK_SAFE_MODE: Final = select(IN_SAFE_MODE)


class Sealer(Protocol):
    """Seals goods at rest; `marks` tells its keys apart, the newest first."""

    @property
    def marks(self) -> tuple[str, ...]:
        """A short word for each key, from which the key cannot be found."""
        ...

    def seal(self, text: str) -> str:
        """The text as only the key can read it."""
        ...

    def unseal(self, sealed: str) -> str:
        """What was sealed. Raises SealBroken when no key fits."""
        ...

    def renew(self, sealed: str) -> str:
        """The same under the newest key, unchanged when it is. Raises SealBroken."""
        ...

    def fingerprints(self, text: str) -> tuple[str, ...]:
        """What tells this text without saying it: one for each key, the newest first."""
        ...


class _NoKeys:
    """Stands in until the keys are found; a transaction that seals before that is a mistake."""

    marks: tuple[str, ...] = ()

    def seal(self, text: str) -> str:
        raise RuntimeError(text and "sealed before the keys were found")

    unseal = renew = seal

    def fingerprints(self, text: str) -> tuple[str, ...]:
        raise RuntimeError(text and "asked for before the keys were found")


@dataclass(frozen=True, slots=True)
class TxSettings:
    """The settings that transactions read. `currency` is three letters.

    What a customer pays, has and gets back is a whole number of `price_step`; what one act of
    somebody in the role of support gives back is at most `support_refund_limit`. Credit above
    `ask_above` is asked back first; what one operator gives a day beyond `second_operator_above`
    needs another one's word, with None nothing does.

    `patience` is how long an order may wait for its supplier; `most_orders` and `most_numbers` are
    how many a customer may have under way at once. `auto_refund`: an order in doubt
    whose readings say "likely not placed" ends by itself. A supplier's rate that rises by more
    than `price_jump_percent` hides its service until an operator agrees; with 0 none does.
    `replica` is the number of this process, by which it claims. `parts` is what rooms above hand
    to transactions of rooms below, found by its type. `zone` is where the shop's days begin,
    `alert_chat` where operators are alerted beside their own chats.
    """

    sealer: Sealer
    list_operators: Callable[[Tx, Permission], tuple[CustomerId, ...]] = lambda _tx, _may: ()
    patience: timedelta = field(default=timedelta(minutes=15))
    most_orders: int = 500
    most_numbers: int = 100
    currency: str = "USD"
    price_step: Money = CENT
    support_refund_limit: Money = field(default=Money(50_000_000))
    ask_above: Money = field(default=Money(500_000_000))
    second_operator_above: Money | None = None
    auto_refund: bool = False
    price_jump_percent: int = 0
    parts: tuple[object, ...] = ()
    replica: int = 0
    zone: tzinfo = UTC
    alert_chat: AlertChat | None = None

    def seal(self, text: str) -> str:
        """The text sealed, for the database; an empty one stays empty."""
        return self.sealer.seal(text) if text else ""

    def unseal(self, sealed: str) -> str:
        """What was sealed; empty where the column is empty, also after the nightly purge."""
        return self.sealer.unseal(sealed) if sealed else ""


Values = Mapping[str, object] | Sequence[Mapping[str, object]] | None
"""The parameters of a statement, or of many runs of it."""

NO_KEYS: Final = TxSettings(_NoKeys())
"""What transactions are handed before the shop's own settings are known."""


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction while it runs. `now` is stamped once; `woken` are the topics it wakes."""

    connection: Connection
    now: datetime
    settings: TxSettings
    woken: set[str] = field(default_factory=set)

    @property
    def dialect(self) -> Dialect:
        """The dialect of the connection, whose `name` is sqlite or postgresql."""
        return self.connection.dialect

    def execute(self, statement: Executable, values: Values = None) -> CursorResult[Any]:
        """Run one statement of SQLAlchemy's Core on the connection."""
        return self.connection.execute(statement, values)

    def part(self, wanted: type[T]) -> T:
        """What a room above has handed in of this type. Raises LookupError for none."""
        for part in self.settings.parts:
            if isinstance(part, wanted):
                return part
        raise LookupError(wanted.__name__)

    def find(self, shape: Callable[..., R], query: Select[Any], values: Values = None) -> R | None:
        """The one row of a query, None without one; `shape` takes the columns in their order."""
        row = self.connection.execute(query, values).one_or_none()
        return None if row is None else shape(*row)

    def list(
        self, shape: Callable[..., R], query: Select[Any], values: Values = None
    ) -> tuple[R, ...]:
        """The rows of a query, each in its shape; see `find`."""
        return tuple(starmap(shape, self.connection.execute(query, values)))

    def is_due(
        self, at: ColumnElement[datetime | None], longest: timedelta
    ) -> ColumnElement[bool]:
        """The condition that a moment has come, or is further away than anything is ever planned.

        Such a row was planned by a clock that was wrong. `longest` is the longest wait planned.
        """
        return or_(at <= self.now, at > self.now + longest + SKEW)

    def until(self, longest: timedelta) -> dict[str, object]:
        """The values of `is_due_at`, of which nothing is planned further away than `longest`."""
        return {"now": self.now, "too_far": self.now + longest + SKEW}

    def wake(self, topic: str) -> None:
        """Have the workers of a topic look for due work once this is committed."""
        self.woken.add(topic)

    def in_safe_mode(self) -> bool:
        """Whether the shop was restored from a copy and waits for an operator."""
        return self.connection.execute(_ASK_SAFE_MODE).scalar_one()

    def check_open(self) -> None:
        """Let what moves money pass. Raises ShopClosed in safe mode."""
        if self.in_safe_mode():
            raise ShopClosed


Transaction = Callable[Concatenate[Tx, P], T]
Upsert = sqlite.Insert | postgresql.Insert
"""An INSERT that knows both `on_conflict_do_...`."""


def is_due_at(at: ColumnElement[datetime | None]) -> ColumnElement[bool]:
    """`Tx.is_due` for a statement that is built once; `Tx.until` brings its values."""
    return or_(at <= bindparam("now"), at > bindparam("too_far"))


def insert_for(tx: Tx, table: Table) -> Upsert:
    """The INSERT of the connection's own dialect."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def each_dialect(table: Table, build: Callable[[Upsert], Executable]) -> Mapping[str, Executable]:
    """A statement built once for each dialect, by the dialect's name."""
    return {"sqlite": build(sqlite.insert(table)), "postgresql": build(postgresql.insert(table))}


def on_a_copy(connection: Connection, settings: TxSettings = NO_KEYS) -> Tx:
    """For questions to a file beside the shop, which have no moment of their own."""
    return Tx(connection, datetime.min.replace(tzinfo=UTC), settings)
