"""The screens about a category's place: its card, what is typed, and what is asked twice."""

from __future__ import annotations

from typing import Final

from bot.base.ids import SupplierName
from bot.catalog.places.named import Named
from bot.catalog.places.tree import EVERYBODY
from bot.chat.desk.parts import desk_screen, sure_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_BUTTON, IN_TEXT, clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.places.looks import look_lines, look_rows
from bot.chat.places.taps import (
    MergeInto,
    OpenPlaces,
    PutBack,
    TypeApart,
    TypeMerge,
    TypeName,
    key_of,
)
from bot.desk.categories import CategoryCard, Decided, ListedThere

_NAMES: Final = 5
"""Names of a supplier's that a card tells."""
_DECIDED: Final = 8
_SUPPLIERS: Final = 6


def category_card_screen(_: Locale, card: CategoryCard, note: str | Rich = "") -> Screen:
    """Who lists what here, and what was moved here; `note` says first what was just done."""
    listed = [_listed(_, one) for one in card.listed[:_SUPPLIERS]]
    parts: list[str | Rich] = [note, bold(path_words(_, card.path)), *listed]
    if not card.listed:
        parts.append(_("Nothing is listed here now."))
    if card.decided:
        lines = [_decided(_, one) for one in card.decided[:_DECIDED]]
        parts.append(join([_("Moved here by hand:"), *lines]))
    here = card.id
    change = (
        Button(_("🔀 Merge into…"), TypeMerge(category=here)),
        Button(_("✏️ Rename…"), TypeName(category=here)),
    )
    parts.append(look_lines(_, card))
    rows = (change, *look_rows(_, card), *_apart(_, card), *_undo(_, card))
    return desk_screen(_, join(parts, "\n\n"), *rows)


def path_words(_: Locale, path: tuple[str, ...]) -> str:
    """`Accounts › Mail`, in English as suppliers list it."""
    return " › ".join(_.iso(clip(name, IN_BUTTON)) for name in path[-3:])


def _listed(_: Locale, one: ListedThere) -> Rich:
    said = _.n("{supplier}: {count} service", "{supplier}: {count} services", one.services)
    head = fill(said, supplier=bold(_whose(_, one.supplier)), count=_.number(one.services))
    names = [_.copied(clip(name, IN_TEXT) or "-") for name in one.names[:_NAMES]]
    more = "…" if len(one.names) > _NAMES else ""
    return join([head, *names, more])


def _whose(_: Locale, supplier: SupplierName) -> str:
    return _.iso(clip(supplier, 40)) if supplier else _("all suppliers")


def _decided(_: Locale, one: Decided) -> Rich:
    name, whose = _.copied(clip(one.name, IN_TEXT) or "-"), _whose(_, one.supplier)
    return fill(_("• {name} ({supplier})"), name=name, supplier=whose)


def _apart(_: Locale, card: CategoryCard) -> list[Row]:
    """Only what several list together can be kept apart."""
    if len(card.listed) < 2:  # noqa: PLR2004 - two are needed
        return []
    said = _("Keep apart: {supplier}")
    return [
        (
            Button(
                shorten(fill(said, supplier=_whose(_, one.supplier)).text),
                TypeApart(category=card.id, supplier=key_of(one.supplier)),
            ),
        )
        for one in card.listed[:_SUPPLIERS]
    ]


def _undo(_: Locale, card: CategoryCard) -> list[Row]:
    said = _("↩ Undo: {name}")
    return [
        (
            Button(
                shorten(fill(said, name=_.iso(clip(one.name, 40) or "-")).text),
                PutBack(category=one.category, supplier=key_of(one.supplier), shown=card.id),
            ),
        )
        for one in card.decided[:_DECIDED]
    ]


def ask_merge_screen(
    _: Locale, card: CategoryCard, near: tuple[Named, ...], problem: str | Rich = ""
) -> Screen:
    """Where to is typed next or chosen; `problem` says what was wrong with what was typed."""
    ask = _("Into which category? Type its English name, or choose one:")
    if not near:
        ask = _("Into which category? Type its English name.")
    text = join([problem, bold(path_words(_, card.path)), ask], "\n\n")
    rows = [_choice(_, one, MergeInto(category=card.id, into=one.id)) for one in near]
    return desk_screen(_, text, *rows, _back(_, card))


def ask_name_screen(
    _: Locale,
    card: CategoryCard,
    supplier: SupplierName = EVERYBODY,
    problem: str | Rich = "",
) -> Screen:
    """A name is typed next: of the category, or of what one supplier lists in it."""
    ask = Rich(_("Type the new name. Customers read it as it is, in every language."))
    if supplier:
        said = _("Type the name under which what {supplier} lists here is shown from now on.")
        ask = fill(said, supplier=_whose(_, supplier))
    return desk_screen(
        _, join([problem, bold(path_words(_, card.path)), ask], "\n\n"), _back(_, card)
    )


def merge_sure_screen(_: Locale, card: CategoryCard, into: CategoryCard) -> Screen:
    """What merging means, before it is done."""
    said = _.n(
        "Show {count} service of {name} in {into} from now on?",
        "Show {count} services of {name} in {into} from now on?",
        card.services,
    )
    text = fill(
        said,
        count=_.number(card.services),
        name=bold(path_words(_, card.path)),
        into=bold(path_words(_, into.path)),
    )
    yes = Button(_("🔀 Merge"), MergeInto(category=card.id, into=into.id, sure=True))
    return sure_screen(_, text, yes, OpenPlaces(category=card.id), "success")


def put_back_sure_screen(_: Locale, card: CategoryCard, one: Decided) -> Screen:
    """What undoing means, before it is done."""
    said = _.n(
        "Show {count} service where it is listed again: {name}?",
        "Show {count} services where they are listed again: {name}?",
        one.services,
    )
    name = bold(_.iso(clip(one.name, IN_TEXT) or "-"))
    text = fill(said, count=_.number(one.services), name=name)
    tap = PutBack(category=one.category, supplier=key_of(one.supplier), shown=card.id, sure=True)
    return sure_screen(_, text, Button(_("↩ Undo"), tap), OpenPlaces(category=card.id), "success")


def which_category_screen(_: Locale, found: tuple[Named, ...], *, exact: bool) -> Screen:
    """Several of one name, or what is nearest to a name that no category has."""
    if not found:
        return desk_screen(_, _("There is no category of that name, nor one like it."))
    said = (
        _("Several categories are called that. Which one do you mean?")
        if exact
        else _("There is no category of that name. Do you mean one of these?")
    )
    rows = [_choice(_, one, OpenPlaces(category=one.id)) for one in found]
    return desk_screen(_, said, *rows)


def _choice(_: Locale, one: Named, tap: OpenPlaces | MergeInto) -> Row:
    path = " › ".join(_.iso(clip(name, 30) or "-") for name in one.path[-3:])
    return (Button(shorten(path), tap),)


def _back(_: Locale, card: CategoryCard) -> Row:
    return (Button(_("◀ Back"), OpenPlaces(category=card.id)),)
