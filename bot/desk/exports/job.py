"""One export as its worker has claimed it, and a piece of what it lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_

from bot.base.ids import CustomerId
from bot.db.tx import Tx
from bot.desk.exports.tables import ExportKind, ExportState

PIECE: Final = 250
"""Rows that are read at once: some milliseconds, so that nobody who taps waits for them."""
OPEN: Final = (ExportState.ASKED, ExportState.MADE)


@dataclass(frozen=True, slots=True)
class Export:
    """An export as it stands; see its table. `cuts` are the ids of each file's last row."""

    id: int
    asked_by: CustomerId
    asked_at: datetime
    kind: ExportKind
    since: datetime | None
    until: datetime | None
    newest: int
    state: ExportState
    total: int
    rows: int
    cuts: tuple[int, ...]
    sent: int
    why: str
    claim: int
    tries: int

    @property
    def is_open(self) -> bool:
        """Whether it is still made or sent."""
        return self.state in OPEN

    def within(self, at: ColumnElement[Any], key: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition that a row belongs to it, by its time and its id."""
        bounds = [key <= self.newest]
        if self.since is not None:
            bounds.append(at >= self.since)
        if self.until is not None:
            bounds.append(at < self.until)
        if self.kind is ExportKind.CUSTOMERS:  # their ids are Telegram's, in no order of time
            bounds.append(at <= self.asked_at)
        return and_(*bounds)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which rows are read: those behind an id, up to another one if any, so many at most."""

    after: int
    last: int | None
    most: int = PIECE


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows: their lines, how many they are, and the id of the last one."""

    lines: bytes
    count: int
    last: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One kind of export: its columns, and how its rows are counted and read.

    `read` answers the rows behind an id, up to another one where that is given, in the order of
    their ids: so many at most.
    """

    columns: Sequence[str]
    count: Callable[[Tx, Export], int]
    read: Callable[[Tx, Export, Stretch], Piece]
