"""Figures fit under a picture in every language; the picture is whole with the ugliest names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from bot.base.ids import ServiceId, SupplierName
from bot.base.money import LARGEST, Money
from bot.chat.figures.digest import digest_screen
from bot.chat.figures.period import NoPeriod, NoPeriodReason, read_period
from bot.chat.figures.screens import ask_period_screen, details_screen, stats_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import LONGEST_CAPTION
from bot.chat.kit.screen import Screen
from bot.chat.pictures.chart import chart_svg
from bot.chat.pictures.draw import DrawPicture, find_fonts
from bot.chat.pictures.words import growth
from bot.desk.dashboard import Waiting
from bot.desk.stats.read import Line, Span, Stats
from bot.orders.sales.sums import Sums
from tests.chat.limits import UGLY, fits
from tests.human import ALL_LOCALES, ENGLISH

TODAY = date(2026, 3, 2).toordinal()
MOST = Money(LARGEST // 3_000)
HUGE = Sums(10**9, 10**6, 10**9, MOST, Money(1), MOST, MOST, MOST)
NEGATIVE = Sums(3, 3, 0, Money(0), Money(0), Money(5), Money(7_123_456), Money(1))


def stats(sums: Sums, name: str = "Mail", days: int = 7, before: Sums | None = None) -> Stats:
    span = Span(TODAY - days + 1, TODAY)
    drawn = span if days >= 7 else Span(TODAY - 13, TODAY)
    times = Counter({3: 5, 20: 1})
    line = Line(SupplierName(name), ServiceId(1), name, sums, times)
    lines = tuple(replace(line, service=ServiceId(nth)) for nth in range(20))
    whose = (replace(line, service=None, name=""),) * 6
    earlier = sums if before is None else before
    by_day = (sums,) * drawn.days
    return Stats(span, TODAY, 10**9, sums, earlier, drawn, by_day, whose, lines, times)


def empty(days: int = 7) -> Stats:
    seen = stats(Sums(), days=days)
    return replace(seen, placed=0, suppliers=(), services=(), times=Counter())


def screens(_: Locale, name: str) -> Iterator[Screen]:
    waiting = Waiting(10**9, 10**9, 10**9, 10**9, 10**9, 10**9)
    for sums in (HUGE, NEGATIVE):
        for seen in (stats(sums, name), stats(sums, name, 1100), stats(sums, name, 1)):
            yield stats_screen(_, seen)
            yield details_screen(_, seen)
            yield digest_screen(_, seen, waiting)
    yield stats_screen(_, empty())
    yield stats_screen(_, replace(empty(), before=HUGE))
    yield details_screen(_, empty())
    yield digest_screen(_, empty(1), Waiting())
    for problem in (None, *NoPeriodReason):
        yield ask_period_screen(_, problem)


@pytest.mark.long
@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_no_screen_of_figures_breaks_a_limit(locale: Locale, name: str) -> None:
    for screen in screens(locale, name):
        fits(screen)


def test_what_stands_under_a_picture_fits_there(locale: Locale) -> None:
    for seen in (stats(HUGE, "x" * 300), stats(NEGATIVE), empty()):
        assert stats_screen(locale, seen).text.length <= LONGEST_CAPTION
        shown = digest_screen(locale, seen, Waiting(10**9, 10**9, 10**9, 10**9, 10**9))
        assert shown.turned(rtl=locale.is_rtl).text.length <= LONGEST_CAPTION


def test_no_screen_of_figures_leaves_a_place_unfilled(locale: Locale) -> None:
    for screen in screens(locale, "Email"):
        assert "{" not in screen.text.text
        assert not any("{" in button.label for row in screen.rows for button in row)


# The picture


@pytest.mark.parametrize("name", UGLY, ids=range(len(UGLY)))
def test_a_picture_is_whole_with_any_name(locale: Locale, name: str) -> None:
    for sums in (HUGE, NEGATIVE):
        for days in (1, 7, 31, 365, 1100):
            drawn = ElementTree.fromstring(chart_svg(locale, stats(sums, name, days), name))  # noqa: S314 - our own
            assert drawn.get("width") == "900"


@pytest.mark.parametrize("code", ["en", "ar", "zh", "hi", "bn-BD", "th", "ru", "ko"])
async def test_it_is_drawn_in_every_script_without_fonts_of_the_machine(code: str) -> None:
    assert len(find_fonts()) >= 6
    draw = DrawPicture()
    svg = chart_svg(ALL_LOCALES.of(code), stats(NEGATIVE), "Olga")
    png = await draw(svg)

    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert await draw("<svg") is None


def test_an_arabic_picture_begins_on_the_right() -> None:
    english, arabic = (
        chart_svg(ALL_LOCALES.of(code), stats(NEGATIVE), "Olga") for code in ("en", "ar")
    )
    assert '<text x="36" y="56"' in english
    assert '<text x="864" y="56"' in arabic


def test_many_days_share_a_bar_and_none_is_left_out() -> None:
    svg = chart_svg(ENGLISH, stats(NEGATIVE, days=365), "Olga")
    assert svg.count('fill="#2f6fed"') == 1 + -(-365 // 12)


# Words


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [
        (150, 100, 50),
        (50, 100, -50),
        (1, 0, None),
        (5, -3, None),
        (10**12, 1, 9_999),
        (0, 7, -100),
    ],
)
def test_growth_is_of_what_there_was(now: int, before: int, percent: int | None) -> None:
    assert growth(now, before) == percent


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("day", "2026-03-02", "2026-03-02"),
        (" Week ", "2026-02-24", "2026-03-02"),
        ("month", "2026-02-01", "2026-03-02"),
        ("2026-02-01..2026-02-27", "2026-02-01", "2026-02-27"),
        ("2026-02-01 - 2026-02-27", "2026-02-01", "2026-02-27"),
        ("2026-02-01 to 2026-12-31", "2026-02-01", "2026-03-02"),
        ("2026.2.1…2026/2/27", "2026-02-01", "2026-02-27"),
        ("２０２６-０２-０１", "2026-02-01", "2026-02-01"),
    ],
)
def test_days_are_read_as_they_are_meant(typed: str, first: str, last: str) -> None:
    span = read_period(typed, TODAY)
    assert [one.isoformat() for one in span.dates] == [first, last]


@pytest.mark.parametrize(
    "typed", ["", "..", "2026-1", "27.11.2026", "2026-02-01..", "99999-01-01"]
)
def test_what_names_no_days_is_refused(typed: str) -> None:
    with pytest.raises(NoPeriod):
        read_period(typed, TODAY)
