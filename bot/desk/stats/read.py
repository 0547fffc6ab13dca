"""Reads what some days came to: the kept sums, and what is not kept counted at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select

from bot.base.ids import ServiceId, SupplierName
from bot.base.money import ZERO
from bot.catalog.tables import services
from bot.db.tx import Tx
from bot.orders.sales.days import Days, day_of, runs_of, zone_name
from bot.orders.sales.sums import Sums, Tallies, Tally, within
from bot.orders.sales.tables import sales, sales_days, sales_marks, sales_times
from bot.orders.sales.tally import tally
from bot.orders.tables import orders

MOST_DAYS: Final = 1_100
"""Three years: the longest span that is read at once."""
_SUMS: Final = tuple(func.sum(sales.c[one.name]).label(one.name) for one in fields(Sums))
_MEDIAN, _NEARLY_ALL = 50, 95
_SHORT, _FORTNIGHT = 7, 14
"""Days; what is shorter than a week is drawn with the days before it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends among them, numbered as by `date.toordinal`."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many there are."""
        return self.last - self.first + 1

    @property
    def dates(self) -> tuple[date, date]:
        """The first and the last day."""
        return date.fromordinal(self.first), date.fromordinal(self.last)

    def moved(self, by: int) -> Span:
        """As many days so many spans later."""
        return Span(self.first + by * self.days, self.last + by * self.days)


@dataclass(slots=True)
class Line:
    """What one supplier or one service came to; a supplier's line has no name of a service.

    A service's has the supplier that brought most of it: stand-ins deliver what was bought of it.
    """

    supplier: SupplierName
    service: ServiceId | None = None
    name: str = ""
    sums: Sums = field(default_factory=Sums)
    times: Counter[int] = field(default_factory=Counter)

    def add(self, other: Line | Tally) -> None:
        """Have what the other came to counted in this one."""
        self.sums += other.sums
        self.times += other.times

    @property
    def half_within(self) -> timedelta | None:
        """Half of its deliveries took no longer than this; None without any."""
        return within(self.times, _MEDIAN)

    @property
    def nearly_all_within(self) -> timedelta | None:
        """95 of a hundred took no longer than this; None without any."""
        return within(self.times, _NEARLY_ALL)


@dataclass(frozen=True, slots=True)
class Stats:
    """What a span came to, and the same number of days before it.

    `placed` orders were confirmed in it; all else is of orders that ended in it. `by_day` has a
    sum for each day of `drawn`, which goes further back where the span is short. `suppliers` and
    `services` stand with the largest revenue first, what only failed last.
    """

    span: Span
    today: int
    placed: int
    now: Sums
    before: Sums
    drawn: Span
    by_day: tuple[Sums, ...]
    suppliers: tuple[Line, ...]
    services: tuple[Line, ...]
    times: Counter[int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ordered and nothing ended in it."""
        return not self.placed and not self.now.orders


def read_stats(tx: Tx, span: Span) -> Stats:
    """All of it in one picture. The span is at most `MOST_DAYS` long and reaches into no future.

    The database adds up the kept days; the others are counted order by order.
    """
    today = day_of(tx.now, tx.settings.zone)
    before, drawn = span.moved(-1), _drawn(span)
    first = min(before.first, drawn.first)
    kept = _kept_days(tx, first, span.last)
    live = _live(tx, first, span.last, kept)
    by_day = _by_day(tx, kept, live)
    lines = _lines(tx, [day for day in kept if day >= span.first])
    _add_live(lines, live, span.first)
    shown = sorted(lines.values(), key=_by_revenue)
    of_services = _of_services(shown)
    _name(tx, of_services[:_NAMED])
    return Stats(
        span=span,
        today=today,
        placed=count_placed(tx, span),
        now=_total(by_day[day] for day in range(span.first, span.last + 1)),
        before=_total(by_day[day] for day in range(before.first, before.last + 1)),
        drawn=drawn,
        by_day=tuple(by_day[day] for day in range(drawn.first, drawn.last + 1)),
        suppliers=_of_suppliers(shown),
        services=of_services,
        times=sum((one.times for one in shown), Counter()),
    )


def _drawn(span: Span) -> Span:
    return span if span.days >= _SHORT else Span(span.last - _FORTNIGHT + 1, span.last)


def read_sums(tx: Tx, span: Span) -> Sums:
    """What the orders that ended in a span came to."""
    kept = _kept_days(tx, span.first, span.last)
    by_day = _by_day(tx, kept, _live(tx, span.first, span.last, kept))
    return _total(by_day.values())


def count_placed(tx: Tx, span: Span) -> int:
    """How many orders were confirmed in a span."""
    days = Days.of(span.first, span.last, tx.settings.zone)
    query = select(func.count()).where(
        orders.c.created_at >= days.begin,
        orders.c.created_at < days.end,
        or_(orders.c.total > ZERO, orders.c.replaces.is_not(None)),
    )
    return int(tx.execute(query).scalar_one())


def _kept_days(tx: Tx, first: int, last: int) -> list[int]:
    """The days of a span whose kept sums are true: counted in this zone, and none of it marked."""
    zone = tx.settings.zone
    days = Days.of(first, last, zone)
    marked = (
        select(orders.c.finished_at)
        .join(sales_marks, sales_marks.c.order_id == orders.c.id)
        .where(orders.c.finished_at >= days.begin, orders.c.finished_at < days.end)
    )
    stale = {days.find(moment) for moment in tx.execute(marked).scalars()}
    kept = select(sales_days.c.day).where(
        sales_days.c.day.between(first, last), sales_days.c.zone == zone_name(zone)
    )
    return sorted(set(tx.execute(kept).scalars()) - stale)


def _live(tx: Tx, first: int, last: int, kept: Iterable[int]) -> Tallies:
    found: Tallies = {}
    for begin, end in runs_of(set(range(first, last + 1)) - set(kept)):
        found |= tally(tx, Days.of(begin, end, tx.settings.zone))
    return found


def _by_day(tx: Tx, kept: list[int], live: Tallies) -> defaultdict[int, Sums]:
    by_day: defaultdict[int, Sums] = defaultdict(Sums)
    query = select(sales.c.day, *_SUMS).where(sales.c.day.in_(kept)).group_by(sales.c.day)
    for row in tx.execute(query) if kept else ():
        by_day[row.day] = _sums(row)
    for key, one in live.items():
        by_day[key.day] += one.sums
    return by_day


def _sums(row: Any) -> Sums:
    """PostgreSQL adds up BIGINTs to Decimals."""
    orders_, failures, units = int(row.orders), int(row.failures), int(row.units)
    money = row.captured, row.refunded, row.released, row.cost, row.expected
    return Sums(orders_, failures, units, *money)


_Lines = dict[tuple[SupplierName, ServiceId], Line]


def _lines(tx: Tx, kept: list[int]) -> _Lines:
    """The kept sums and times of each service."""
    lines: _Lines = {}
    if not kept:
        return lines
    for row in tx.execute(_grouped(sales.c.day.in_(kept))):
        lines[row.supplier, row.service] = Line(row.supplier, row.service, sums=_sums(row))
    key = (sales_times.c.supplier, sales_times.c.service, sales_times.c.step)
    timed = select(*key, func.sum(sales_times.c.orders).label("orders")).where(
        sales_times.c.day.in_(kept)
    )
    for row in tx.execute(timed.group_by(*key)):
        lines[row.supplier, row.service].times[row.step] += int(row.orders)
    return lines


def _grouped(where: ColumnElement[bool]) -> Any:
    key = (sales.c.supplier, sales.c.service)
    return select(*key, *_SUMS).where(where).group_by(*key)


def _add_live(lines: _Lines, live: Tallies, first: int) -> None:
    for key, one in live.items():
        if key.day >= first:
            line = lines.setdefault((key.supplier, key.service), Line(key.supplier, key.service))
            line.add(one)


def _of_suppliers(lines: Iterable[Line]) -> tuple[Line, ...]:
    found: dict[SupplierName, Line] = {}
    for one in lines:
        found.setdefault(one.supplier, Line(one.supplier)).add(one)
    return tuple(sorted(found.values(), key=_by_revenue))


def _of_services(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines stand with the largest revenue first."""
    found: dict[ServiceId | None, Line] = {}
    for one in lines:
        found.setdefault(one.service, Line(one.supplier, one.service)).add(one)
    return tuple(sorted(found.values(), key=_by_revenue))


def _by_revenue(line: Line) -> tuple[int, int, str, int]:
    sums = line.sums
    return -sums.revenue.micros, -sums.orders, line.supplier, line.service or 0


def _name(tx: Tx, lines: Collection[Line]) -> None:
    """Call each by the English name that its supplier lists it under."""
    wanted = {line.service for line in lines}
    query = select(services.c.id, services.c.name).where(services.c.id.in_(wanted))
    names = {row.id: row.name for row in tx.execute(query)} if wanted else {}
    for line in lines:
        line.name = names.get(line.service, "")


_NAMED: Final = 200
"""So many are named at most; nobody reads further."""


def _total(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())
