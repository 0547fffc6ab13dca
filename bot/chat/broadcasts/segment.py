"""Who gets a broadcast, in words and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.base.money import Money
from bot.broadcasts.content import Segment
from bot.broadcasts.read import Broadcast
from bot.chat.broadcasts.taps import (
    Asked,
    AskSegment,
    ChooseActive,
    ChooseReaders,
    ForgetAsked,
    OpenBroadcast,
    OpenSegment,
)
from bot.chat.desk.parts import desk_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, choice
from bot.i18n.language import LANGUAGES

_DAYS: Final = (1, 7, 30, 90)
_IN_A_ROW: Final = 2


def segment_words(_: Locale, segment: Segment) -> Rich:
    """Whom it is for, a line for each thing that is asked of them."""
    if segment.is_everybody:
        return Rich(_("Everybody"))
    return join(_conditions(_, segment))


def _conditions(_: Locale, segment: Segment) -> list[Rich | str]:
    said: list[Rich | str] = []
    if segment.languages:
        names = ", ".join(_.iso(LANGUAGES.get(code, code)) for code in segment.languages)
        said.append(fill(_("Reads: {languages}"), languages=names))
    if segment.active_days:
        days = segment.active_days
        words = _.n(
            "Was here within the last {count} day",
            "Was here within the last {count} days",
            days,
        )
        said.append(fill(words, count=_.number(days)))
    if segment.bought:
        name = _.iso(clip(segment.bought, 60))
        said.append(fill(_("Has bought: {name}"), name=name))
    if segment.above is not None:
        above = _.money(Money(segment.above))
        said.append(fill(_("Has a balance above {amount}"), amount=above))
    return said


def segment_screen(_: Locale, draft: Broadcast, count: int) -> Screen:
    """What is asked of the customers who get it, and how many those are."""
    segment = draft.segment
    said = join([bold(_("Who gets it")), segment_words(_, segment), count_words(_, count)], "\n\n")
    left_out = _("Who has turned news off, is banned or has stopped the bot never gets it.")
    rows = tuple(
        _row(_, draft, asked, label, is_set=is_set)
        for asked, label, is_set in (
            (Asked.LANGUAGE, _("🌐 Language"), bool(segment.languages)),
            (Asked.ACTIVE, _("🕑 Last here"), bool(segment.active_days)),
            (Asked.BOUGHT, _("🛒 Has bought"), bool(segment.bought)),
            (Asked.BALANCE, _("💳 Balance"), segment.above is not None),
        )
    )
    back = (Button(_("◀ Back"), OpenBroadcast(broadcast=draft.id)),)
    return desk_screen(_, join([said, left_out], "\n\n"), *rows, back)


def _row(_: Locale, draft: Broadcast, asked: Asked, label: str, *, is_set: bool) -> Row:
    ask = Button(label, AskSegment(broadcast=draft.id, asked=asked))
    forget = Button(_("✖ Anybody"), ForgetAsked(broadcast=draft.id, asked=asked))
    return (ask, forget) if is_set else (ask,)


def count_words(_: Locale, count: int) -> Rich:
    """How many customers that is."""
    words = _.n("{count} customer gets it.", "{count} customers get it.", count)
    return fill(words, count=bold(_.number(count)))


def languages_screen(_: Locale, draft: Broadcast, codes: Sequence[str]) -> Screen:
    """The languages that customers read; several may be chosen."""
    chosen = draft.segment.languages
    buttons = [
        choice(
            LANGUAGES.get(code, code),
            ChooseReaders(broadcast=draft.id, code=code),
            chosen=code in chosen,
        )
        for code in codes
    ]
    rows = [tuple(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW)]
    text = bold(_("Which languages do they read?"))
    return desk_screen(_, text, *rows, _back(_, draft))


def active_screen(_: Locale, draft: Broadcast, problem: str = "") -> Screen:
    """Within how many days they were here; another number is typed."""
    text = _("Within how many days were they here last? Choose or type a number.")
    buttons = tuple(
        choice(
            _.number(days),
            ChooseActive(broadcast=draft.id, days=days),
            chosen=draft.segment.active_days == days,
        )
        for days in _DAYS
    )
    return desk_screen(_, join([problem, bold(text)], "\n\n"), buttons, _back(_, draft))


def bought_screen(_: Locale, draft: Broadcast, problem: str = "") -> Screen:
    """What they have bought is typed."""
    text = _("What have they bought? Type a service's number or a category's English name.")
    example = join([_.copied("#12"), _.copied("Email")], " · ")
    return desk_screen(_, join([problem, bold(text), example], "\n\n"), _back(_, draft))


def balance_screen(_: Locale, draft: Broadcast, problem: str = "") -> Screen:
    """Above which balance is typed."""
    text = bold(_("Above which balance? Type an amount."))
    return desk_screen(_, join([problem, text], "\n\n"), _back(_, draft))


def _back(_: Locale, draft: Broadcast) -> Row:
    return (Button(_("◀ Back"), OpenSegment(broadcast=draft.id)),)
