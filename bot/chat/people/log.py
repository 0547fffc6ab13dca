"""The log: who did what, and what it changed."""

from __future__ import annotations

from bot.base.page import Page
from bot.chat.desk.parts import desk_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Screen, pager
from bot.chat.people.taps import OpenLog
from bot.chat.people.words import action_words, subject_words, value_words
from bot.people.audit import LoggedAct


def log_screen(_: Locale, page: Page[LoggedAct], shown: OpenLog) -> Screen:
    """One page, newest first."""
    title: Rich = bold(_("Log"))
    if shown.actor:
        title = join([title, _.iso(str(shown.actor))], " · ")
    lines: list[Rich | str] = [_line(_, act) for act in page.rows]
    text = join([title, *(lines or [_("Nothing has been done yet.")])], "\n\n")
    return desk_screen(_, text, *pager(page.number, page.pages, shown))


def _line(_: Locale, act: LoggedAct) -> Rich:
    actor = _.iso(act.actor) if act.actor.isdigit() else _("by itself")
    done = join(
        [
            _.moment(act.at),
            bold(actor),
            action_words(_, act.action),
            subject_words(_, act.subject),
        ],
        " · ",
    )
    return join([done, _change(_, act)])


def _change(_: Locale, act: LoggedAct) -> Rich | str:
    before, after = (value_words(_, act.action, one) for one in (act.before, act.after))
    if (act.before and act.after) or act.action == "role":
        return fill(_("{before} → {after}"), before=before, after=after)
    return after if act.after else before
