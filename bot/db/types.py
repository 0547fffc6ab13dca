"""Column types that hold the domain's values exactly, alike on SQLite (STRICT) and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from bot.base.money import Money

E = TypeVar("E", bound=StrEnum)

Id = BigInteger().with_variant(Integer, "sqlite")
"""64 bits everywhere; SQLite's INTEGER is what its row ids need."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class MoneyType(TypeDecorator[Money]):
    """Money as its whole micro-units."""

    impl = Id
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else value.micros

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Money | None:
        """From the database; PostgreSQL's sum() of BIGINTs answers a Decimal."""
        return None if value is None else Money(int(value))


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime as whole microseconds since 1970."""

    impl = Id
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Exact(TypeDecorator[Decimal]):
    """A Decimal as its text: no digit is lost, whatever the database thinks of numbers."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """From the database."""
        return None if value is None else Decimal(value)


class Flag(TypeDecorator[bool]):
    """A yes or no as 1 or 0, because STRICT tables know no BOOLEAN."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: FBT001 - the value is a flag
        """To the database."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """From the database."""
        return None if value is None else bool(value)


class EnumText(TypeDecorator[E], Generic[E]):
    """A StrEnum as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[E]) -> None:
        """Args: words: the enum whose members may stand here."""
        super().__init__()
        self.words = words

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """From the database."""
        return None if value is None else self.words(value)
