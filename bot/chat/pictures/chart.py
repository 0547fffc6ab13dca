"""The picture of some days, as an SVG in the reader's language and direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from babel.numbers import get_currency_precision
from jinja2 import Environment, StrictUndefined, Template

from bot.base.money import Money
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import fit
from bot.chat.pictures.words import growth, line_name, time_words
from bot.desk.stats.read import Line, Stats
from bot.i18n import language
from bot.orders.sales.sums import Sums

WIDTH: Final = 900
_BASE, _HIGH, _LEFT, _RIGHT = 620, 210, 136, 860
"""Where bars stand, how high the highest is, and between which sides."""
_MOST_BARS: Final = 31
_LABELS: Final = 6
_LISTED: Final = 5
_SUPPLIERS: Final = 4
_ROW, _GAP = 38, 18
_FIRST_ROW: Final = 706
_IN_NAME: Final = 34
_IN_TILE: Final = 15
_GOOD, _BAD, _PLAIN = "#16834a", "#c5372c", "#5b6472"
_SIZES: Final = ((12, 32), (15, 27), (19, 21))
"""How large a value of so many signs is written; longer ones are the smallest."""
_SMALLEST: Final = 15
_CJK: Final = {"zh": "SC", "ja": "JP", "ko": "KR"}
_FONTS: Final = {
    "ar": "Noto Sans Arabic",
    "ur": "Noto Sans Arabic",
    "hi": "Noto Sans Devanagari",
    "th": "Noto Sans Thai",
    "bn-BD": "Hind Siliguri",
}
_ROUND: Final = (10, 12, 16, 20, 30, 40, 60, 80, 100)
"""Tenths of a power of ten."""
_TURNING: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))
_FROM_RIGHT, _DONE = "\u202b", "\u202c"
"""Each text of a picture stands alone, and not every font has a sign for these."""


@dataclass(frozen=True, slots=True)
class _Tile:
    name: str
    value: str
    change: str
    colour: str

    @property
    def name_size(self) -> int:
        """How large the name is written, which has the change beside it."""
        return 21 if _columns(self.name) <= _IN_TILE else 16

    @property
    def size(self) -> int:
        """How large the value is written."""
        return next((size for most, size in _SIZES if len(self.value) <= most), _SMALLEST)


@dataclass(frozen=True, slots=True)
class _Bar:
    """In pixels; `is_meant` where it belongs to the days that were asked for."""

    x: int
    wide: int
    revenue: int
    cost: int
    label: str
    is_meant: bool


@dataclass(frozen=True, slots=True)
class _GridLine:
    y: int
    label: str


@dataclass(frozen=True, slots=True)
class _Row:
    y: int
    name: str
    middle: str
    last: str
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class _Chart:
    """What the template places."""

    title: str
    period: str
    tiles: tuple[_Tile, ...]
    revenue: str
    cost: str
    cost_at: int
    grid: tuple[_GridLine, ...]
    bars: tuple[_Bar, ...]
    rows: tuple[_Row, ...]
    fonts: str
    language: str
    is_rtl: bool

    @property
    def height(self) -> int:
        """As much as the rows need."""
        return self.rows[-1].y + _ROW


def chart_svg(_: Locale, stats: Stats, shop: str) -> str:
    """The picture of what was read; names of services are as they stand in `stats`."""
    top = _round_up(max(max(one.revenue.micros, one.cost.micros) for one in _groups(stats)))
    revenue = _("Revenue")
    chart = _Chart(
        title=fit(shop, _IN_NAME),
        period=_words(_, _.days(*stats.span.dates)),
        tiles=tuple(_tiles(_, stats)),
        revenue=revenue,
        cost=_("Cost"),
        cost_at=110 + 15 * _columns(revenue),
        grid=tuple(_grid(_, top)),
        bars=tuple(_bars(_, stats, top)),
        rows=tuple(_placed([*_service_rows(_, stats), *_supplier_rows(_, stats)])),
        fonts=_fonts(_.code),
        language=_.code,
        is_rtl=_.is_rtl,
    )
    return _template().render(chart=chart, width=WIDTH)


@cache
def _template() -> Template:
    source = Path(__file__).with_name("chart.svg").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)


def _fonts(code: str) -> str:
    cjk = f"Noto Sans CJK {_CJK.get(code, 'SC')}"
    own = _FONTS.get(code, "Noto Sans")
    return ", ".join(dict.fromkeys((own if code not in _CJK else cjk, "Noto Sans", cjk)))


def _plain(text: str) -> str:
    return text.translate(_TURNING)


def _words(_: Locale, text: str) -> str:
    """Words with numbers between them, in the order in which this reader reads."""
    return f"{_FROM_RIGHT}{_plain(text)}{_DONE}" if _.is_rtl else text


def _amount(_: Locale, amount: Money) -> str:
    """An amount to the currency's usual digits: there is no room for millionths."""
    step = 10 ** (6 - get_currency_precision(_.currency))
    whole, left = divmod(amount.micros, step)
    return _plain(_.money(Money((whole + (2 * left >= step)) * step)))


def _columns(text: str) -> int:
    """About how many Latin letters take as much room; half of them where all are narrow."""
    return max(len(text), min(2 * len(text), len(text.encode()) * 2 // 3))


def _tiles(_: Locale, stats: Stats) -> Iterator[_Tile]:
    now, before = stats.now, stats.before

    def money(name: str, amount: Money, earlier: Money, *, is_good: bool | None) -> _Tile:
        change = growth(amount.micros, earlier.micros)
        return _tile(_, name, _amount(_, amount), change, is_good=is_good)

    yield money(_("Revenue"), now.revenue, before.revenue, is_good=True)
    yield money(_("Cost"), now.cost, before.cost, is_good=None)
    yield money(_("Margin"), now.margin, before.margin, is_good=True)
    yield _tile(_, _("Orders"), _.number(stats.placed), None, is_good=None)
    yield money(_("Given back"), now.given_back, before.given_back, is_good=False)
    failed = _plain(_.percent(now.failed_percent))
    yield _tile(_, _("Failed"), failed, None, is_good=None)


def _tile(_: Locale, name: str, value: str, change: int | None, *, is_good: bool | None) -> _Tile:
    """`is_good` says of what it is good that there is more; None where it is neither."""
    if not change:
        return _Tile(name, value, "", _PLAIN)
    colour = _PLAIN if is_good is None else _GOOD if (change > 0) is is_good else _BAD
    return _Tile(name, value, _plain(_.change(change)), colour)


def _group_size(stats: Stats) -> int:
    """How many days a bar stands for."""
    return -(-len(stats.by_day) // _MOST_BARS)


def _groups(stats: Stats) -> list[Sums]:
    size, days = _group_size(stats), stats.by_day
    return [sum(days[at : at + size], Sums()) for at in range(0, len(days), size)]


def _round_up(micros: int) -> int:
    """The next number of which a quarter is a round one too."""
    power = int(10 ** max(4, len(str(micros)) - 1))
    return next(step * power // 10 for step in _ROUND if step * power // 10 >= micros)


def _grid(_: Locale, top: int) -> Iterator[_GridLine]:
    for quarter in range(5):
        shown = language.format_short_money(top * quarter // 4, _.currency, _.code)
        yield _GridLine(_BASE - _HIGH * quarter // 4, _plain(shown))


def _bars(_: Locale, stats: Stats, top: int) -> Iterator[_Bar]:
    groups, size = _groups(stats), _group_size(stats)
    room = (_RIGHT - _LEFT) // len(groups)
    wide = max(6, min(60, room * 3 // 4))
    labelled = -(-len(groups) // _LABELS)
    for nth, sums in enumerate(groups):
        day = stats.drawn.first + nth * size
        shown = language.format_day(date.fromordinal(day), _.code, "MMMd")
        yield _Bar(
            x=_LEFT + (_RIGHT - _LEFT) * nth // len(groups) + (room - wide) // 2,
            wide=wide,
            revenue=max(0, sums.revenue.micros) * _HIGH // top,
            cost=max(0, sums.cost.micros) * _HIGH // top,
            label=_words(_, shown) if nth % labelled == 0 else "",
            is_meant=day + size - 1 >= stats.span.first,
        )


def _service_rows(_: Locale, stats: Stats) -> Iterator[_Row]:
    yield _Row(0, _("Top services"), _("Orders"), _("Revenue"), is_head=True)
    for line in stats.services[:_LISTED]:
        yield _row(_, line, _.number(line.sums.orders), _amount(_, line.sums.revenue))


def _supplier_rows(_: Locale, stats: Stats) -> Iterator[_Row]:
    within = _words(_, _("95 of 100 delivered within"))
    yield _Row(0, _("Suppliers"), within, _("Failed"), is_head=True)
    for line in stats.suppliers[:_SUPPLIERS]:
        failed = _plain(_.percent(line.sums.failed_percent))
        yield _row(_, line, _words(_, time_words(_, line.nearly_all_within)), failed)


def _row(_: Locale, line: Line, middle: str, last: str) -> _Row:
    return _Row(0, _plain(fit(line_name(line), _IN_NAME)), middle, last)


def _placed(rows: Iterable[_Row]) -> Iterator[_Row]:
    at = _FIRST_ROW
    for row in rows:
        at += _GAP if row.is_head and at > _FIRST_ROW else 0
        yield replace(row, y=at)
        at += _ROW
