"""How a category looks, on its card: its names by language, its icon, its place by hand."""

from __future__ import annotations

from bot.chat.desk.parts import desk_screen
from bot.chat.kit.locale import Locale
from bot.chat.kit.names import IN_TEXT, clip, shorten
from bot.chat.kit.richtext import Rich, bold, fill, join
from bot.chat.kit.screen import Button, Row, Screen
from bot.chat.places.taps import (
    DropIcon,
    DropNameIn,
    MoveCategory,
    OpenNames,
    OpenPlaces,
    Step,
    TypeIcon,
    TypeNameIn,
)
from bot.desk.categories import CategoryCard
from bot.i18n.language import ENGLISH, LANGUAGES

_IN_A_ROW = 2


def look_lines(_: Locale, card: CategoryCard) -> Rich:
    """What is the shop's own about how it looks."""
    icon = fill(_("Icon: {icon}"), icon=card.icon) if card.icon else ""
    order = _("It stands where you put it.") if card.is_ordered else ""
    return join([icon, *(_named(_, *one) for one in sorted(card.names.items())), order])


def _named(_: Locale, code: str, name: str) -> Rich:
    language = _.iso(LANGUAGES.get(code, code))
    return fill(_("{language}: {name}"), language=language, name=_.iso(clip(name, IN_TEXT)))


def look_rows(_: Locale, card: CategoryCard) -> list[Row]:
    """The ways to change how it looks, and to undo each."""
    here = card.id
    rows: list[Row] = [
        (
            Button(_("🌐 Name by language…"), OpenNames(category=here)),
            Button(_("🏷 Icon…"), TypeIcon(category=here)),
        ),
        (
            Button(_("⏫ To the top"), MoveCategory(category=here, step=Step.TOP)),
            Button(_("⬆ Up"), MoveCategory(category=here, step=Step.UP)),
            Button(_("⬇ Down"), MoveCategory(category=here, step=Step.DOWN)),
        ),
    ]
    said = _("↩ Undo: {name}")
    for code, name in sorted(card.names.items()):
        label = f"{LANGUAGES.get(code, code)} · {_.iso(clip(name, 30))}"
        tap = DropNameIn(category=here, code=code)
        rows.append((Button(shorten(fill(said, name=label).text), tap),))
    if card.icon:
        rows.append((Button(fill(said, name=card.icon).text, DropIcon(category=here)),))
    if card.is_ordered:
        back = MoveCategory(category=here, step=Step.BACK)
        rows.append((Button(fill(said, name=_("order")).text, back),))
    return rows


def languages_screen(_: Locale, card: CategoryCard, path: str) -> Screen:
    """In which language the category gets a name of its own."""
    text = _("In which language? Where it has no name of its own, customers read the usual one.")
    codes = [code for code in LANGUAGES if code != ENGLISH]
    buttons = [_language(_, card, code) for code in codes]
    rows = [tuple(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW)]
    return desk_screen(_, join([bold(path), text], "\n\n"), *rows, _back(_, card))


def _language(_: Locale, card: CategoryCard, code: str) -> Button:
    name = card.names.get(code, "")
    label = f"{LANGUAGES[code]} · {_.iso(clip(name, 30))}" if name else LANGUAGES[code]
    return Button(shorten(label), TypeNameIn(category=card.id, code=code))


def ask_name_in_screen(
    _: Locale, card: CategoryCard, path: str, code: str, problem: str | Rich = ""
) -> Screen:
    """The name in one language is typed next."""
    said = _("Type the name that customers read in {language}.")
    ask = fill(said, language=bold(_.iso(LANGUAGES[code])))
    return desk_screen(_, join([problem, bold(path), ask], "\n\n"), _back(_, card))


def ask_icon_screen(_: Locale, card: CategoryCard, path: str, problem: str | Rich = "") -> Screen:
    """The icon is typed next."""
    ask = _("Send one emoji. It stands before the name, in every language.")
    return desk_screen(_, join([problem, bold(path), ask], "\n\n"), _back(_, card))


def _back(_: Locale, card: CategoryCard) -> Row:
    return (Button(_("◀ Back"), OpenPlaces(category=card.id)),)
