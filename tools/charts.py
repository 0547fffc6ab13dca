"""Draws the README's charts: a month of a made-up shop, as operators in three languages see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from bot.app.kiosk import LOCALES
from bot.base.ids import ServiceId, SupplierName
from bot.base.money import Money
from bot.chat.kit.locale import Locales
from bot.chat.pictures.chart import chart_svg
from bot.chat.pictures.draw import DrawPicture
from bot.desk.stats.read import Line, Span, Stats
from bot.i18n.texts import Texts
from bot.orders.sales.sums import Sums

LANGUAGES_SHOWN: Final = ("en", "ar", "zh")
_CENT: Final = 10_000
_LAST: Final = date(2026, 11, 27).toordinal()
_MONTH: Final = 30
_SERVICES: Final = {
    "Gmail account, aged 2019": 27,
    "Instagram account + mailbox": 21,
    "Canva Pro, 1 month": 17,
    "حساب تيليجرام +971": 12,
    "抖音账号 · 老号": 8,
}
_SUPPLIERS: Final = {"accplanet": 68, "hstockplus": 32}
_TIMES: Final = {
    "accplanet": Counter({3: 120, 6: 30, 9: 6}),
    "hstockplus": Counter({9: 70, 15: 9}),
}


async def draw_charts(folder: Path) -> None:
    """Save `figures-<language>.png` for each language that the README shows."""
    draw, locales = DrawPicture(), Locales.from_texts(Texts.load(LOCALES), "USD")
    for code in LANGUAGES_SHOWN:
        png = await draw(chart_svg(locales.of(code), sample(), "Olga's Shop"))
        if png is None:
            message = "the painter or a font is missing: make setup"
            raise SystemExit(message)
        (folder / f"figures-{code}.png").write_bytes(png)


def sample() -> Stats:
    """A month that grew towards its end, with quiet Sundays."""
    chance = Random(7)  # noqa: S311 - a made-up shop
    by_day = tuple(_day(chance, day) for day in range(_LAST - _MONTH + 1, _LAST + 1))
    now, span = sum(by_day, Sums()), Span(_LAST - _MONTH + 1, _LAST)
    before = replace(now, captured=now.captured.share(86, 100), cost=now.cost.share(89, 100))
    services = tuple(
        replace(_line(now, part), service=ServiceId(nth), name=name)
        for nth, (name, part) in enumerate(_SERVICES.items(), 1)
    )
    suppliers = tuple(
        replace(_line(now, part), supplier=SupplierName(name), times=_TIMES[name])
        for name, part in _SUPPLIERS.items()
    )
    return Stats(
        span, _LAST, now.orders + 4, now, before, span, by_day, suppliers, services, Counter()
    )


def _day(chance: Random, day: int) -> Sums:
    is_sunday = date.fromordinal(day).isoweekday() == 7  # noqa: PLR2004 - Sunday
    sold = chance.randint(40, 70) if is_sunday else chance.randint(70, 140) + (day - _LAST)
    captured = Money(sold * 173 * _CENT)
    return Sums(
        orders=sold,
        failures=sold // 40,
        units=sold * 2,
        captured=captured,
        refunded=captured.share(2, 100),
        released=captured.share(1, 100),
        cost=Money(sold * 121 * _CENT),
    )


def _line(now: Sums, part: int) -> Line:
    sums = Sums(
        orders=now.orders * part // 100,
        failures=now.failures * part // 120,
        captured=Money(now.captured.micros * part // 100 // _CENT * _CENT),
    )
    return Line(SupplierName("accplanet"), sums=sums)
