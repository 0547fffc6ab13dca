"""What every transaction knows: the settings that it reads, and the seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import starmap
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Executable, Select

from bot.base.ids import CustomerId

R = TypeVar("R")
P = ParamSpec("P")
T = TypeVar("T")


class Sealer(Protocol):
    """Seals goods at rest; `marks` tells its keys apart, the newest first."""

    @property
    def marks(self) -> tuple[str, ...]:
        """A short word a key, which says nothing about it."""
        ...

    def seal(self, text: str) -> str:
        """Unreadable without the key."""
        ...

    def unseal(self, sealed: str) -> str:
        """What was sealed. Raises SealBroken when no key fits."""
        ...

    def renew(self, sealed: str) -> str:
        """The same under the newest key, unchanged when it is. Raises SealBroken."""
        ...


class _NoKeys:
    """Stands in until the keys are found; a transaction that seals before that is a mistake."""

    marks: tuple[str, ...] = ()

    def seal(self, text: str) -> str:
        raise RuntimeError(text and "sealed before the keys were found")

    unseal = renew = seal


@dataclass(frozen=True, slots=True)
class TxSettings:
    """The settings that transactions read. `currency` is three letters.

    `releases`: a doubt whose readings say "likely not placed" may end by itself. `parts` is what
    rooms above hand to transactions of rooms below, found by its type.
    """

    sealer: Sealer
    list_operators: Callable[[Tx], tuple[CustomerId, ...]] = lambda _tx: ()
    patience: timedelta = field(default=timedelta(minutes=15))
    currency: str = "USD"
    releases: bool = False
    parts: tuple[object, ...] = ()

    def seal(self, text: str) -> str:
        """Sealed, for the database; nothing stays nothing."""
        return self.sealer.seal(text) if text else ""

    def unseal(self, sealed: str) -> str:
        """What was sealed; empty where nothing was, or where it is no longer kept."""
        return self.sealer.unseal(sealed) if sealed else ""


Values = Mapping[str, Any] | list[dict[str, Any]] | None
"""The parameters of a statement, or of many runs of it."""

NO_KEYS: Final = TxSettings(_NoKeys())
"""What transactions are handed before the shop's own settings are known."""


@dataclass(frozen=True, slots=True)
class Tx:
    """One transaction while it runs. `now` is stamped once, when it begins.

    Args:
        woken: the topics of the work that it makes due; woken when it is committed.
    """

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
        """What was handed in of this type.

        Raises:
            LookupError: nothing was.
        """
        for one in self.settings.parts:
            if isinstance(one, wanted):
                return one
        raise LookupError(wanted.__name__)

    def find(self, shape: Callable[..., R], query: Select[Any], values: Values = None) -> R | None:
        """The one row of a query, None when there is none.

        Args:
            shape: takes the columns of the query in their order, as a NamedTuple of them does.
            query: what is asked.
            values: its parameters.
        """
        row = self.connection.execute(query, values).one_or_none()
        return None if row is None else shape(*row)

    def list(
        self, shape: Callable[..., R], query: Select[Any], values: Values = None
    ) -> tuple[R, ...]:
        """The rows of a query, each in its shape; see `find`."""
        return tuple(starmap(shape, self.connection.execute(query, values)))

    def wake(self, topic: str) -> None:
        """Have the workers of a topic look for due work once this is committed."""
        self.woken.add(topic)


Transaction = Callable[Concatenate[Tx, P], T]


def on_a_copy(connection: Connection, settings: TxSettings = NO_KEYS) -> Tx:
    """For questions to a file beside the shop, which have no moment of their own."""
    return Tx(connection, datetime.min.replace(tzinfo=UTC), settings)
