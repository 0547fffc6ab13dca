"""The lists of what is hidden and shown by hand, and of what the shipped list keeps away."""

from __future__ import annotations

from collections.abc import Sequence

from bot.base.page import Page
from bot.catalog.hiding.denied import DenyReason
from bot.catalog.hiding.preview import count_hidden, count_reasons
from bot.catalog.hiding.rules import HidingRule, Verdict
from bot.catalog.places.named import Named
from bot.catalog.rules import Service
from bot.catalog.selection.selection import Selection
from bot.catalog.shelf import Shelf
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen, pager
from bot.chat.shelf.taps import DropRule, Look, OpenDenied, OpenHidden, TypeSelection, code_of
from bot.chat.shelf.words import deny_words, selection_words


def hidden_screen(
    _: Locale,
    shelf: Shelf,
    page: Page[HidingRule],
    denied: int,
    note: Rich | str = "",
) -> Screen:
    """Every rule with a way to take it back; `note` says first what was just done."""
    lines = [_rule(_, shelf, one) for one in page.rows]
    empty = "" if lines else _("Nothing is hidden by hand.")
    rows = [(_undo(_, shelf, one),) for one in page.rows]
    said = _.n(
        "{count} service is kept off by the list that the shop comes with.",
        "{count} services are kept off by the list that the shop comes with.",
        denied,
    )
    listed = fill(said, count=_.number(denied)) if denied else ""
    more: Row = (
        Button(_("🙈 Hide…"), TypeSelection(shows=False)),
        Button(_("👁 Show…"), TypeSelection(shows=True)),
    )
    see: Row = (Button(_("⚠️ What the list keeps off"), OpenDenied()),) if denied else ()
    text = join([note, bold(_("Hidden by hand")), join([*lines, empty]), listed], "\n\n")
    pages = pager(page.number, page.pages, OpenHidden())
    return desk_screen(_, text, *rows, *pages, more, see)


def _rule(_: Locale, shelf: Shelf, rule: HidingRule) -> Rich:
    said = {
        Verdict.HIDE: _("🙈 {what}: {count}"),
        Verdict.SHOW: _("👁 {what}: {count}, shown all the same"),
        Verdict.ALLOW: _("⚠️ {what}: {count}, sold in spite of the list"),
    }[rule.verdict]
    what = bold(selection_words(_, shelf, rule.selection))
    return fill(said, what=what, count=_.number(count_hidden(shelf, rule)))


def _undo(_: Locale, shelf: Shelf, rule: HidingRule) -> Button:
    said = _("👁 Show again: {name}") if rule.verdict is Verdict.HIDE else _("↩ Undo: {name}")
    name = selection_words(_, shelf, rule.selection)
    return Button(shorten(fill(said, name=name).text), DropRule(rule=rule.id))


def drop_sure_screen(_: Locale, shelf: Shelf, rule: HidingRule) -> Screen:
    """What taking a rule back means, before it is done."""
    said = {
        Verdict.HIDE: _("Show {what} again? It is about {count}."),
        Verdict.SHOW: _("No longer make an exception of {what}? It is about {count}."),
        Verdict.ALLOW: _("Let the list keep {what} off the shelf again? It is about {count}."),
    }[rule.verdict]
    number = count_hidden(shelf, rule)
    services = fill(_.n("{count} service", "{count} services", number), count=_.number(number))
    what = bold(selection_words(_, shelf, rule.selection))
    text = fill(said, what=what, count=services)
    label = _("👁 Show again") if rule.verdict is Verdict.HIDE else _("↩ Undo")
    return sure_screen(
        _, text, Button(label, DropRule(rule=rule.id, sure=True)), OpenHidden(), "success"
    )


def denied_screen(
    _: Locale, page: Page[Service], reasons: Sequence[tuple[DenyReason, int]]
) -> Screen:
    """What the shipped list keeps off, and why; each leads to where it can be overruled."""
    head = bold(_("What the list keeps off"))
    why = _(
        "The shop comes with a list of goods that put it or its customers at risk. They are "
        "hidden until an owner says otherwise."
    )
    counted = [
        fill(_("• {count}: {why}"), count=_.number(count), why=deny_words(_, reason))
        for reason, count in reasons
    ]
    rows = [(_look(_, one),) for one in page.rows]
    pages = pager(page.number, page.pages, OpenDenied())
    back: Row = (Button(_("◀ Back"), OpenHidden()),)
    return desk_screen(_, join([head, why, join(counted)], "\n\n"), *rows, *pages, back)


def _look(_: Locale, service: Service) -> Button:
    name = _.iso(clip(service.listed.name, IN_TEXT) or "-")
    tap = Look(what=code_of(Selection.service(service.id)), shows=True)
    return Button(shorten(f"#{service.id} {name}"), tap)


def ask_selection_screen(_: Locale, *, shows: bool, problem: Rich | str = "") -> Screen:
    """What is to be hidden or shown is typed next."""
    ask = _("What should be shown again?") if shows else _("What should be hidden?")
    how = fill(
        _(
            "Type a supplier, a category's English name, a service as {service}, or a part of "
            "names as {pattern}."
        ),
        service=_.copied("#12"),
        pattern=_.copied("*gmail*"),
    )
    back: Row = (Button(_("◀ Back"), OpenHidden()),)
    return desk_screen(_, join([problem, bold(ask), how], "\n\n"), back)


def which_selection_screen(
    _: Locale, shelf: Shelf, found: Sequence[Selection], near: Sequence[Named], *, shows: bool
) -> Screen:
    """Several things of one name, or what is nearest to a name that nothing has."""
    if found:
        said = _("Several things are called that. Which one do you mean?")
    elif near:
        said = _("Nothing is called that. Do you mean one of these categories?")
    else:
        said = _("Nothing is called that, and there is no such service.")
    chosen = [*found, *(Selection.category(one.id) for one in near)]
    rows = [
        (Button(shorten(selection_words(_, shelf, one)), Look(what=code_of(one), shows=shows)),)
        for one in chosen
    ]
    back: Row = (Button(_("◀ Back"), OpenHidden()),)
    return desk_screen(_, said, *rows, back)


def reasons_of(services: Sequence[Service]) -> list[tuple[DenyReason, int]]:
    """The reasons of the list with how many services each is about."""
    return sorted(count_reasons(services).items())
