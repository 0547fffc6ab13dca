"""What the shop's own database says, read beside it over a connection that cannot write."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

Placement = tuple[str, str, int]
"""A supplier, what is bought there by the supplier's own id, and how many of it."""

_NUMBER: Final = re.compile(r"sms:(?P<project>.+):[^:]+")
"""How the shop names a project and its country; suppliers name their projects alone."""
_WAIT_S: Final = 2
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTS: Final = """
SELECT (SELECT count(*) FROM orders WHERE created_at >= ?) AS orders,
       (SELECT coalesce(sum(balance), 0) FROM accounts) AS sum_micros,
       (SELECT count(*) FROM accounts WHERE balance < 0 AND kind IN ('customer', 'hold'))
         AS negative,
       (SELECT count(*) FROM accounts AS one WHERE balance <> (
          SELECT coalesce(sum(CASE WHEN credit = one.account THEN amount ELSE -amount END), 0)
          FROM transfers WHERE credit = one.account OR debit = one.account)) AS unproved,
       (SELECT count(*) FROM orders WHERE total < (
          SELECT coalesce(sum(amount), 0) FROM transfers
          WHERE order_id = orders.id AND kind = 'capture')) AS charged_twice,
       (SELECT count(*) FROM attempts WHERE outcome = 'in_doubt' AND EXISTS (
          SELECT 1 FROM readings WHERE readings.order_id = attempts.order_id
          AND readings.attempt = attempts.number AND readings.at > attempts.at)) AS weighed,
       (SELECT count(*) FROM order_events WHERE state = 'in_doubt') AS doubts,
       (SELECT count(*) FROM audit_log WHERE action = 'attach') AS attached,
       (SELECT count(*) FROM orders WHERE state = 'completed' AND id IN (
          SELECT order_id FROM order_events WHERE state = 'in_doubt')) AS rescued
"""
_PEOPLE: Final = """
SELECT id,
       coalesce((SELECT balance FROM accounts WHERE account = 'customer:' || id), 0) AS balance,
       (SELECT count(*) FROM orders WHERE customer = customers.id) AS orders,
       (SELECT count(*) FROM orders WHERE customer = customers.id AND state = 'completed')
         AS completed,
       (SELECT count(*) FROM rentals JOIN orders ON orders.id = order_id
          WHERE customer = customers.id) AS numbers,
       (SELECT coalesce(sum(codes), 0) FROM rentals JOIN orders ON orders.id = order_id
          WHERE customer = customers.id) AS codes
FROM customers
"""
# One confirmation may reach the supplier once, and once more each time an operator says so.
_ALLOWED: Final = """
SELECT supplier, remote_service, quantity, sum(min(once, 1) + again) FROM (
  SELECT supplier, remote_service, quantity, sum("by" <> '') AS again, sum("by" = '') AS once
  FROM orders JOIN attempts ON attempts.order_id = orders.id
  WHERE outcome NOT IN ('refused', 'not_sent') AND attempts.at >= ?
  GROUP BY orders.id)
GROUP BY supplier, remote_service, quantity
"""
_KNOWN: Final = "SELECT remote_order FROM orders WHERE remote_order IS NOT NULL"
_WAITED_FOR: Final = """
SELECT NOT EXISTS (SELECT 1 FROM jobs) + count(*) FROM jobs LEFT JOIN suppliers
  ON jobs.name IN ('catalogue ' || suppliers.name, 'numbers ' || suppliers.name)
WHERE (jobs.name LIKE 'catalogue %' AND coalesce(read_at, -1) < :since)
   OR (jobs.name LIKE 'numbers %' AND coalesce(numbers_read_at, -1) < :since)
"""
_OF_QUOTE: Final = "SELECT count(*) FROM orders WHERE quote = ?"


@dataclass(frozen=True)
class Page:
    """One look into the books, all at the same moment. `counts` are by name, money in micros."""

    counts: dict[str, int]
    people: dict[int, dict[str, int]]
    """What each customer has and did, by Telegram's id."""
    allowed: Counter[Placement]
    """How often each thing may have been placed at a supplier."""
    known: frozenset[str]
    """The suppliers' ids of orders that the shop follows."""
    of_quote: int
    """How many orders the quote became that was asked for."""


@dataclass(frozen=True)
class Books:
    """The database file of a shop; what came before `since` is of an earlier world."""

    file: Path
    since: datetime = field(default=_EPOCH)

    def read(self, quote: int = 0) -> Page | None:
        """Look now; None while the shop has made none, or it cannot be read."""
        try:
            with self.opened() as database:
                return _read(database, self.since, quote)
        except sqlite3.DatabaseError:
            return None

    def count_unread(self) -> int:
        """How many price lists a shop that was just started has still to read; 0 without books."""
        try:
            with self.opened() as database:
                since = {"since": _micros(self.since)}
                return int(database.execute(_WAITED_FOR, since).fetchone()[0])
        except sqlite3.DatabaseError:
            return 0

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection that may only read, and reads one moment."""
        address = f"{self.file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=_WAIT_S)) as database:
            database.row_factory = sqlite3.Row
            database.isolation_level = None
            database.execute("BEGIN")
            yield database


def _read(database: sqlite3.Connection, since: datetime, quote: int) -> Page:
    micros = _micros(since)
    people: dict[int, dict[str, Any]] = {row["id"]: dict(row) for row in database.execute(_PEOPLE)}
    return Page(
        counts=dict(database.execute(_COUNTS, (micros,)).fetchone()),
        people=people,
        allowed=_allowed(database.execute(_ALLOWED, (micros,))),
        known=frozenset(row[0] for row in database.execute(_KNOWN)),
        of_quote=database.execute(_OF_QUOTE, (quote,)).fetchone()[0],
    )


def _micros(moment: datetime) -> int:
    """As the shop's database holds it."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _allowed(rows: Iterable[sqlite3.Row]) -> Counter[Placement]:
    allowed: Counter[Placement] = Counter()
    for supplier, remote, quantity, times in rows:
        number = _NUMBER.fullmatch(remote)
        allowed[supplier, number["project"] if number else remote, quantity] += times
    return allowed
