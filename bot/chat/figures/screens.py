"""The figures of some days in words, with the ways to other days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.chat.desk.parts import desk_screen
from bot.chat.figures.period import NoPeriodReason
from bot.chat.figures.taps import DAY, MONTH, WEEK, OpenStats, OpenStatsDetails, TypePeriod
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import LONGEST_CAPTION, LONGEST_TEXT, Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, choice
from bot.chat.pictures.words import growth, line_name, time_words
from bot.desk.stats.read import MOST_DAYS, Line, Span, Stats
from bot.orders.sales.sums import within

_NAMED: Final = 3
_LISTED: Final = 15
_IN_LINE: Final = 60
_EXAMPLE: Final = "2026-11-01..2026-11-27"


def stats_screen(_: Locale, stats: Stats) -> Screen:
    """What these days came to, short enough to stand under a picture."""
    title = fill(_("📊 {period}"), period=bold(_.days(*stats.span.dates)))
    text = join([title, stats_words(_, stats)], "\n\n").cut(LONGEST_CAPTION)
    return desk_screen(_, text, *_ways(_, stats))


def stats_words(_: Locale, stats: Stats) -> Rich:
    """The figures of these days and what they were the days before; the best services by name."""
    if stats.is_empty:
        return _quiet(_, stats)
    parts: list[Rich | str] = [
        _money(_, stats),
        _compared(_, stats),
        _expected(_, stats),
        _delivery(_, stats),
        _best(_, stats.services),
    ]
    return join(parts, "\n\n")


def _quiet(_: Locale, stats: Stats) -> Rich:
    """No order is no fault; what came before says how it usually is."""
    said = _("No orders in these days. When some come, you will see here what they brought.")
    before: Rich | str = ""
    if stats.before.orders:
        said_before = _n_days(_, stats.span.days)
        earned = fill(_("Revenue: {amount}"), amount=bold(_.money(stats.before.revenue)))
        before = join([said_before, earned], "\n")
    return join([said, before], "\n\n")


def _n_days(_: Locale, days: int) -> Rich:
    said = _.n("The day before:", "The {count} days before:", days)
    return fill(said, count=_.number(days))


def _money(_: Locale, stats: Stats) -> Rich:
    now = stats.now
    orders = fill(_("Orders: {count}"), count=_.number(stats.placed))
    back = fill(_("Given back: {amount}"), amount=_.money(now.given_back))
    revenue = fill(_("Revenue: {amount}"), amount=bold(_.money(now.revenue)))
    cost = fill(_("Cost: {amount}"), amount=_.money(now.cost))
    margin = fill(_("Margin: {amount}"), amount=bold(_.money(now.margin)))
    return join([join([orders, back], " · "), join([revenue, cost, margin], " · ")])


def _compared(_: Locale, stats: Stats) -> Rich | str:
    """By how much revenue and margin grew or fell; nothing where there was nothing before."""
    now, before = stats.now, stats.before
    revenue = growth(now.revenue.micros, before.revenue.micros)
    margin = growth(now.margin.micros, before.margin.micros)
    said = [
        fill(words, change=bold(_.change(change)))
        for words, change in (
            (_("revenue {change}"), revenue),
            (_("margin {change}"), margin),
        )
        if change is not None
    ]
    if not said:
        return ""
    against = _.n(
        "Compared with the day before:", "Compared with the {count} days before:", stats.span.days
    )
    return fill(against, count=_.number(stats.span.days)) + " " + join(said, ", ")


def _expected(_: Locale, stats: Stats) -> Rich | str:
    if not stats.now.expected:
        return ""
    said = _("{amount} of the cost is what we expected: the supplier did not say what it charged.")
    return fill(said, amount=_.money(stats.now.expected))


def _delivery(_: Locale, stats: Stats) -> Rich:
    half, most = within(stats.times, 50), within(stats.times, 95)
    delivered: Rich | str = ""
    if half is not None:
        delivered = fill(
            _("Delivered: half within {half}, 95 of 100 within {most}."),
            half=_.iso(time_words(_, half)),
            most=_.iso(time_words(_, most)),
        )
    return join([delivered, _failed(_, stats.now.failures, stats.now.orders)])


def _failed(_: Locale, failed: int, orders: int) -> Rich | str:
    if not orders:
        return ""
    said = _("Failed: {failed} of {count}")
    return fill(said, failed=_.number(failed), count=_.number(orders))


def _best(_: Locale, services: Iterable[Line]) -> Rich | str:
    best = [one for one in services if one.sums.revenue.micros > 0][:_NAMED]
    if not best:
        return ""
    lines = [
        fill(
            _("• {name}: {amount}"),
            name=_.iso(clip(line_name(one), _IN_LINE)),
            amount=_.money(one.sums.revenue),
        )
        for one in best
    ]
    return join([bold(_("Top services")), *lines])


def _ways(_: Locale, stats: Stats) -> tuple[Row, ...]:
    span, days = stats.span, stats.span.days
    back, on = span.moved(-1).last, min(span.moved(1).last, stats.today)
    arrows = [Button("◀", OpenStats(days=days, last=back))]
    if span.last < stats.today:
        arrows.append(Button("▶", OpenStats(days=days, last=on)))
    lengths = ((DAY, _("Day")), (WEEK, _("Week")), (MONTH, _("Month")))
    details = Button(_("📋 By supplier and service"), _details(span))
    return (
        tuple(
            choice(words, OpenStats(days=length, last=_last(stats)), chosen=days == length)
            for length, words in lengths
        ),
        (*arrows, Button(_("📅 Other days…"), TypePeriod())),
        (details,) if stats.services else (),
    )


def _last(stats: Stats) -> int:
    """0 stands for today, whichever day that is when it is tapped."""
    return 0 if stats.span.last == stats.today else stats.span.last


def _details(span: Span) -> OpenStatsDetails:
    return OpenStatsDetails(days=span.days, last=span.last)


def details_screen(_: Locale, stats: Stats) -> Screen:
    """Each supplier and the services that brought most, one by one."""
    title = fill(_("📋 {period}"), period=bold(_.days(*stats.span.dates)))
    lines = [*_lines(_, _("Suppliers"), stats.suppliers)]
    lines += _lines(_, _("Top services"), stats.services[:_LISTED])
    text = join([title, *lines], "\n\n") if lines else join([title, _quiet(_, stats)], "\n\n")
    back = (Button(_("◀ Back"), OpenStats(days=stats.span.days, last=stats.span.last)),)
    return desk_screen(_, text.cut(LONGEST_TEXT), back)


def _lines(_: Locale, title: str, lines: Iterable[Line]) -> Iterator[Rich]:
    shown = [_line(_, one) for one in lines]
    if shown:
        yield join([bold(title), *shown])


def _line(_: Locale, line: Line) -> Rich:
    name, sums = bold(_.iso(clip(line_name(line), _IN_LINE))), line.sums
    money = fill(
        _("revenue {revenue}, margin {margin}"),
        revenue=_.money(sums.revenue),
        margin=_.money(sums.margin),
    )
    half, most = line.half_within, line.nearly_all_within
    took: Rich | str = ""
    if half is not None:
        took = fill(
            _("half within {half}, 95 of 100 within {most}"),
            half=_.iso(time_words(_, half)),
            most=_.iso(time_words(_, most)),
        )
    failed = fill(
        _("{failed} of {count} failed"),
        failed=_.number(sums.failures),
        count=_.number(sums.orders),
    )
    head = fill(_("• {name}: {money}"), name=name, money=money)
    return head + "\n    " + join([took, failed], " · ")


def ask_period_screen(_: Locale, problem: NoPeriodReason | None = None) -> Screen:
    """Other days are typed next; `problem` says what was wrong with what was typed."""
    ask = fill(
        _("Which days? Type the first and the last one like this:\n{example}\nOr one day alone."),
        example=_.copied(_EXAMPLE),
    )
    words = "" if problem is None else problem_words(_, problem)
    return desk_screen(_, join([words, ask], "\n\n"), (Button(_("◀ Back"), OpenStats()),))


def problem_words(_: Locale, problem: NoPeriodReason) -> str:
    """Why what was typed names no days."""
    return {
        NoPeriodReason.UNREADABLE: _("I could not read any days in that."),
        NoPeriodReason.NO_SUCH_DAY: _("There is no such day in the calendar."),
        NoPeriodReason.BACKWARDS: _(
            "The last day comes before the first one. Is it the other way round?"
        ),
        NoPeriodReason.FUTURE: _("These days are still to come."),
        NoPeriodReason.TOO_EARLY: _("That is too long ago: there was no shop in a chat yet."),
        NoPeriodReason.TOO_LONG: _.n(
            "That is too long. {count} day fits at most.",
            "That is too long. {count} days fit at most.",
            MOST_DAYS,
        ).replace("{count}", _.number(MOST_DAYS)),
    }[problem]
