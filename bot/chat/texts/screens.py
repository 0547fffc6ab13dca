"""The screens about the operator's own words: all of them, one, what is typed, and its preview."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, choice
from bot.chat.texts.taps import (
    EndText,
    OpenText,
    OpenTexts,
    ResetText,
    SaveText,
    SayToAll,
    TextForm,
    TypeText,
)
from bot.i18n.language import LANGUAGES
from bot.people.texts.own import EVERY, OwnTexts, Said, TextName
from bot.people.texts.reading import LONGEST

_LINE: Final = "———"
_IN_A_ROW: Final = 3
_DAYS: Final = (1, 7, 30)


def text_name(_: Locale, name: TextName) -> str:
    """What a text is called at the desk."""
    return {
        TextName.GREETING: _("Greeting"),
        TextName.HELP: _("Help"),
        TextName.TERMS: _("Terms"),
        TextName.PAY: _("How to pay"),
        TextName.PAUSED: _("Paused"),
        TextName.PINNED: _("Pinned line"),
    }[name]


def _place(_: Locale, name: TextName) -> str:
    """Where customers read it."""
    return {
        TextName.GREETING: _("The welcome on the first screen."),
        TextName.HELP: _("What customers read at /help."),
        TextName.TERMS: _("What customers read at /terms."),
        TextName.PAY: _("How to pay, wherever balance is missing."),
        TextName.PAUSED: _("What stands in place of Buy while something is not sold for now."),
        TextName.PINNED: _("One line on top of the first screen and of the catalog."),
    }[name]


def language_name(_: Locale, language: str) -> str:
    """A language by its own name, or all those without words of their own."""
    return _.iso(LANGUAGES[language]) if language in LANGUAGES else _("every language")


def texts_screen(_: Locale, texts: OwnTexts, note: str | Rich = "") -> Screen:
    """Every text, and in which languages it is in own words."""
    lines = [_listed(_, name, texts.find(name)) for name in TextName]
    text = join([note, bold(_("Texts")), join(lines)], "\n\n")
    rows = [(Button(text_name(_, name), OpenText(name=name)),) for name in TextName]
    return desk_screen(_, text, *rows)


def _listed(_: Locale, name: TextName, said: Said) -> Rich:
    where = ", ".join(language_name(_, code) for code in sorted(said))
    none = _("none") if name is TextName.PINNED else _("shipped words")
    return fill(_("{name}: {most}"), name=bold(text_name(_, name)), most=where or none)


def unknown_text_screen(_: Locale, word: str) -> Screen:
    """How `/text` is written."""
    usage = "/text <greeting|help|terms|pay|paused|pinned> [language] <words>"
    said = fill(
        _("Nothing was changed. Write it like this:\n{usage}\nFor example:\n{example}"),
        usage=_.copied(usage),
        example=_.copied("/text greeting de Willkommen bei {shop}!"),
    )
    unknown = fill(_("There is no text called “{name}”."), name=_.iso(word[:40])) if word else ""
    return desk_screen(_, join([unknown, said], "\n\n"), (Button(_("Texts"), OpenTexts()),))


def text_screen(
    _: Locale,
    name: TextName,
    said: Said,
    shown: Rich | None,
    note: str | Rich = "",
    until: datetime | None = None,
) -> Screen:
    """One text: what readers of this language see, and until when; the ways to change it."""
    own = shown or (_("There is none.") if name is TextName.PINNED else _("The shipped words."))
    reads = fill(_("Customers who read {language} see:"), language=language_name(_, _.code))
    ends = _shown_until(_, until)
    head = join([bold(text_name(_, name)), _place(_, name)])
    text = join([note, head, join([reads, ends, _LINE, own])], "\n\n")
    every = choice(_("🌐 Every language"), TypeText(name=name), chosen=EVERY in said)
    languages = [
        choice(LANGUAGES[code], TypeText(name=name, language=code), chosen=code in said)
        for code in LANGUAGES
    ]
    rows = [tuple(languages[at : at + _IN_A_ROW]) for at in range(0, len(languages), _IN_A_ROW)]
    reset: Row = (Button(_reset_label(_, name), ResetText(name=name)),) if said else ()
    back: Row = (Button(_("◀ Back"), OpenTexts()),)
    return desk_screen(_, text, (every,), *rows, reset, back)


def _reset_label(_: Locale, name: TextName) -> str:
    return _("✖ Remove it") if name is TextName.PINNED else _("↩ Shipped words")


def ask_text_screen(
    _: Locale,
    name: TextName,
    language: str,
    known: Rich | None = None,
    problem: str | Rich = "",
) -> Screen:
    """The words are typed next; `known` are those of now, `problem` says what was wrong."""
    title = fill(
        _("{name} · {language}"),
        name=bold(text_name(_, name)),
        language=language_name(_, language),
    )
    ask = fill(
        _(
            "Send the new words, up to {most} characters. Bold, links and other formatting are "
            "kept; {shop} stands for the shop's name."
        ),
        most=_.number(LONGEST[name]),
        shop=_.copied("{shop}"),
    )
    until = ""
    if name is TextName.PINNED:
        until = _("You choose how long it is shown before it is saved.")
    now = Rich() if known is None else join([_("Now it says:"), _LINE, known])
    rows: list[Row] = []
    if known is not None:
        rows.append((Button(_reset_label(_, name), ResetText(name=name, language=language)),))
    rows.append((Button(_("◀ Back"), OpenText(name=name)),))
    text = join([problem, title, join([ask, until]), now], "\n\n")
    return desk_screen(_, text, *rows)


def preview_screen(
    _: Locale, form: TextForm, piece: Rich, until: datetime | None, problem: str | Rich = ""
) -> Screen:
    """The words exactly as customers will read them, and the second tap that saves them."""
    plainer = _("Some formatting, such as custom emoji, cannot be kept: look at it below.")
    head = join(
        [
            fill(
                _("Preview: {name} · {language}"),
                name=bold(text_name(_, form.name)),
                language=language_name(_, form.language),
            ),
            _who_reads(_, form),
            _shown_until(_, until),
            plainer if form.is_plainer else "",
        ]
    )
    save = (Button(_("✅ Save"), SaveText(), style="success"),)
    again = Button(_("✏️ Type it again"), TypeText(name=form.name, language=form.language))
    ways: tuple[Row, ...] = (_ends(_, form), *_to_all(_, form), (again,))
    text = join([problem, head, _LINE, piece])
    return desk_screen(_, text, save, *ways, (Button(_("◀ Back"), OpenText(name=form.name)),))


def _shown_until(_: Locale, until: datetime | None) -> Rich | str:
    return "" if until is None else fill(_("Shown until {time}."), time=_.moment(until))


def _who_reads(_: Locale, form: TextForm) -> Rich | str:
    if form.language == EVERY:
        return _("Read in every language that has no words of its own.")
    return _("Read by customers whose language this is. Others read what they read now.")


def _ends(_: Locale, form: TextForm) -> Row:
    """How long the pinned line is shown."""
    if form.name is not TextName.PINNED:
        return ()
    for_ever = choice(_("No end"), EndText(days=0), chosen=not form.until)
    days = [
        Button(fill(_.n("{count} day", "{count} days", day), count=_.number(day)).text, tap)
        for day, tap in ((day, EndText(days=day)) for day in _DAYS)
    ]
    return (for_ever, *days)


def _to_all(_: Locale, form: TextForm) -> tuple[Row, ...]:
    if form.language == EVERY:
        return ()
    return ((Button(_("🌐 Every language"), SayToAll()),),)


def reset_sure_screen(_: Locale, name: TextName, language: str | None) -> Screen:
    """What goes away, before it does."""
    said = (
        _("Remove the pinned line?")
        if name is TextName.PINNED
        else _("Show customers the shipped words again?")
    )
    where = _("in all languages") if language is None else language_name(_, language)
    title = fill(_("{name} · {language}"), name=bold(text_name(_, name)), language=where)
    tap = ResetText(name=name, language="*" if language is None else language, sure=True)
    yes = Button(_reset_label(_, name), tap)
    return sure_screen(_, join([title, said]), yes, OpenText(name=name))
