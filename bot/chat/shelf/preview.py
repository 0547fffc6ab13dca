"""The screens before something is hidden or shown: what it would change, and what is sure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.base.ids import ServiceId
from bot.catalog.hiding.preview import HidePreview, ShowPreview
from bot.catalog.rules import Service
from bot.catalog.selection.selection import Scope, Selection
from bot.catalog.shelf import Shelf
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.desk.words import hidden_words
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.shelf.taps import Allow, Hide, Look, OpenHidden, Show, code_of
from bot.chat.shelf.words import deny_words, selection_words

_NAMES: Final = 5
"""Names that a preview tells."""


def hide_preview_screen(_: Locale, shelf: Shelf, seen: HidePreview) -> Screen:
    """How many services would be hidden, and the first of them."""
    count = len(seen.services)
    parts = [
        fill(_("Hide: {what}"), what=bold(selection_words(_, shelf, seen.selection))),
        _hidden(_, seen),
        _warning(_, seen),
        _later(_, seen.selection),
    ]
    label = fill(_.n("🙈 Hide {count}", "🙈 Hide {count}", count), count=_.number(count)).text
    hide = Button(label if count else _("🙈 Hide"), Hide(what=code_of(seen.selection)))
    return desk_screen(_, join(parts, "\n\n"), (hide,), _list(_))


def _hidden(_: Locale, seen: HidePreview) -> Rich | str:
    count = len(seen.services)
    said = _.n("{count} service would be hidden:", "{count} services would be hidden:", count)
    head: Rich | str = fill(said, count=_.number(count))
    if not count and not seen.hidden:
        head = _("Nothing that is listed now would be hidden.")
    elif not count:
        head = _("All of it is hidden by hand already.")
    already = _.n("{count} is hidden already.", "{count} are hidden already.", seen.hidden)
    more = fill(already, count=_.number(seen.hidden)) if seen.hidden and count else ""
    return join([head, _names(_, seen.services), more])


def _later(_: Locale, selection: Selection) -> str:
    if selection.scope is Scope.SERVICE:
        return ""
    return _("What is listed later and belongs to it is hidden too.")


def _warning(_: Locale, seen: HidePreview) -> Rich | str:
    """In plain words, where nothing would be left to sell of the shop or of a supplier."""
    if seen.is_all:
        return bold(
            _(
                "⚠️ This is everything the shop sells: customers would find an empty catalog. "
                "To stop sales for a while, use /switch off."
            )
        )
    if not seen.suppliers:
        return ""
    names = ", ".join(_.iso(clip(name, 40)) for name in seen.suppliers[:3])
    return bold(fill(_("⚠️ This is everything that {supplier} sells here."), supplier=names))


def _names(_: Locale, services: Sequence[Service]) -> Rich:
    lines = [_line(_, one) for one in services[:_NAMES]]
    left = len(services) - _NAMES
    said = _.n("…and {count} more", "…and {count} more", max(left, 0))
    return join([*lines, fill(said, count=_.number(left)) if left > 0 else ""])


def _line(_: Locale, service: Service) -> Rich:
    name = _.iso(clip(service.listed.name, IN_TEXT) or "-")
    return fill(_("• #{service} {name}"), service=str(service.id), name=name)


def hide_sure_screen(_: Locale, shelf: Shelf, seen: HidePreview) -> Screen:
    """Everything, or all of a supplier, is asked about once more."""
    count = len(seen.services)
    said = _.n("Really hide {count} service?", "Really hide {count} services?", count)
    text = join([_warning(_, seen), fill(said, count=_.number(count))], "\n\n")
    yes = Button(_("🙈 Hide all of it"), Hide(what=code_of(seen.selection), sure=True))
    return sure_screen(_, text, yes, Look(what=code_of(seen.selection), shows=False))


def show_preview_screen(_: Locale, shelf: Shelf, seen: ShowPreview) -> Screen:
    """What would be shown again, and what stays away and why."""
    parts = [
        fill(_("Show again: {what}"), what=bold(selection_words(_, shelf, seen.selection))),
        _shown(_, shelf, seen),
        _kept(_, seen),
        _denied(_, seen),
    ]
    count = len(seen.services)
    label = fill(_.n("👁 Show {count}", "👁 Show {count}", count), count=_.number(count)).text
    rows: list[Row] = []
    if count or seen.rule is not None:
        rows.append((Button(label if count else _("👁 Show"), Show(what=code_of(seen.selection))),))
    if seen.denied:
        rows.append((Button(_("⚠️ Sell them all the same…"), Allow(what=code_of(seen.selection))),))
    return desk_screen(_, join(parts, "\n\n"), *rows, _list(_))


def _shown(_: Locale, shelf: Shelf, seen: ShowPreview) -> Rich | str:
    count = len(seen.services)
    if count:
        said = _.n("{count} service would be back:", "{count} services would be back:", count)
        return join([fill(said, count=_.number(count)), _names(_, seen.services)])
    service = shelf.find_service(ServiceId(seen.selection.id)) if _is_one(seen.selection) else None
    if service is not None and service.hidden is not None and not seen.kept and not seen.denied:
        why = hidden_words(_, service.hidden)
        return fill(_("It is not hidden by hand, but for another reason: {why}."), why=why)
    return "" if seen.denied or seen.kept else _("Nothing of it is hidden by hand.")


def _is_one(selection: Selection) -> bool:
    return selection.scope is Scope.SERVICE


def _kept(_: Locale, seen: ShowPreview) -> Rich | str:
    if not seen.kept:
        return ""
    said = _.n(
        "{count} service stays hidden by a closer rule of its own.",
        "{count} services stay hidden by closer rules of their own.",
        seen.kept,
    )
    return fill(said, count=_.number(seen.kept))


def _denied(_: Locale, seen: ShowPreview) -> Rich | str:
    """What is on the shipped list, and why."""
    if not seen.denied:
        return ""
    said = _.n(
        "{count} service is on the list of what the shop does not sell:",
        "{count} services are on the list of what the shop does not sell:",
        len(seen.denied),
    )
    head = fill(said, count=_.number(len(seen.denied)))
    return join([head, _names(_, seen.denied), *reason_lines(_, seen)])


def reason_lines(_: Locale, seen: ShowPreview) -> list[Rich]:
    """Why they are on the list, one line a reason."""
    return [fill("{why}", why=deny_words(_, reason)) for reason in sorted(seen.reasons)]


def allow_sure_screen(_: Locale, shelf: Shelf, seen: ShowPreview) -> Screen:
    """Selling against the list is asked about with its reasons."""
    said = _.n(
        "Sell {count} service of {what} in spite of the list?",
        "Sell {count} services of {what} in spite of the list?",
        len(seen.denied),
    )
    what = bold(selection_words(_, shelf, seen.selection))
    head = fill(said, count=_.number(len(seen.denied)), what=what)
    note = _("This is written into the log under your name. You can take it back at any time.")
    text = join([head, join(reason_lines(_, seen)), note], "\n\n")
    yes = Button(_("⚠️ Sell them"), Allow(what=code_of(seen.selection), sure=True))
    return sure_screen(_, text, yes, Look(what=code_of(seen.selection), shows=True))


def _list(_: Locale) -> Row:
    return (Button(_("🙈 Hidden by hand"), OpenHidden()),)
