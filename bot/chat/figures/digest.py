"""What owners read once a day: what the day before brought, and what waits for them."""

from __future__ import annotations

from bot.chat.desk.parts import desk_screen
from bot.chat.figures.screens import stats_words
from bot.chat.figures.taps import OpenStats
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import LONGEST_CAPTION, Rich, bold, fill, join
from bot.chat.kit.screen import Button, Screen
from bot.chat.pictures.show import ShowFigures
from bot.db.database import Database
from bot.db.tx import Tx
from bot.desk.dashboard import Waiting, count_waiting
from bot.desk.stats.read import Span, Stats, read_stats
from bot.outbox.sales_notices import SalesDigest


async def show_digest(
    db: Database, figures: ShowFigures, notice: SalesDigest, _: Locale
) -> Screen:
    """The digest as it is true when it goes out, with a picture where one can be drawn."""
    stats, waiting = await db.read(_read, Span(notice.day, notice.day))
    stats = await figures.translated(_, stats)
    return await figures.with_picture(_, stats, digest_screen(_, stats, waiting))


def _read(tx: Tx, span: Span) -> tuple[Stats, Waiting]:
    return read_stats(tx, span), count_waiting(tx)


def digest_screen(_: Locale, stats: Stats, waiting: Waiting) -> Screen:
    """A day's figures and what waits, short enough to stand under a picture."""
    title = fill(_("☀️ Here is what {period} brought."), period=bold(_.days(*stats.span.dates)))
    text = join([title, _waiting(_, waiting), stats_words(_, stats)], "\n\n")
    ways = (Button(_("📊 Figures"), OpenStats(new=True)),)
    return desk_screen(_, text.cut(LONGEST_CAPTION), ways)


def _waiting(_: Locale, waiting: Waiting) -> Rich | str:
    counts = (
        (_("Requests for credit"), waiting.requests),
        (_("👥 Second operator"), waiting.approvals),
        (_("⚠️ Claims"), waiting.claims),
        (_("In doubt"), waiting.doubts),
        (_("Attention"), waiting.attention),
    )
    shown = [f"{words}: {_.number(count)}" for words, count in counts if count]
    if not shown:
        return _("Nothing waits for you.")
    return fill(_("Waiting for you: {what}"), what=join(shown, " · "))
